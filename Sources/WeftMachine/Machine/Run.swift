import WeftMemory

/// A finished run: its outcome, its final memory and what was recorded of it.
public struct Run: ~Copyable {
  public let outcome: Outcome
  /// Final contents, access log or memory records, final time.
  public let memory: FinalizedMemory
  /// How often each instruction retired, most frequent first; empty unless the run was metered.
  public let instructionCounts: [InstructionCount]
  /// Instruction records of a run in that form, `nil` in others.
  public let records: RecordBuffer?
  /// Where the first instruction was.
  public let initialProgramCounter: UInt64
  /// Where the next instruction would have been.
  public let programCounter: UInt64
  /// In runs with an access log: which entries belong to instructions that the host carried out.
  public let services: [ServiceSpan]

  init(
    outcome: Outcome, memory: consuming FinalizedMemory, instructionCounts: [InstructionCount],
    records: RecordBuffer?, services: [ServiceSpan], initialProgramCounter: UInt64,
    programCounter: UInt64
  ) {
    self.initialProgramCounter = initialProgramCounter
    self.programCounter = programCounter
    self.instructionCounts = instructionCounts
    self.services = services
    self.outcome = outcome
    self.memory = memory
    self.records = records
  }

  /// The memory alone; what was recorded besides must have been taken before.
  public consuming func takeMemory() -> FinalizedMemory { memory }
}
