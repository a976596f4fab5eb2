import Testing
import WeftCircuit
import WeftField
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Records of executors")
struct ExecutorRecordsTests {
  private let program = (0..<8).map { CircuitInstruction(.add, a: BabyBear($0)) }

  private func buffer(_ addresses: [UInt32]) throws -> RecordBuffer {
    let buffer = try #require(RecordBuffer(stride: InstructionRecord.stride, byteLimit: 1 << 16))
    for (index, address) in addresses.enumerated() {
      buffer.append(InstructionRecord(programCounter: address, timestamp: UInt32(index)))
    }
    return buffer
  }

  @Test("A view of a run gives records by number and instructions by address")
  func view() throws {
    let records = ExecutorRecords(
      try buffer([0x100, 0x11c, 0x108, 0x104]), indexes: [1, 3], program: program, firstAddress: 0x100)
    #expect(records.count == 2)
    #expect(records[0].record.timestamp == 1)
    #expect(records[0].instruction == program[7])
    #expect(records[1].record.timestamp == 3)
    #expect(records[1].instruction == program[1])
  }

  @Test("What does not exist is no instruction of a chip")
  func outside() throws {
    let records = ExecutorRecords(
      try buffer([0x100, 0xfc, 0x120]), indexes: [1, 2, 3, 0], program: program, firstAddress: 0x100)
    for index in [-1, 0, 1, 2, 4] { #expect(records[index].instruction.opcode == .terminate) }
    #expect(records[3].instruction.opcode == .add)
    #expect(ExecutorRecords([])[0].instruction.opcode == .terminate)
    let error = #expect(throws: TraceError.self) {
      try TraceGenerator().generate([TraceJob(BaseAluChip(), records: records)])
    }
    #expect(error?.description == "AIR BaseAlu, row 0: the instruction is terminate, none of the chip's")
  }

  @Test("A chip without instructions is absent")
  func absent() throws {
    #expect(try TraceGenerator().generate([TraceJob(MulChip(), records: ExecutorRecords([]))]).airs.isEmpty)
  }

  @Test("The rows do not depend on threads, nor on how records are given", arguments: ExecutorUnderTest.all)
  func determinism(chip: ExecutorUnderTest) throws {
    // More rows than one piece of work has.
    let some = chip.samples(false).map(\.executed)
    let executed = (0..<9000).map { some[$0 % some.count] }
    let one = try chip.trace(executed)
    #expect(try chip.parallelTrace(ExecutorRecords(executed)).main == one.main)
    // The same as the records of a run, every second of which is another chip's.
    let buffer = try #require(
      RecordBuffer(stride: InstructionRecord.stride, byteLimit: 18000 * InstructionRecord.stride))
    for (index, step) in executed.enumerated() {
      var record = step.record
      record.programCounter = UInt32(4 * (index % some.count))
      buffer.append(InstructionRecord(programCounter: 0, timestamp: 0))
      buffer.append(record)
    }
    let view = ExecutorRecords(
      buffer, indexes: (0..<9000).map { 2 * $0 + 1 }, program: some.map(\.instruction), firstAddress: 0)
    let listed = executed.enumerated().map { index, step in
      var step = step
      step.record.programCounter = UInt32(4 * (index % some.count))
      return step
    }
    #expect(try chip.parallelTrace(view).main == chip.trace(listed).main)
  }
}
