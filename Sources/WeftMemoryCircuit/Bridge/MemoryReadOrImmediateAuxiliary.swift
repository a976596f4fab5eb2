import WeftCircuit
import WeftField

/// The auxiliary columns of a read of one cell that may be an immediate: a read in space 0, whose value is the pointer.
public struct MemoryReadOrImmediateAuxiliary<Cell>: ColumnLayout {
  public var access: MemoryAccessAuxiliary<Cell>
  public var isImmediate: Cell
  /// The inverse of the space, 0 for an immediate.
  public var spaceInverse: Cell

  @inlinable
  public init(access: MemoryAccessAuxiliary<Cell>, isImmediate: Cell, spaceInverse: Cell) {
    self.access = access
    self.isImmediate = isImmediate
    self.spaceInverse = spaceInverse
  }
}

extension MemoryReadOrImmediateAuxiliary where Cell == BabyBear {
  /// The columns of a read; an immediate has no previous time and no age.
  @inlinable
  public init(space: UInt32, previous: UInt32, now: UInt32) {
    let (isImmediate, inverse) = IsZero.fill(BabyBear(space))
    let age = space == 0 ? DifferenceDigits(of: 0) : DifferenceDigits(assertingLess: previous, than: now)
    self.init(access: MemoryAccessAuxiliary(age: age), isImmediate: isImmediate, spaceInverse: inverse)
  }
}

extension MemoryBridge {
  /// A read of one cell in any space, 0 included: there the value is the pointer and no message is sent.
  /// - Parameters:
  ///   - enabled: 1 where the read happens, 0 elsewhere; provably a bit, and `address` is 0 elsewhere.
  public func readOrImmediate(
    _ address: MemoryAddressColumns<Expression>, _ value: Expression, at time: Expression,
    _ auxiliary: MemoryReadOrImmediateAuxiliary<Expression>, enabled: Expression, label: String = "read",
    file: String = #fileID, line: Int = #line
  ) {
    let isImmediate = auxiliary.isImmediate
    builder.assertBool(isImmediate, "\(label): isImmediate is a bit", file: file, line: line)
    IsZero.constrain(
      address.space, result: isImmediate, inverse: auxiliary.spaceInverse, condition: enabled, in: builder,
      label: "\(label): immediate", file: file, line: line)
    IsZero.pinInverse(
      result: isImmediate, inverse: auxiliary.spaceInverse, in: builder, label: "\(label): immediate",
      file: file, line: line)
    let immediate = builder.when(isImmediate)
    immediate.assertEqual(
      value, address.pointer, "\(label): an immediate is its pointer", file: file, line: line)
    immediate.assertEqual(enabled, 1, "\(label): an immediate is read", file: file, line: line)
    for (digit, name) in [(auxiliary.access.age.low, "low"), (auxiliary.access.age.high, "high")] {
      immediate.assertZero(digit, "\(label): no age of an immediate, \(name) digit", file: file, line: line)
    }
    read(
      space: address.space, pointer: address.pointer, [value], at: time, auxiliary.access,
      enabled: enabled - isImmediate, label: label, file: file, line: line)
  }
}
