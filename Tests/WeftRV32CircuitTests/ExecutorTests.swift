import Testing
import WeftCircuit
import WeftField

@testable import WeftRV32Circuit

@Suite("Executors")
struct ExecutorTests {
  #if DEBUG
    static let isDense = false
    static let wrongLimit = 100
  #else
    static let isDense = true
    static let wrongLimit = 2000
  #endif

  @Test(
    "Honest rows satisfy all constraints; what they send and look up is what the model says",
    arguments: ExecutorUnderTest.all + ExecutorUnderTest.based)
  func honest(chip: ExecutorUnderTest) throws {
    let samples = chip.samples(Self.isDense)
    for opcode in chip.opcodes { #expect(samples.contains { $0.opcode == opcode }) }
    let trace = try chip.trace(samples.map(\.executed))
    let report = try Checker(threads: 1).checkConstraints(TraceSet([trace]))
    #expect(report.isAccepted, "\(report)")
    for (row, sample) in samples.enumerated() {
      let (found, expected) = (try trace.messages(row: row), sample.messages)
      #expect(found == expected, "row \(row): \(sample.executed)")
    }
    for row in samples.count..<trace.height { #expect(try trace.messages(row: row) == []) }
  }

  @Test(
    "N39 No change of any cell of any kind of row is accepted; the lint has no finding",
    arguments: ExecutorUnderTest.all + ExecutorUnderTest.based)
  func sound(chip: ExecutorUnderTest) throws {
    var options = SoundnessAudit.Options()
    options.lint = chip.lint
    #if DEBUG
      options.rowsPerKind = 1
      options.rowLimit = 12
    #else
      options.rowLimit = 1024
    #endif
    let report = try chip.audit(chip.samples(Self.isDense).map(\.executed), options)
    try report.require()
    #if !DEBUG
      #expect(report.rows.count < options.rowLimit, "rows of every kind are attacked")
    #endif
  }

  @Test(
    "Wrong results with everything else derived from them are rejected",
    arguments: ExecutorUnderTest.all + ExecutorUnderTest.based)
  func wrongResults(chip: ExecutorUnderTest) throws {
    let samples = chip.samples(Self.isDense)
    let trace = try chip.trace(samples.map(\.executed))
    let audit = SoundnessAudit(TraceSet([trace]), tables: [RangeTable(), BitwiseTable()])
    var numbers = Numbers(state: 7)
    var counts: [CircuitOpcode: Int] = [:]
    var changes: [(sample: Sample, rows: [Int: [BabyBear]])] = []
    for (row, sample) in samples.enumerated() {
      for cells in chip.wrongRows(sample, &numbers) where counts[sample.opcode, default: 0] < Self.wrongLimit
      {
        counts[sample.opcode, default: 0] += 1
        changes.append((sample, [row: cells]))
      }
    }
    let effects = try audit.effects(of: changes.map(\.rows), in: trace)
    for (effect, change) in zip(effects, changes) {
      #expect(effect == nil, "\(change.sample.executed)")
    }
    for opcode in chip.opcodes { #expect(counts[opcode, default: 0] >= 100, "\(opcode)") }
  }

  @Test(
    "Rows of another instruction of the chip under the flag of the right one are rejected: signed for unsigned, or for and",
    arguments: ExecutorUnderTest.all + ExecutorUnderTest.based)
  func confusedInstructions(chip: ExecutorUnderTest) throws {
    let samples = chip.samples(Self.isDense)
    let trace = try chip.trace(samples.map(\.executed))
    let flags = trace.air.mainColumns.indices.filter { column in
      chip.opcodes.contains { "core.is\($0)".lowercased() == trace.air.mainColumns[column].lowercased() }
    }
    guard flags.count > 1 else { return }
    var changes: [[Int: [BabyBear]]] = []
    for other in chip.opcodes {
      let changed = samples.map { sample in
        var executed = sample.executed
        executed.instruction.opcode = other
        return executed
      }
      let rows = try #require(try chip.trace(changed).main)
      for row in samples.indices {
        let honest = trace.main?.row(row) ?? []
        var cells = rows.row(row)
        for column in flags { cells[column] = honest[column] }
        if cells != honest { changes.append([row: cells]) }
      }
    }
    #expect(changes.count > samples.count / 8)
    let audit = SoundnessAudit(TraceSet([trace]), tables: [RangeTable(), BitwiseTable()])
    for (effect, change) in zip(try audit.effects(of: changes, in: trace), changes) {
      #expect(effect == nil, "row \(change.keys): \(samples[change.keys.first ?? 0].executed)")
    }
  }
}
