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

  private func finishedRun(
    _ program: RV32Program, _ configuration: Machine.Configuration, _ form: RecordForm
  ) throws -> Run {
    var machine = try Machine(program, configuration: configuration)
    _ = try machine.run(.recorded(form))
    return try machine.finalize()
  }
}
