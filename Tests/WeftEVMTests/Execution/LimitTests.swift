import Testing
import WeftMachine

@testable import WeftEVM

/// What stops a program besides its gas.
@Suite("Limits of EVM programs")
struct LimitTests {
  private static let loop: [UInt8] = [0x5b, 0x5f, 0x56]

  private func run(
    _ code: [UInt8], gas: UInt64 = 1 << 61, engine: Engine, _ change: (inout Machine.Configuration) -> Void
  ) throws -> Outcome {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    change(&configuration)
    var machine = try Machine(EVMProgram(code: code, gas: gas), configuration: configuration)
    return try machine.run()
  }

  @Test("Wall clock", arguments: Engine.allCases)
  func wallClock(_ engine: Engine) throws {
    let outcome = try run(Self.loop, engine: engine) { $0.limits.wallClock = .milliseconds(20) }
    guard case .limit(.wallClock) = outcome.exit else {
      Issue.record("\(outcome.exit)")
      return
    }
  }

  @Test("Instructions", arguments: Engine.allCases)
  func instructions(_ engine: Engine) throws {
    let outcome = try run(Self.loop, engine: engine) { $0.limits.instructions = 1000 }
    #expect(outcome.exit == .limit(.instructions(1000)) && outcome.instructions == 1000)
  }

  @Test("Memory: a frame halts by name, whatever gas it has", arguments: Engine.allCases)
  func memory(_ engine: Engine) throws {
    let grow = { (offset: UInt64) in
      Assembler.build {
        $0.push(1, offset)
        $0.op(.mstore)
      }
    }
    let inside = try run(grow((1 << 20) - 32), engine: engine) { $0.limits.memory = 1 << 20 }
    #expect(inside.exit == .halted(code: 0))
    let outside = try run(grow((1 << 20) - 31), engine: engine) { $0.limits.memory = 1 << 20 }
    #expect("\(outside.exit)".hasPrefix("trapped: memory limit reached"))
  }

  @Test("Output", arguments: Engine.allCases)
  func output(_ engine: Engine) throws {
    let returning = { (count: UInt64) in
      Assembler.build {
        $0.push(count, 0)
        $0.op(.return)
      }
    }
    #expect(try run(returning(64), engine: engine) { $0.limits.outputBytes = 64 }.output.count == 64)
    let outcome = try run(returning(65), engine: engine) { $0.limits.outputBytes = 64 }
    #expect(outcome.exit == .limit(.output(bytes: 64)))
  }

  /// Frames that log once and enter the next by one instruction; each has 63/64 of the gas.
  private static let recursions: [(String, [UInt8])] = [
    ("CALL", [0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf1]),
    ("CALLCODE", [0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf2]),
    ("DELEGATECALL", [0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf4]),
    ("CREATE", [0x38, 0x5f, 0x5f, 0x39, 0x38, 0x5f, 0x5f, 0xf0]),
    ("CREATE2", [0x38, 0x5f, 0x5f, 0x39, 0x5a, 0x38, 0x5f, 0x5f, 0xf5]),
    // The outer frames create, the inner ones call: init code has no account of its own to call yet.
    (
      "CREATE, then CALL of a helper",
      [
        0x38, 0x5f, 0x5f, 0x39, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x61, 0xca, 0x11, 0x5a, 0xf1, 0x50, 0x38, 0x5f,
        0x5f, 0xf0,
      ]
    ),
  ]

  @Test(
    "1,024 calls deep and no further, by every kind of call, on a stack of 256 KiB",
    arguments: recursions.indices, Engine.allCases)
  func depth(_ index: Int, _ engine: Engine) throws {
    let (name, code) = Self.recursions[index]
    let frames = SmallStackThread.run { () -> Int in
      var run = CodeRun(engine: engine)
      run.gas = 1 << 62
      run.memoryLimit = 1 << 26
      run.accounts[Address(word: UInt256(0xca11))] = .init(code: [0x00])
      let result = try? run.run([0x5f, 0x5f, 0xa0] + code).result
      return result?.logs.count ?? 0
    }
    #expect(frames == 1025, "\(name)")
  }

  @Test("The call that would be too deep keeps the gas it was to hand on", arguments: Engine.allCases)
  func gasAtTheBottom(_ engine: Engine) throws {
    // The deepest frame is the first to write what its call took.
    let probing = Assembler.build {
      $0.op(.gas)
      $0.push(0, 0, 0, 0, 0)
      $0.op(.address, .gas, .call, .pop, .gas, .swap1, .sub)
      $0.push(0)
      $0.op(.sload, .iszero)
      $0.push(UInt64(0xff))
      $0.op(.jumpi, .stop)
    }
    // A destination that stores what is on the stack, once.
    let store: [UInt8] = [0x5b, 0x5f, 0x55, 0x00]
    var whole = probing
    let target = whole.count
    let marker = whole.firstIndex(of: 0xff)!
    whole[marker] = UInt8(target)
    whole += store
    var run = CodeRun(engine: engine)
    run.gas = 1 << 55
    let state = try run.run(whole).state
    let taken = try state.storage(at: CodeRun.address, slot: .zero)
    // GAS, five pushes of 3, ADDRESS, GAS, CALL, POP: 2 + 15 + 2 + 2 + 100 + 2.
    #expect(taken == UInt256(123))
  }
}
