import Testing
import WeftCircuit
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Traces of programs of the machine environment")
struct MachineProgramTests {
  static let base: UInt32 = 0x8000_0000

  static func program(
    data: [UInt8] = [], _ body: (inout Code) -> Void
  ) throws -> RV32Program {
    try RV32Program(
      code: RandomPrograms.assemble(body), at: base, data: data, dataAt: base + 0x10_0000,
      options: RV32Program.Options(environment: .machine), memoryLimit: 64 << 20)
  }

  private func refusal(_ program: RV32Program, _ mode: RunMode = .recorded(.instructionRecords)) -> String {
    var run = RecordedRun()
    run.mode = mode
    do {
      _ = try run.traces(program)
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test("Whole programs: balanced; traps, CSRs and emulated accesses are advice", arguments: Guests.machine)
  func whole(_ name: String) throws {
    let (made, circuit, outcome) = try RecordedRun().checked(try Guests.machineProgram(name))
    guard case .halted(let code) = outcome.exit else {
      Issue.record("\(name): \(outcome.exit)")
      return
    }
    #expect(code == (name == "failing" ? 11 : 0))
    #expect(made.instructionCount == Int(outcome.instructions))
    #expect(circuit.members.contains { $0.description.name == "Trap" })
    #expect(made.connector.initialPC == 0)
    let names = Set(made.unconstrained.map(\.instruction))
    switch name {
    case "arithmetic": #expect(made.isFullyConstrained)
    case "privilege":
      #expect(made.unconstrained.contains { $0.instruction == "trap" && $0.count == 5 })
      #expect(made.traces["Trap"]?.rowCount == 5)
      #expect(made.openness.hasSuffix("; 5 entries of the trap handler are advice"), "\(made.openness)")
      #expect(names.isSuperset(of: ["csrrs", "csrrw", "mret"]), "\(names)")
    case "misaligned": #expect(names.isSuperset(of: ["lw", "lh", "lhu", "sw", "sh"]), "\(names)")
    default: #expect(names.contains("mret"))
    }
    #expect(name == "arithmetic" || !made.isFullyConstrained)
    // A store to tohost ends the run and not the program, of which the circuit knows nothing.
    #expect((made.connector.end == .stopped) == (name == "arithmetic"))
  }

  @Test("A program that changes instructions that it executes is refused")
  func changedCode() throws {
    let text = refusal(try Guests.machineProgram("fence-i"))
    #expect(text.hasPrefix("the instruction at 0x800"), "\(text)")
    #expect(text.hasSuffix("is executed and changed: the program table holds one per address"))
    // An access log is read with the program as it was.
    let logged = refusal(try Guests.machineProgram("fence-i"), .recorded(.accessLog))
    #expect(logged.contains("no recorded instruction at 0x800"), "\(logged)")
    // The same word again changes nothing; nor does a word that is not executed.
    let same = try Self.program { code in
      code.append(0x17 | 5 << 7)  // auipc t0, 0
      code.append(.load(2, 6, 5, 16))
      code.append(.store(2, 6, 5, 16))
      code.append(.store(2, 0, 5, 36))
      code.append(.i(0x13, 0, 7, 0, 9))
      code.exit(0)
      code.append(0xffff_ffff)
      code.append(0xffff_ffff)
    }
    try RecordedRun().checked(same)
    // A misaligned store that the host emulates.
    let misaligned = try Self.program { code in
      code.append(0x17 | 5 << 7)
      code.append(.store(2, 0, 5, 13))
      code.append(.i(0x13, 0, 7, 0, 9))
      code.append(.i(0x13, 0, 7, 0, 9))
      code.exit(0)
    }
    let other = refusal(misaligned)
    #expect(other.hasPrefix("the instruction at 0x8000000c is executed and changed"), "\(other)")
  }

  @Test("A trap on an address that the circuit does not reach is refused, one within reach is not")
  func jumpsOut() throws {
    func jumping(to target: UInt32) throws -> RV32Program {
      try Self.program { code in
        code.append(0x17 | 5 << 7)
        code.append(.i(0x13, 0, 5, 5, 24))
        code.append(0x3052_9073)  // csrw mtvec, t0
        code.constant(6, target)
        code.append(.i(0x67, 0, 1, 6, 0))
        code.exit(4)
      }
    }
    let (made, _, outcome) = try RecordedRun().checked(try jumping(to: 0xbfff_fffc))
    #expect(outcome.exit == .halted(code: 4))
    #expect(
      made.unconstrained == [.init(instruction: "csrrw", count: 1), .init(instruction: "trap", count: 1)])
    for target in [0, 0x7fff_fffc, 0xc000_0000] as [UInt32] {
      #expect(refusal(try jumping(to: target)).hasPrefix("code at \(hexadecimal(target)) is beyond"))
    }
  }

  @Test("Hints and public values at the base: pointers are distances, those of public values are not")
  func hints() throws {
    let program = try Self.program(data: [1, 2, 3, 4]) { code in
      code.constant(5, Self.base + 0x10_0000)
      code.constant(6, 2)
      code.append(.i(0x0b, 3, 0, 0, 0))  // the next item
      code.append(.i(0x0b, 1, 5, 0, 0))  // one word to x5
      code.append(.i(0x0b, 1, 5, 6, 1))  // two words
      code.append(.load(2, 7, 5, 0))
      code.append(.i(0x0b, 2, 0, 7, 8))  // public value
      code.append(0x1050_0073)  // wfi
      code.terminate(3)
    }
    let (made, _, outcome) = try RecordedRun(input: [Array(0..<12)]).checked(program)
    #expect(outcome.exit == .halted(code: 3))
    #expect(made.hintWordCount == 3)
    #expect(made.isFullyConstrained)
    #expect(made.connector.end == .terminated(code: 3))
  }

  @Test("Random programs far above: balanced, every instruction constrained")
  func random() throws {
    for seed in 1...UInt64(RandomProgramTests.runs) {
      let words = RandomPrograms.words(count: RandomProgramTests.programsPerRun, seed: seed, base: Self.base)
      let program = try RV32Program(
        code: words, at: Self.base, data: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) },
        dataAt: Self.base + 0x10_0000, name: "seed \(seed)",
        options: RV32Program.Options(environment: .machine, misalignedAccess: .trap),
        memoryLimit: 64 << 20)
      let (made, _, outcome) = try RecordedRun().checked(program)
      let code = UInt32(seed % 2 == 0 ? seed & 255 : seed & 0xffff)
      #expect(outcome.exit == .halted(code: code), "seed \(seed)")
      #expect(made.unconstrained == [], "seed \(seed)")
    }
  }

  @Test("A circuit of one environment refuses programs of the other; bases leave room")
  func foreign() throws {
    let program = try Guests.machineProgram("arithmetic")
    var machine = try Machine(program, configuration: RecordedRun().configuration)
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    _ = try machine.run(.recorded(.instructionRecords))
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration)
    #expect(!circuit.members.contains { $0.description.name == "Trap" })
    do {
      _ = try circuit.makeTraces(of: run, program: circuitProgram)
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)" == "the run does not fit the program: the program is not one of the circuit's environment")
    }
    for address in [1, 0x80_0000, 0x8000_1000, 0xc100_0000] as [UInt32] {
      #expect(throws: RV32CircuitError.self) { try AddressBase(address) }
    }
    for address in [0, 0x100_0000, 0xc000_0000] as [UInt32] { _ = try AddressBase(address) }
  }

  @Test("The lints of the machine environment's circuit have no finding")
  func lint() throws {
    let circuit = try RecordedRun().traces(try Guests.machineProgram("arithmetic")).circuit
    let options = circuit.lintOptions
    #expect(circuit.members.map(\.id) == circuit.members.map(\.id).sorted())
    #expect(SystemLint.findings(circuit.members.map(\.description), options: options) == [])
    for member in circuit.members {
      let lint = SymbolicLint(
        member.description, preprocessed: try member.air.preprocessedTrace(), options: options)
      #expect(lint.findings() == [], "\(member.description.name)")
    }
  }
}
