import Testing
import WeftCircuit
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

/// A prover who does not change cells but what happened: a record of a run is changed, everything else is made from it,
/// and the check must notice.
@Suite("Tampered records")
struct TamperedRecordTests {
  #if DEBUG
    static let rounds = 12
  #else
    static let rounds = 400
  #endif

  enum Tampering: CaseIterable {
    case value, time, clock, programCounter, branch, drop, duplicate, replace
  }

  private static func program() throws -> RV32Program {
    try RV32Program(
      code: RandomPrograms.words(count: 3, seed: 2026), data: (0..<200).map { UInt8($0) },
      memoryLimit: 64 << 20)
  }

  /// A finished run, its program and circuit.
  private static func traces(
    _ program: RV32Program, _ tamper: (inout [InstructionRecord], CircuitProgram) -> Void
  ) throws -> (RV32Circuit, RV32Traces) {
    var configuration = Machine.Configuration()
    configuration.limits.memory = 16 << 20
    var machine = try Machine(program, configuration: configuration)
    _ = try machine.run(.recorded(.instructionRecords))
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration)
    var records: [InstructionRecord] = []
    run.records?.withUnsafeBytes { records = Array($0.bindMemory(to: InstructionRecord.self)) }
    tamper(&records, circuitProgram)
    let buffer = try #require(
      RecordBuffer(
        stride: InstructionRecord.stride, byteLimit: max(1, records.count) * InstructionRecord.stride))
    for record in records { buffer.append(record) }
    return (circuit, try circuit.makeTraces(of: run, buffer, circuitProgram, threads: 1))
  }

  @Test("A changed value, time, program counter or branch, a record too many or too few: rejected")
  func tampered() throws {
    let program = try Self.program()
    let (circuit, honest) = try Self.traces(program) { _, _ in }
    #expect(try circuit.check(honest, checker: Checker(threads: 1)).isAccepted)
    var numbers = Numbers(state: 11)
    var rejected: [Tampering: Int] = [:]
    for round in 0..<Self.rounds {
      let tampering = Tampering.allCases[round % Tampering.allCases.count]
      var what = ""
      let made: RV32Traces
      do {
        made = try Self.traces(program) { records, program in
          what = Self.tamper(&records, program, tampering, &numbers)
        }.1
      } catch is RV32CircuitError {
        // Records that contradict each other are refused before any trace is made.
        rejected[tampering, default: 0] += 1
        continue
      }
      // Fields that nothing is made of.
      if zip(made.traces.airs, honest.traces.airs).allSatisfy({
        $0.main == $1.main && $0.air.name == $1.air.name
      }),
        made.traces.airs.count == honest.traces.airs.count, made.connector == honest.connector
      {
        continue
      }
      let report = try circuit.check(made, checker: Checker(threads: 1))
      #expect(!report.isAccepted, "\(what)")
      if !report.isAccepted { rejected[tampering, default: 0] += 1 }
    }
    for tampering in Tampering.allCases { #expect(rejected[tampering, default: 0] > 0, "\(tampering)") }
  }

  /// Changes a record of an instruction that handlers carried out; says what was changed.
  private static func tamper(
    _ records: inout [InstructionRecord], _ program: CircuitProgram, _ tampering: Tampering,
    _ numbers: inout Numbers
  ) -> String {
    func isPlain(_ record: InstructionRecord, _ branches: Bool) -> Bool {
      guard let instruction = program[record.programCounter] else { return false }
      let opcode = instruction.opcode.rawValue
      if branches { return (0x220...0x228).contains(opcode) }
      return opcode >= 0x200 && opcode < 0x260 && !(opcode == 0x213 && instruction.e == 3)
    }
    var index = Int(numbers.below(UInt32(records.count)))
    while !isPlain(records[index], tampering == .branch) { index = (index + 1) % records.count }
    let before = records[index]
    let bit = UInt32(1) << numbers.below(32)
    let earlier = numbers.below(before.timestamp)
    switch (tampering, numbers.below(3)) {
    case (.value, 0): records[index].first ^= bit
    case (.value, 1): records[index].second ^= bit
    case (.value, _): records[index].previous ^= bit
    case (.time, 0): records[index].firstTime = earlier
    case (.time, 1): records[index].secondTime = earlier
    case (.time, _): records[index].thirdTime = earlier
    case (.clock, let choice): records[index].timestamp = choice == 0 ? earlier : before.timestamp + choice
    case (.programCounter, _):
      records[index].programCounter = records[Int(numbers.below(UInt32(records.count)))].programCounter
    case (.branch, 0): (records[index].first, records[index].second) = (before.second, before.first)
    case (.branch, 1): records[index].second = before.first
    case (.branch, _): records[index].first = ~before.second
    case (.drop, _): records.remove(at: index)
    case (.duplicate, _): records.insert(before, at: index)
    case (.replace, _): records[index] = records[Int(numbers.below(UInt32(records.count)))]
    }
    let after = index < records.count ? records[index] : before
    return "\(tampering) of record \(index): \(before) became \(after)"
  }
}
