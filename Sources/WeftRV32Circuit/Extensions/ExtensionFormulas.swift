import WeftCircuit
import WeftField
import WeftMachine

/// What the nodes of a chip's description can be: formulas when it is described, numbers when its rows are filled.
protocol ExtensionValue {
  init(_ number: Int)
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
}

extension Expression: ExtensionValue {}
extension BabyBear: ExtensionValue {}

extension ExtensionChip {
  /// Evaluates nodes over a row and the next one.
  /// - Parameters:
  ///   - nodes: ascending, and with all their operands.
  ///   - values: room for the values of all nodes.
  func evaluate<Value: ExtensionValue>(
    _ nodes: some Sequence<Int>, _ row: some Collection<Value>, next: some Collection<Value>,
    into values: inout [Value]
  ) where Value: ExtensionValue {
    func cell(_ index: Int) -> Value { row[row.index(row.startIndex, offsetBy: index)] }
    for index in nodes {
      switch content.nodes[index] {
      case .column(let column, false): values[index] = cell(columns.own + column)
      case .column(let column, true):
        values[index] = next[next.index(next.startIndex, offsetBy: columns.own + column)]
      case .isValid: values[index] = cell(columns.isValid)
      case .isFirst: values[index] = cell(columns.isFirst)
      case .isLast: values[index] = cell(columns.isLast)
      case .register(let register, let byte):
        let place = columns.registers.first { $0.which == register }
        values[index] = place.map { cell($0.bytes + byte) } ?? Value(0)
      case .immediate: values[index] = columns.immediate.map(cell) ?? Value(0)
      case .immediateIsNegative: values[index] = columns.immediateIsNegative.map(cell) ?? Value(0)
      case .cell(let access, let place): values[index] = cell(columns.accesses[access].cells + place)
      case .pointer(let number):
        let pointer = content.pointers[number]
        let bytes = pointer.bytes.map { values[$0] }
        values[index] =
          bytes[0] + bytes[1] * Value(1 << 8) + bytes[2] * Value(1 << 16)
          + (bytes[3] - Value(topByte(of: pointer.space))) * Value(1 << 24)
      case .constant(let value): values[index] = Value(Int(value))
      case .add(let a, let b): values[index] = values[a] + values[b]
      case .subtract(let a, let b): values[index] = values[a] - values[b]
      case .multiply(let a, let b): values[index] = values[a] * values[b]
      }
    }
  }

  /// The nodes that some nodes are made of, themselves included, ascending.
  func closure(of roots: [Int]) -> [Int] {
    var needed: Set<Int> = []
    var open = roots
    while let node = open.popLast() {
      guard needed.insert(node).inserted else { continue }
      open += content.nodes[node].operands
      if case .pointer(let number) = content.nodes[node] { open += content.pointers[number].bytes }
    }
    return needed.sorted()
  }

  /// The top byte of the address at which the pointers of a space begin.
  func topByte(of space: ChipDescription.Space) -> Int {
    space == .memory ? Int(addressBase.address >> 24) : 0
  }
}
