/// What the chips need to know about one executed RV32 instruction, in 32 bytes.
///
/// Registers are blocks of address space 1, memory words blocks of address space 2. Access k of an instruction
/// happens at `timestamp + k`; a field of an access that the instruction does not make is 0.
///
/// | class | first access | second | third |
/// |---|---|---|---|
/// | register-register | read rs1 | read rs2 | write rd |
/// | register-immediate | read rs1 | – | write rd |
/// | load | read rs1 | read word | write rd (not x0) |
/// | store | read rs1 | read rs2 | write word |
/// | branch | read rs1 | read rs2 | |
/// | jalr | read rs1 | write rd (not x0), in the third fields | |
/// | lui, auipc, jal | write rd (not x0), in the third fields | | |
/// | fence, results to x0 | – | | |
/// | service, trap: see their initialisers | | | |
@frozen
public struct InstructionRecord: Sendable, Hashable, BitwiseCopyable {
  /// Address of the instruction.
  public var programCounter: UInt32
  /// Clock at its start.
  public var timestamp: UInt32
  /// Value of rs1.
  public var first: UInt32
  /// Time of the previous access to the first block; 0 is the initial state.
  public var firstTime: UInt32
  /// Value of rs2, or the word that a load read.
  public var second: UInt32
  public var secondTime: UInt32
  /// Value of rd, or of the stored word, before the instruction.
  public var previous: UInt32
  public var thirdTime: UInt32

  /// Bytes of a record.
  public static var stride: Int { 32 }

  public init(
    programCounter: UInt32, timestamp: UInt32, first: UInt32 = 0, firstTime: UInt32 = 0, second: UInt32 = 0,
    secondTime: UInt32 = 0, previous: UInt32 = 0, thirdTime: UInt32 = 0
  ) {
    self.programCounter = programCounter
    self.timestamp = timestamp
    self.first = first
    self.second = second
    self.previous = previous
    self.firstTime = firstTime
    self.secondTime = secondTime
    self.thirdTime = thirdTime
  }
}

extension InstructionRecord {
  /// The record of an instruction that the host carried out: its accesses are memory records of their own.
  public init(service programCounter: UInt32, timestamp: UInt32, firstRecord: Int, count: Int, ticks: UInt32)
  {
    self.init(
      programCounter: programCounter, timestamp: timestamp, first: UInt32(truncatingIfNeeded: firstRecord),
      second: UInt32(truncatingIfNeeded: count), previous: ticks)
  }

  /// The record of a trap from which the program goes on at its handler: no instruction, but an idle tick, as if of a
  /// service of the address that trapped.
  public init(trapAt programCounter: UInt32, timestamp: UInt32, firstRecord: Int) {
    self.init(
      service: programCounter, timestamp: timestamp, firstRecord: firstRecord, count: 1, ticks: 1)
    thirdTime = Self.trapMark
  }

  /// No time of an access.
  @inlinable static var trapMark: UInt32 { .max }

  /// Whether this is the record of a trap.
  @inlinable public var isTrap: Bool { thirdTime == Self.trapMark }
}
