import WeftMemory

/// A finished run: its outcome, its final memory and what was recorded of it.
public struct Run: ~Copyable {
  public let outcome: Outcome
  /// Final contents, access log or memory records, final time.
  public let memory: FinalizedMemory
  /// How often each instruction retired, most frequent first; empty unless the run was metered or one of an EVM program.
  public let instructionCounts: [InstructionCount]
  /// How often instructions of another set were executed by instructions of extensions, such as those of EVM contracts
  /// that an RV32 guest has called. Empty in fast runs.
  public let nestedInstructionCounts: [InstructionCount]
  /// The run has stopped inside an instruction that takes long: some of its accesses belong to no instruction.
  public let isInsideInstruction: Bool
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
    nestedInstructionCounts: [InstructionCount], isInsideInstruction: Bool, records: RecordBuffer?,
    services: [ServiceSpan], initialProgramCounter: UInt64, programCounter: UInt64
  ) {
    self.nestedInstructionCounts = nestedInstructionCounts
    self.isInsideInstruction = isInsideInstruction
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
