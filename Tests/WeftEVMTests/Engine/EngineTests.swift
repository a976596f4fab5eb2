import Testing
import WeftMachine

@testable import WeftEVM

@Suite("EVM engines")
struct EngineTests {
  private static let engines = Engine.allCases

  @Test("The stack holds 1,024 words and no more", arguments: engines)
  func stackLimit(_ engine: Engine) throws {
    let run = CodeRun(engine: engine)
    let full = [UInt8](repeating: 0x5f, count: 1024)
    #expect(try run.run(full).result.status == .success)
    #expect(try run.run(full + [0x5f]).result.status == .halted(.stackOverflow))
  }

  @Test("DUP and SWAP of too few words are an underflow", arguments: engines, 1...16)
  func underflow(_ engine: Engine, _ n: Int) throws {
    let run = CodeRun(engine: engine)
    let words = [UInt8](repeating: 0x5f, count: n)
    #expect(try run.run(words.dropLast() + [0x7f + UInt8(n)]).result.status == .halted(.stackUnderflow))
    #expect(try run.run(words + [0x8f + UInt8(n)]).result.status == .halted(.stackUnderflow))
    #expect(try run.run(words + [0x5f, 0x8f + UInt8(n)]).result.status == .success)
  }

  @Test("PUSH past the end of code pads with zeros and stops", arguments: engines)
  func pushAtEnd(_ engine: Engine) throws {
    let result = try CodeRun(engine: engine).run([0x7f, 0xff]).result
    #expect(result.status == .success)
    #expect(result.gasLeft == 1_000_000 - 3)
  }

  @Test(
    "Jumps to anything but a JUMPDEST outside push data halt", arguments: engines,
    [UInt256.max, UInt256(9), UInt256(1), UInt256(7), UInt256(limbs: 8, 1, 0, 0), UInt256(limbs: 8, 0, 0, 1)])
  func invalidJumps(_ engine: Engine, _ target: UInt256) throws {
    // PUSH32 target, JUMP; the JUMPDEST at 34 + 0x5b in push data.
    let shifted = target.fitsInUInt64 && target.limb0 == 9 ? UInt256(1000) : target
    let code = Assembler.build {
      $0.raw([0x7f] + shifted.bigEndianBytes)
      $0.op(.jump)
      $0.raw([0x60, 0x5b, 0x5b, 0x00])
    }
    #expect(try CodeRun(engine: engine).run(code).result.status == .halted(.invalidJump))
    let inside = [0x60, 36, 0x56] + [UInt8](repeating: 0x5b, count: 31) + [0x60, 0x5b, 0x5b, 0x5b]
    #expect(inside[35] == 0x5b)
    #expect(
      try CodeRun(engine: engine).run([0x60, 35, 0x56] + inside.dropFirst(3)).result.status
        == .halted(.invalidJump))
    #expect(try CodeRun(engine: engine).run(inside).result.status == .success)
  }

  @Test("JUMPI that is not taken does not look at its target", arguments: engines)
  func untakenJump(_ engine: Engine) throws {
    let result = try CodeRun(engine: engine).run([0x5f, 0x60, 0xff, 0x57]).result
    #expect(result.status == .success)
    #expect(result.gasLeft == 1_000_000 - 15)
  }

  @Test("Gas runs out exactly where the specification says", arguments: engines)
  func exactGas(_ engine: Engine) throws {
    // PUSH0 PUSH0 MSTORE GAS: 2 + 2 + 3 + 3 (one word of memory) + 2.
    let code: [UInt8] = [0x5f, 0x5f, 0x52, 0x5a]
    var run = CodeRun(engine: engine)
    run.gas = 12
    #expect(try run.run(code).result.status == .success)
    #expect(try run.run(code).result.gasLeft == 0)
    run.gas = 11
    #expect(try run.run(code).result.status == .halted(.outOfGas))
  }

  @Test("GAS inside and between lines shows what is left", arguments: engines)
  func gasValue(_ engine: Engine) throws {
    let code = Assembler.build {
      $0.push(1)
      $0.op(.pop, .jumpdest, .gas)
      $0.returnTop()
    }
    #expect(try CodeRun(engine: engine).word(code) == UInt256(UInt64(999_992)))
  }

  @Test("A frame whose last destination is one gas short halts", arguments: engines)
  func destinationGas(_ engine: Engine) throws {
    // JUMP over nothing into three destinations and a STOP: 3 + 8 + 3.
    let code: [UInt8] = [0x60, 0x03, 0x56, 0x5b, 0x5b, 0x5b]
    var run = CodeRun(engine: engine)
    run.gas = 14
    #expect(try run.run(code).result.status == .success)
    run.gas = 13
    #expect(try run.run(code).result.status == .halted(.outOfGas))
  }

  @Test("A destination that is jumped into and fallen into costs the same", arguments: engines)
  func loops(_ engine: Engine) throws {
    // i = 100; do { i -= 1 } while (i != 0); the body holds two destinations.
    let code = Assembler.build {
      $0.push(100)
      $0.op(.jumpdest, .jumpdest)
      $0.push(1)
      $0.op(.swap1, .sub, .dup1)
      $0.push(3)
      $0.op(.jumpi)
    }
    let body: UInt64 = 1 + 3 + 3 + 3 + 3 + 3 + 10
    #expect(try CodeRun(engine: engine).used(code) == 3 + 100 * body + 1)
  }

  @Test("Undefined and designated invalid instructions halt by name", arguments: engines)
  func undefined(_ engine: Engine) throws {
    let run = CodeRun(engine: engine)
    #expect(try run.run([0x0c]).result.status == .halted(.undefinedInstruction))
    #expect(try run.run([0xfe]).result.status == .halted(.invalidInstruction))
    #expect(
      try CodeRun(fork: .london, engine: engine).run([0x5f]).result.status == .halted(.undefinedInstruction))
  }

  @Test("The host's memory limit halts a frame that can pay", arguments: engines)
  func memoryLimit(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.memoryLimit = 1 << 20
    run.gas = 1 << 60
    let code = Assembler.build {
      $0.push(1, 1 << 21)
      $0.op(.mstore)
    }
    #expect(try run.run(code).result.status == .halted(.memoryLimit))
  }

  @Test("Memory at impossible offsets is out of gas, and free for no bytes", arguments: engines)
  func hugeOffsets(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.gas = .max
    for offset in [UInt256.max, UInt256(UInt64.max), UInt256(UInt64(1) << 63), UInt256(UInt64(1) << 32)] {
      let load = Assembler.build {
        $0.push(offset)
        $0.op(.mload)
      }
      #expect(try run.run(load).result.status == .halted(.outOfGas))
      let nothing = Assembler.build {
        $0.push(0)
        $0.push(offset)
        $0.op(.keccak256, .msize)
        $0.returnTop()
      }
      #expect(try run.word(nothing) == .zero)
    }
  }

  @Test("A host stops code that loops for ever", arguments: engines)
  func interruption(_ engine: Engine) throws {
    var run = CodeRun(engine: engine)
    run.gas = 1 << 62
    let evm = try run.evm()
    var looks = 0
    evm.shouldStop = {
      looks += 1
      return looks == 3
    }
    let state = run.state([0x5b, 0x5f, 0x56])
    let message = run.message
    #expect(throws: EVMError.interrupted) { try evm.call(message, in: BlockEnvironment(), on: state) }
    // Calls alone are stopped as well.
    looks = 0
    let caller = Assembler.build {
      $0.op(.jumpdest)
      $0.push(0, 0, 0, 0, 0)
      $0.push(UInt256(0xe0))
      $0.op(.gas, .call, .pop)
      $0.push(0)
      $0.op(.jump)
    }
    run.accounts[Address(word: UInt256(0xe0))] = .init(code: [0x5b])
    let looping = run.state(caller)
    #expect(throws: EVMError.interrupted) { try evm.call(message, in: BlockEnvironment(), on: looping) }
    // The EVM can be used again.
    #expect(try evm.call(message, in: BlockEnvironment(), on: run.state([0x00])).isSuccess)
  }
}
