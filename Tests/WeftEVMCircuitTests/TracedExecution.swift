import FoundationEssentials
import Testing
import WeftCircuit
import WeftContracts
import WeftEVM
import WeftField
import WeftFixtures
import WeftMachine
import WeftMemory
import WeftPrecompiles
import WeftRV32
import WeftRV32Circuit

@testable import WeftEVMCircuit

/// A recorded run of an EVM program, its circuit and its traces.
struct TracedExecution {
  let circuit: EVMCircuit
  let made: EVMTraces
  let result: EVMResult?

  init(_ program: EVMProgram, threads: Int = 2) throws {
    var machine = try Machine(program)
    _ = try machine.run(.recorded(.accessLog))
    result = machine.evmResult
    let run = try machine.finalize()
    circuit = try EVMCircuit(memory: run.memory.configuration)
    made = try circuit.makeTraces(of: run, threads: threads)
  }

  func check(_ traces: TraceSet? = nil) throws -> CheckReport {
    try circuit.system.check(traces ?? made.traces, committed: made.committed, checker: Checker(threads: 1))
  }

  static let programs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "programs").path

  /// The calls of `programs/evm/nested` as programs.
  static func nested() throws -> [EVMProgram] {
    let test = try ContractTest(folder: "\(programs)/evm/nested")
    return test.calls.compactMap { call in
      guard let target = call.message.target else { return nil }
      var program = EVMProgram(
        code: test.state.accounts[target]?.code ?? [], input: call.message.input,
        caller: call.message.caller, address: target, value: call.message.value, gas: call.message.gas,
        preState: test.state, extensions: [PrecompilesExtension()])
      program.rules = test.rules
      return program
    }
  }
}
