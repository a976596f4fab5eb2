import WeftMachine
import WeftRV32

/// The instructions that one chip explains, in the order of their execution.
///
/// A view: the records of a run are not copied; an instruction is put together when it is asked for. Several threads
/// may read at once.
public struct ExecutorRecords: Sendable {
  /// The records of a run, of which a chip sees some.
  @usableFromInline
  struct RunView: @unchecked Sendable {  // the buffer is not written any more
    /// Keeps the memory alive that `base` points to.
    let buffer: RecordBuffer
    @usableFromInline let base: UnsafePointer<InstructionRecord>
    @usableFromInline let recordCount: Int
    /// The chip's records, by number.
    @usableFromInline let indexes: [UInt32]
    /// Records with the numbers from `recordCount` on.
    @usableFromInline let substitutes: [InstructionRecord]
    /// The program's instructions from `firstAddress` on, one for every four bytes.
    @usableFromInline let program: [CircuitInstruction]
    @usableFromInline let firstAddress: UInt32
    /// Where the circuit's addresses begin.
    @usableFromInline let addressBase: UInt32
  }

  /// Instructions.
  public let count: Int
  @usableFromInline let run: RunView?
  @usableFromInline let list: [ExecutedInstruction]

  /// Instructions that are given one by one.
  public init(_ instructions: [ExecutedInstruction]) {
    run = nil
    list = instructions
    count = instructions.count
  }

  /// Instructions of a recorded run.
  /// - Parameters:
  ///   - buffer: the run's `InstructionRecord`s; it must not be written to any more.
  ///   - indexes: the numbers of the chip's records, in the order of their execution.
  ///   - substitutes: records that are not in the buffer; their numbers follow those of the buffer's.
  ///   - program: the program's instructions, one for every four bytes.
  ///   - firstAddress: the address of the first of them.
  ///   - addressBase: where the circuit's addresses begin.
  public init(
    _ buffer: RecordBuffer, indexes: [UInt32], substitutes: [InstructionRecord] = [],
    program: [CircuitInstruction], firstAddress: UInt32, addressBase: UInt32 = 0
  ) {
    list = []
    count = indexes.count
    let recordCount = buffer.stride == InstructionRecord.stride ? buffer.count : 0
    run = buffer.withUnsafeBytes { bytes in
      bytes.baseAddress.map { base in
        RunView(
          buffer: buffer, base: base.assumingMemoryBound(to: InstructionRecord.self),
          recordCount: recordCount, indexes: indexes, substitutes: substitutes, program: program,
          firstAddress: firstAddress, addressBase: addressBase)
      }
    }
  }

  /// Instruction `index`, below `count`. A record or an instruction that does not exist is given as a record of
  /// `terminate`, which no chip of this kind accepts.
  @inlinable
  public subscript(index: Int) -> ExecutedInstruction {
    @inline(__always)
    get {
      guard let run else {
        return index >= 0 && index < list.count ? list[index] : Self.nothing
      }
      guard index >= 0, index < run.indexes.count else { return Self.nothing }
      let number = Int(run.indexes[index])
      let record: InstructionRecord
      if number < run.recordCount {
        record = run.base[number]
      } else {
        guard number &- run.recordCount < run.substitutes.count else { return Self.nothing }
        record = run.substitutes[number &- run.recordCount]
      }
      let slot = Int((record.programCounter &- run.firstAddress) &>> 2)
      guard slot < run.program.count else { return Self.nothing }
      return ExecutedInstruction(
        record: record, instruction: run.program[slot], addressBase: run.addressBase)
    }
  }

  @usableFromInline
  static var nothing: ExecutedInstruction {
    ExecutedInstruction(
      record: InstructionRecord(programCounter: 0, timestamp: 0), instruction: CircuitInstruction(.terminate))
  }
}
