/// The accesses of one instruction that the host carried out, or the tick of a trap, as entries of the access log.
public struct ServiceSpan: Sendable, Hashable {
  public var programCounter: UInt32
  /// Where the program went on.
  public var nextProgramCounter: UInt32
  /// Index of the first entry.
  public var firstEntry: Int
  /// How many entries, idle ticks included.
  public var count: Int
  /// The instruction did not retire: the program went on at its trap handler.
  public var isTrap: Bool

  public init(
    programCounter: UInt32, nextProgramCounter: UInt32, firstEntry: Int, count: Int, isTrap: Bool = false
  ) {
    self.programCounter = programCounter
    self.nextProgramCounter = nextProgramCounter
    self.firstEntry = firstEntry
    self.count = count
    self.isTrap = isTrap
  }
}
