/// The chip that proves an instruction of an extension, as data: what the extension states over one row, without the
/// bridges to the system, which the circuit inserts. (`weft_air.h`)
///
/// Nodes refer to nodes that stand before them. Nothing here knows the field but for its order.
public struct ChipDescription: Hashable, Sendable {
  public enum Register: Int, Hashable, Sendable, CaseIterable { case rs1, rs2, rd }

  public enum Space: Hashable, Sendable {
    case memory
    /// One of the extension's own, in the order of their declaration.
    case own(Int)
  }

  public enum Node: Hashable, Sendable {
    /// A column of the extension's own, in this row or the next one.
    case column(Int, isNext: Bool)
    case isValid
    case isFirst
    case isLast
    /// A byte of a register that is read.
    case register(Register, byte: Int)
    case immediate
    case immediateIsNegative
    /// A cell that an access reads, or that stood there before it wrote.
    case cell(access: Int, index: Int)
    /// A pointer, by its number.
    case pointer(Int)
    /// Below the order of the field.
    case constant(UInt32)
    case add(Int, Int)
    case subtract(Int, Int)
    case multiply(Int, Int)

    /// The nodes that it is made of.
    public var operands: [Int] {
      switch self {
      case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b): [a, b]
      default: []
      }
    }
  }

  public struct Columns: Hashable, Sendable {
    public var name: String
    public var count: Int
  }

  public struct Constraint: Hashable, Sendable {
    public var node: Int
    public var label: String
  }

  public struct Lookup: Hashable, Sendable {
    public enum Bus: UInt32, Hashable, Sendable {
      /// `[value, bits]`
      case range = 3
      /// `[x, y, z, op]`
      case bitwise = 7

      /// Fields of a message.
      public var fieldCount: Int { self == .range ? 2 : 4 }
    }

    public var bus: Bus
    public var message: [Int]
    public var enabled: Int
    public var label: String
  }

  /// Four bytes as a pointer, bounded where `enabled` is 1.
  public struct Pointer: Hashable, Sendable {
    public var space: Space
    public var bytes: [Int]
    public var enabled: Int
  }

  /// An access to a block, in the order of time.
  public struct Access: Hashable, Sendable {
    public var space: Space
    public var pointer: Int
    public var cellCount: Int
    public var enabled: Int
    /// Accesses of a later phase come after those of the earlier ones in all rows.
    public var phase: Int
    public var label: String
    public var isWrite: Bool
    /// The cells after a write.
    public var cells: [Int] = []
  }

  /// Whether an execution takes several rows.
  public var isLoop = false
  public var columns: [Columns] = []
  public var nodes: [Node] = []
  public var constraints: [Constraint] = []
  public var lookups: [Lookup] = []
  public var pointers: [Pointer] = []
  public var accesses: [Access] = []
  /// The bytes that rd gets, where it gets any.
  public var result: [Int]?

  public init() {}

  /// Columns of the extension's own.
  public var columnCount: Int { columns.reduce(0) { $0 + $1.count } }
  public var phaseCount: Int { (accesses.map(\.phase).max() ?? 0) + 1 }

  /// Whether an access happens in every row that stands for an execution.
  public func isUnconditional(_ access: Access) -> Bool { nodes[access.enabled] == .isValid }
}
