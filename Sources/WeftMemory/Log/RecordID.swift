/// The number of an access in its run: its index in the log. Idle ticks take numbers too.
@frozen
public struct RecordID: Hashable, Sendable {
  public let index: UInt32
  /// Tells runs apart, so that a number from another run is refused; 0 fits every run.
  @usableFromInline let run: UInt32

  @inlinable
  init(index: UInt32, run: UInt32) {
    self.index = index
    self.run = run
  }

  /// The record with this index in whichever run it is looked up.
  @inlinable
  public init(index: UInt32) { self.init(index: index, run: 0) }

  /// What an access returns that left no record (fast and metered runs).
  @inlinable public static var none: Self { Self(index: .max, run: .max) }
}

/// The first times of the clock; times are `UInt32`, below 2^29.
public enum Timestamp {
  /// The initial state of memory, before any access.
  public static var initial: UInt32 { 0 }
  /// The first access.
  public static var first: UInt32 { 1 }
}
