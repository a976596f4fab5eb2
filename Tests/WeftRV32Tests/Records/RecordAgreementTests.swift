import Foundation
import Testing

@testable import WeftMachine
@testable import WeftMemory
@testable import WeftRV32

/// The two forms of a recorded run must give the same instruction records, to the byte.
struct RecordAgreementTests {
  static let programs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "programs/rv32")

  @Test(arguments: ["hello", "reveal", "reveal-custom", "matmul", "textstats"], Engine.allCases)
  func `Log with replay and online records agree`(name: String, engine: Engine) throws {
    let path = Self.programs.appending(path: "\(name)/\(name).elf").path
    let program = try RV32Program(contentsOf: path)
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.input = [Array("The quick brown fox jumps over the lazy dog".utf8)]
    configuration.limits.instructions = 20_000
    let online = try finishedRun(program, configuration, .instructionRecords)
    let logged = try finishedRun(program, configuration, .accessLog)
    #expect(online.outcome.instructions == logged.outcome.instructions)
    #expect(online.memory.timestamp == logged.memory.timestamp)

    let machine = try Machine(program, configuration: configuration)
    var replay = try InstructionRecordReplay(logged, program: program, table: machine.table)
    let expected = try replay.records()
    let buffer = online.records
    let records = try #require(buffer)
    #expect(UInt64(records.count) == online.outcome.instructions)
    let actual = records.withUnsafeBytes { Array($0.bindMemory(to: InstructionRecord.self)) }
    let difference = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(difference == nil)
    #expect(actual.count == expected.count)
  }

  @Test(arguments: ["privilege", "misaligned"], Engine.allCases)
  func `Both forms record the traps of machine programs, one tick each`(name: String, engine: Engine) throws {
    let program = try RV32Program(
      contentsOf: Self.programs.appending(path: "machine/\(name)/\(name).elf").path,
      options: RV32Program.Options(environment: .machine), memoryLimit: 16 << 20)
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.memory = 16 << 20
    let online = try finishedRun(program, configuration, .instructionRecords)
    let logged = try finishedRun(program, configuration, .accessLog)
    #expect(online.memory.timestamp == logged.memory.timestamp)
    let machine = try Machine(program, configuration: configuration)
    var replay = try InstructionRecordReplay(logged, program: program, table: machine.table)
    let expected = try replay.records()
    let buffer = online.records
    let actual = try #require(buffer).withUnsafeBytes { Array($0.bindMemory(to: InstructionRecord.self)) }
    #expect(actual == expected)
    let traps = actual.filter(\.isTrap)
    #expect(actual.count - traps.count == Int(online.outcome.instructions))
    #expect(traps.count == (name == "privilege" ? 5 : 0))
    #expect(traps.allSatisfy { $0.second == 1 && $0.previous == 1 })
    // Time has no gaps: every record begins where the one before has ended.
    for (trap, next) in zip(actual, actual.dropFirst()) where trap.isTrap {
      #expect(next.timestamp == trap.timestamp + 1)
    }
  }

  @Test(arguments: [RecordForm.accessLog, .instructionRecords])
  func `A trap for which there is no room is a limit and leaves no trace`(form: RecordForm) throws {
    var exits: Set<String> = []
    // Records of 4096 bytes are 128 of instructions, or 256 of accesses; around both the trap hits the end.
    for padding in [10] + Array(118...130) + Array(240...256) {
      // mtvec = handler; nops; an illegal word; the handler ends the program.
      let distance = UInt32(4 * padding + 16)
      let words: [UInt32] =
        [0x8000_02b7, distance << 20 | 0x2_8293, 0x3052_9073]  // lui, addi, csrw mtvec
        + Array(repeating: 0x13, count: padding) + [0xffff_ffff, 0x05d0_0893, 0x0070_0513, 0x73]
      let program = try RV32Program(
        code: words, at: 0x8000_0000, options: RV32Program.Options(environment: .machine),
        memoryLimit: 1 << 20)
      var configuration = Machine.Configuration()
      configuration.limits.memory = 1 << 20
      configuration.limits.recordBytes = 4096
      var machine = try Machine(program, configuration: configuration)
      let outcome = try machine.run(.recorded(form))
      exits.insert("\(outcome.exit)".contains("limit") ? "limit" : "\(outcome.exit)")
      let run = try machine.finalize()
      let table = try Machine(program, configuration: configuration).table
      let records: [InstructionRecord]
      if form == .accessLog {
        var replay = try InstructionRecordReplay(run, program: program, table: table)
        records = try replay.records()
      } else {
        let buffer = run.records
        records = try #require(buffer).withUnsafeBytes { Array($0.bindMemory(to: InstructionRecord.self)) }
      }
      // Nothing that happened is missing.
      let traps = records.count(where: \.isTrap)
      #expect(records.count - traps == Int(outcome.instructions), "\(padding)")
      #expect(traps == (run.programCounter >= 0x8000_0000 + UInt64(distance) ? 1 : 0), "\(padding)")
    }
    #expect(exits.count == 2, "\(exits)")
  }
}
