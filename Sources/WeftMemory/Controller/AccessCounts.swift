/// How many accesses a run made.
@frozen
public struct AccessCounts: Hashable, Sendable {
  public var reads: UInt64 = 0
  public var writes: UInt64 = 0
  /// Calls that advanced the clock without an access.
  public var advances: UInt64 = 0

  @inlinable
  public init() {}

  public var accesses: UInt64 { reads &+ writes }
}
