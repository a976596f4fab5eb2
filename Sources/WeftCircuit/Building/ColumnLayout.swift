import WeftField

/// The columns of a trace as a struct: the same fields name expressions when an AIR is described and cells when its
/// rows are filled.
///
/// A layout is a generic struct over its `Cell` whose stored fields are `Cell`, `InlineArray<n, Cell>`, other layouts
/// over the same `Cell`, or inline arrays of these, and nothing else:
///
/// ```swift
/// struct AddColumns<Cell>: ColumnLayout {
///   var isValid: Cell
///   var a: InlineArray<4, Cell>
///   var b: InlineArray<4, Cell>
/// }
/// ```
///
/// `AddColumns<Expression>` is what the builder hands out, `AddColumns<BabyBear>` is a row in memory. Fields stand in
/// the order of their declaration.
public protocol ColumnLayout {
  associatedtype Cell
}

extension ColumnLayout {
  /// The number of columns.
  @inlinable
  public static var width: Int {
    (MemoryLayout<Self>.size &+ MemoryLayout<Cell>.stride &- 1) / MemoryLayout<Cell>.stride
  }
}

extension ColumnLayout where Cell == Expression {
  /// A layout whose cells are the given expressions, exactly `width` of them.
  init(cells: [Expression]) {
    // The fields are cells and nothing else, so a layout is laid out as an array of cells.
    let memory = UnsafeMutablePointer<Expression>.allocate(capacity: Swift.max(cells.count, 1))
    defer { memory.deallocate() }
    memory.initialize(from: cells, count: cells.count)
    self = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Self.self).move()
  }

  /// The cells in the order of the columns.
  public var cells: [Expression] {
    withUnsafePointer(to: self) { pointer in
      let cells = UnsafeRawPointer(pointer).assumingMemoryBound(to: Expression.self)
      return (0..<Self.width).map { cells[$0] }
    }
  }

  /// The columns' names; nil when a field is something else than cells.
  var columnNames: [String]? {
    var names: [String] = []
    guard Self.collect(self, "", into: &names), names.count == Self.width else { return nil }
    return names
  }

  private static func collect(_ value: Any, _ name: String, into names: inout [String]) -> Bool {
    switch value {
    case is Expression:
      names.append(name)
      return true
    case let group as any CellGroup:
      for (index, element) in group.groupElements.enumerated() {
        guard collect(element, "\(name)[\(index)]", into: &names) else { return false }
      }
      return true
    case is any ColumnLayout:
      for child in Mirror(reflecting: value).children {
        guard let label = child.label else { return false }
        guard collect(child.value, name.isEmpty ? label : "\(name).\(label)", into: &names) else {
          return false
        }
      }
      return true
    default: return false
    }
  }
}

/// Inline arrays, for the walk over a layout's fields.
private protocol CellGroup {
  var groupElements: [Any] { get }
}

extension InlineArray: CellGroup {
  fileprivate var groupElements: [Any] { indices.map { self[$0] } }
}

/// The columns of this row and of the next one. The row after the last is the first.
public struct RowWindow<Columns> {
  public let local: Columns
  public let next: Columns
}
