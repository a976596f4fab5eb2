import WeftCircuit
import WeftField

/// How long ago a block was accessed before: the digits of `now − previous − 1`.
///
/// The previous time is derived from them, so it has no column of its own. (reference/circuits.md §6.3)
public struct MemoryAccessAuxiliary<Cell>: ColumnLayout {
  public var age: DifferenceDigits<Cell>

  @inlinable
  public init(age: DifferenceDigits<Cell>) { self.age = age }
}

/// The auxiliary columns of a read.
public typealias MemoryReadAuxiliary = MemoryAccessAuxiliary

/// The auxiliary columns of a write: its age, and the cells that it overwrites.
public struct MemoryWriteAuxiliary<let count: Int, Cell>: ColumnLayout {
  public var access: MemoryAccessAuxiliary<Cell>
  public var previous: InlineArray<count, Cell>

  @inlinable
  public init(access: MemoryAccessAuxiliary<Cell>, previous: InlineArray<count, Cell>) {
    self.access = access
    self.previous = previous
  }
}

extension MemoryAccessAuxiliary where Cell == BabyBear {
  /// The columns of an access.
  /// - Parameters:
  ///   - previous: the time of the previous access to the block; 0 is the initial state.
  ///   - now: the time of the access, above `previous` and below 2^29.
  @inlinable @inline(__always)
  public init(previous: UInt32, now: UInt32) {
    self.init(age: DifferenceDigits(assertingLess: previous, than: now))
  }

  /// The columns of an access that does not happen.
  @inlinable
  public static var unused: Self { Self(age: DifferenceDigits(low: .zero, high: .zero)) }
}
