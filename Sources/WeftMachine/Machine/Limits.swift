/// What a guest may use. The host stays in control of a guest that loops, writes or grows for ever.
public struct Limits: Sendable, Hashable {
  /// Instructions of one `run`, exact to the instruction; `nil` for no limit.
  public var instructions: UInt64?
  /// Bytes of RV32 memory, a multiple of 4,096, at most 4 GiB (512 MiB in metered and recorded runs).
  public var memory: UInt64
  /// Wall-clock time of one `run`; `nil` for no limit. Checked every few hundred thousand instructions.
  public var wallClock: Duration?
  /// Bytes the guest may write to its standard output and standard error together.
  public var outputBytes: Int
  /// Bytes of records or log entries that a recorded run may keep.
  public var recordBytes: Int

  public init(
    instructions: UInt64? = nil, memory: UInt64 = 256 << 20, wallClock: Duration? = nil,
    outputBytes: Int = 64 << 20, recordBytes: Int = 8 << 30
  ) {
    self.instructions = instructions
    self.memory = memory
    self.wallClock = wallClock
    self.outputBytes = outputBytes
    self.recordBytes = recordBytes
  }
}
