import Testing
import WeftMachine
import WeftMemory

@testable import WeftEVM

@Suite("EVM programs on the machine")
struct EVMProgramTests {
  /// Returns the sum of the first two words of the call data.
  private static let adder = Assembler.build {
    $0.push(0)
    $0.op(.calldataload)
    $0.push(32)
    $0.op(.calldataload, .add)
    $0.returnTop()
  }

  private func configuration(_ engine: Engine) -> Machine.Configuration {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    return configuration
  }

  @Test("A program returns its output", arguments: Engine.allCases)
  func output(_ engine: Engine) throws {
    let input = UInt256(40).bigEndianBytes + UInt256(2).bigEndianBytes
    var machine = try Machine(
      EVMProgram(code: Self.adder, input: input), configuration: configuration(engine))
    for _ in 0..<2 {
      let outcome = try machine.run()
      #expect(outcome.exit == .halted(code: 0))
      #expect(outcome.output == UInt256(42).bigEndianBytes)
      let left = machine.evmResult?.gasLeft
      #expect(left == 30_000_000 - 30)
    }
  }

  @Test("A revert halts with code 1, a halt traps by name", arguments: Engine.allCases)
  func failures(_ engine: Engine) throws {
    var reverting = try Machine(
      EVMProgram(code: [0x60, 0x20, 0x5f, 0xfd]), configuration: configuration(engine))
    let reverted = try reverting.run()
    #expect(reverted.exit == .halted(code: 1))
    #expect(reverted.output.count == 32)
    var invalid = try Machine(EVMProgram(code: [0x5f, 0x56]), configuration: configuration(engine))
    let trapped = try invalid.run().exit
    #expect("\(trapped)" == "trapped: invalid jump destination (code 4) at pc 0x00000001")
  }

  @Test("Instructions are counted where they are limited, and a stopped program goes on")
  func instructionLimit() throws {
    var configuration = configuration(.threaded)
    configuration.limits.instructions = 5
    var machine = try Machine(
      EVMProgram(code: Self.adder, input: UInt256(1).bigEndianBytes), configuration: configuration)
    let first = try machine.run()
    #expect(first.exit == .limit(.instructions(5)))
    #expect(first.instructions == 5)
    let second = try machine.resume()
    #expect(second.exit == .limit(.instructions(5)) || second.exit == .halted(code: 0))
  }

  @Test("The threaded engine hands over to the reference engine in the middle of nested calls")
  func handOver() throws {
    // Counts slot 0 up for ever, through a call to itself for every step.
    let inner = Address(word: UInt256(0xb0))
    let code = Assembler.build {
      $0.op(.jumpdest)
      $0.push(0, 0, 0, 0, 0)
      $0.push(inner.word)
      $0.op(.gas, .call, .jumpdest, .pop)
      $0.push(0)
      $0.op(.jump)
    }
    let counting = Assembler.build {
      $0.op(.jumpdest)
      $0.push(0)
      $0.op(.sload)
      $0.push(1)
      $0.op(.add)
      $0.push(0)
      $0.op(.sstore)
    }
    var configuration = configuration(.threaded)
    configuration.limits.wallClock = .milliseconds(30)
    let state = InMemoryState([inner: .init(code: counting)])
    var machine = try Machine(
      EVMProgram(code: code, gas: 1 << 61, preState: state), configuration: configuration)
    let stopped = try machine.run()
    guard case .limit(.wallClock) = stopped.exit else {
      Issue.record("the loop ended: \(stopped.exit)")
      return
    }
    let before = machine.evmChanges?.accounts[inner]?.storage[.zero] ?? .zero
    let stepped = try machine.step(3000)
    #expect(stepped.instructions == 3000)
    let after = machine.evmChanges?.accounts[inner]?.storage[.zero] ?? .zero
    #expect(before < after)
  }

  @Test("Snapshots are refused by name")
  func refusals() throws {
    var machine = try Machine(EVMProgram(code: Self.adder))
    var message = ""
    do throws(MachineError) { _ = try machine.snapshot() } catch { message = "\(error)" }
    #expect(message == "snapshots of EVM programs are not available")
  }
}
