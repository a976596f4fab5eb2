import Testing
import WeftCircuit
import WeftContracts
import WeftEVM
import WeftField
import WeftMachine
import WeftMemory
import WeftPrecompiles
import WeftRV32
import WeftRV32Circuit

@testable import WeftEVMCircuit

@Suite("Traces of EVM runs")
struct EVMTraceTests {
  @Test("Nested calls: traces are accepted and list every opcode")
  func nested() throws {
    var opcodes: Set<String> = []
    for program in try TracedExecution.nested() {
      let execution = try TracedExecution(program)
      let report = try execution.check()
      #expect(report.isAccepted, "\(report)")
      var machine = try Machine(program)
      _ = try machine.run()
      #expect(machine.evmResult == execution.result)
      #expect(execution.made.accessCount > 20)
      opcodes.formUnion(execution.made.unconstrained.map(\.mnemonic))
      let total = execution.made.unconstrained.reduce(0) { $0 + $1.count }
      #expect(total == execution.made.outcome.instructions)
      #expect(
        execution.made.openness.hasPrefix(
          "not fully constrained: every access to memory is, the results of all \(total) EVM instructions are advice: "
        ))
    }
    #expect(opcodes.isSuperset(of: ["call", "mstore", "sload", "return"]))
  }

  @Test("The bytes of traces do not depend on threads")
  func threads() throws {
    let program = try #require(TracedExecution.nested().first)
    let one = try TracedExecution(program, threads: 1).made.traces
    let four = try TracedExecution(program, threads: 4).made.traces
    #expect(one.airs.map(\.main) == four.airs.map(\.main))
  }

  @Test("A call of an account without code has no accesses and is accepted")
  func empty() throws {
    let execution = try TracedExecution(EVMProgram(code: []))
    #expect(execution.made.accessCount == 0)
    #expect(execution.made.outcome.exit == .halted(code: 0))
    let report = try execution.check()
    #expect(report.isAccepted, "\(report)")
  }

  #if DEBUG
    private static let count = 6
  #else
    private static let count = 1000
  #endif

  /// 6 in debug builds, 1,000 in others.
  @Test("Random contracts are accepted")
  func random() throws {
    var random = Numbers(state: 7)
    var accesses = 0
    for _ in 0..<Self.count {
      let code = RandomCode.make(&random)
      let execution = try TracedExecution(
        EVMProgram(code: code, input: [1, 2, 3], gas: 50_000, extensions: [PrecompilesExtension()]))
      let report = try execution.check()
      #expect(report.isAccepted, "\(HexadecimalBytes.text(code)): \(report)")
      accesses += execution.made.accessCount
    }
    #expect(accesses > Self.count * 20)
  }

  // MARK: Tampering

  /// Stores, reads back, hashes, and stores the hash.
  private static let code: [UInt8] = [
    0x60, 0x2a, 0x60, 0x05, 0x52, 0x60, 0x40, 0x60, 0x00, 0x20, 0x60, 0x01, 0x55, 0x60, 0x01, 0x54, 0x60,
    0x05, 0x51,
  ]

  @Test(
    "Any byte, time, address or space of an access that is changed is rejected",
    arguments: ["HostAccess(5)", "HostAccess(8)", "HostAccess(7)", "HostAccess(contexts)"])
  func tampering(_ air: String) throws {
    let execution = try TracedExecution(EVMProgram(code: Self.code, input: Array(1...40)))
    let place = try #require(execution.made.traces.airs.firstIndex { $0.air.name == air })
    let trace = execution.made.traces.airs[place]
    let isContext = air.contains("contexts")
    let places = ["pointer", "timestamp", "nextPC", "mayUseRegisters", "isLast", "isValid", "space"]
    let columns = trace.air.mainColumns.filter { name in
      name.contains("data[") || name.contains("previous[") || places.contains { name.hasSuffix($0) }
    }
    #expect(columns.count == (isContext ? 71 : 70))
    #if DEBUG
      // A check takes a quarter of a second: some columns here, all in release builds.
      let attacked = columns.filter { name in
        ["data[0]", "data[31]", "previous[7]", "pointer", "step.timestamp", "space"].contains {
          name.hasSuffix($0)
        }
      }
      let (rows, changes) = ([trace.rowCount - 1], [BabyBear.one])
    #else
      let (attacked, rows, changes) = (columns, [0, trace.rowCount - 1], [BabyBear.one, BabyBear(255)])
    #endif
    for row in rows {
      for name in attacked {
        let column = try #require(trace.air.mainColumns.firstIndex(of: name))
        for change in changes {
          var traces = execution.made.traces
          traces.airs[place].main?[row, column] += change
          #expect(try !execution.check(traces).isAccepted, "\(air), row \(row), \(name) + \(change)")
        }
      }
    }
  }

  @Test("An access that is left out, or moved in time, is rejected")
  func order() throws {
    let execution = try TracedExecution(EVMProgram(code: Self.code))
    let place = try #require(execution.made.traces.airs.firstIndex { $0.air.name == "HostAccess(5)" })
    let width = execution.made.traces.airs[place].air.mainColumns.count
    var without = execution.made.traces
    for column in 0..<width { without.airs[place].main?[2, column] = .zero }
    #expect(try !execution.check(without).isAccepted)
    let time = try #require(
      execution.made.traces.airs[place].air.mainColumns.firstIndex(of: "step.timestamp"))
    var exchanged = execution.made.traces
    let main = try #require(exchanged.airs[place].main)
    exchanged.airs[place].main?[0, time] = main[1, time]
    exchanged.airs[place].main?[1, time] = main[0, time]
    #expect(try !execution.check(exchanged).isAccepted)
    var late = execution.made.traces
    let run = try #require(late.airs.firstIndex { $0.air.name == "EVMRun" })
    late.airs[run].publicValues[0] += .one
    #expect(try !execution.check(late).isAccepted)
  }

  @Test("The ends of a run withstand an attack on every cell")
  func audit() throws {
    var options = SoundnessAudit.Options()
    options.lint.timeBus = (Bus.execution.number, 1)
    options.lint.timeExemptions = [EVMRunChip().name]
    for time: UInt32 in [1, 2, 300_000] {
      try SoundnessAudit.assertSound(chip: EVMRunChip(), records: time, options: options)
    }
  }
}

@Suite("Traces of RV32 guests that call contracts")
struct ContractTraceTests {
  private func run(
    _ mode: RunMode
  ) throws -> (circuit: RV32Circuit, made: RV32Traces) {
    let program = try RV32Program(
      contentsOf: "\(TracedExecution.programs)/rv32/contracts/contracts.elf", memoryLimit: 64 << 20)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 64 << 20
    var machine = try Machine(program, configuration: configuration, extensions: [EVMCallsExtension()])
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    _ = try machine.run(mode)
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration)
    return (circuit, try circuit.makeTraces(of: run, program: circuitProgram, threads: 2))
  }

  @Test("Both forms of records give accepted traces that list contracts' opcodes")
  func accepted() throws {
    let (circuit, made) = try run(.recorded(.instructionRecords))
    let report = try circuit.check(made)
    #expect(report.isAccepted, "\(report)")
    let names = Set(made.unconstrained.map(\.instruction))
    #expect(
      names.isSuperset(of: ["weft.evm.call", "weft.evm.return", "evm.call", "evm.sstore", "evm.return"]))
    #expect(made.openness.hasPrefix("not fully constrained: the results of "))
    let logged = try run(.recorded(.accessLog)).made
    #expect(logged.traces.airs.map(\.main) == made.traces.airs.map(\.main))
    #expect(logged.unconstrained == made.unconstrained)
  }

  @Test("A byte of a contract's memory or storage that is changed is rejected")
  func tampering() throws {
    let (circuit, made) = try run(.recorded(.instructionRecords))
    for air in ["HostAccess(5)", "HostAccess(8)", "HostAccess(7)", "HostAccess(contexts)"] {
      let place = try #require(made.traces.airs.firstIndex { $0.air.name == air })
      let columns = made.traces.airs[place].air.mainColumns
      for name in ["data[0]", "data[31]", "pointer", "step.timestamp"] {
        let column = try #require(columns.firstIndex { $0.hasSuffix(name) })
        var traces = made.traces
        traces.airs[place].main?[0, column] += .one
        #expect(try !circuit.check(traces, committed: made.committed).isAccepted, "\(air) \(name)")
      }
    }
  }
}

/// A small generator with the same numbers everywhere.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}

/// Code at random, with enough operands that most of it runs.
enum RandomCode {
  static func make(_ random: inout Numbers) -> [UInt8] {
    var code: [UInt8] = []
    for _ in 0..<6 { code += [0x60, UInt8(truncatingIfNeeded: random.next() % 70)] }
    for _ in 0..<30 {
      switch random.next() % 8 {
      case 0...3: code += [0x60, UInt8(truncatingIfNeeded: random.next() % 70)]
      case 4: code.append(UInt8(truncatingIfNeeded: 0x51 &+ random.next() % 5))
      case 5: code.append(UInt8(truncatingIfNeeded: 0x80 &+ random.next() % 20))
      case 6:
        // A call of the identity contract.
        code += [0x60, 32, 0x60, 1, 0x60, 40, 0x5f, 0x5f, 0x60, 4, 0x61, 2, 0, 0xf1]
      default: code.append(UInt8(truncatingIfNeeded: random.next() % 0x40))
      }
    }
    return code
  }
}
