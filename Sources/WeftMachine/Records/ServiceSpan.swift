/// The accesses of one instruction that the host carried out, as entries of the access log.
public struct ServiceSpan: Sendable, Hashable {
  public var programCounter: UInt32
  /// Where the program went on.
  public var nextProgramCounter: UInt32
  /// Index of the first entry.
  public var firstEntry: Int
  /// How many entries, idle ticks included.
  public var count: Int

  public init(programCounter: UInt32, nextProgramCounter: UInt32, firstEntry: Int, count: Int) {
    self.programCounter = programCounter
    self.nextProgramCounter = nextProgramCounter
    self.firstEntry = firstEntry
    self.count = count
  }
}
