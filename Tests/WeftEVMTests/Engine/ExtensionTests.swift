import CWeftABI
import Testing
import WeftMachine

@testable import WeftEVM

/// 0x0c: the top word three times.
private struct Triple: EVMInstructionExecutor {
  var mnemonic = "triple"
  var opcode = Opcode(0x0c)
  var staticGas: UInt32 = 5
  var stackInputs = 1
  var stackOutputs = 1
  var implementation: EVMImplementation {
    .service { (frame: inout EVMFrame) throws(EVMHalt) in
      frame.setOutput(0, to: frame.input(0) &* UInt256(3))
    }
  }
}

/// 0x0d: two words into three, with memory and gas.
private struct Spread: EVMInstructionExecutor {
  var mnemonic = "spread"
  var opcode = Opcode(0x0d)
  var staticGas: UInt32 = 2
  var stackInputs = 2
  var stackOutputs = 3
  var implementation: EVMImplementation {
    .service { (frame: inout EVMFrame) throws(EVMHalt) in
      try frame.charge(10)
      let range = try frame.reach(UInt256(64), count: UInt256(2))
      try frame.setBytes([7, 8], at: range.lowerBound)
      frame.setOutput(0, to: UInt256(UInt64(range.upperBound)))
      frame.setOutput(1, to: frame.input(1))
      frame.setOutput(2, to: frame.input(0))
    }
  }
}

/// ADD that counts from one.
private struct Addition: EVMInstructionExecutor {
  var mnemonic = "add"
  var opcode = Opcode.add
  var staticGas: UInt32 = 4
  var stackInputs = 2
  var stackOutputs = 1
  var implementation: EVMImplementation {
    .service { (frame: inout EVMFrame) throws(EVMHalt) in
      frame.setOutput(0, to: frame.input(0) &+ frame.input(1) &+ .one)
    }
  }
}

/// A raw handler: NOT of the lowest limb.
@c func weft_test_flip(
  _ next: UnsafePointer<weft_instruction>, _ top: UnsafeMutableRawPointer, _ memory: UnsafeMutableRawPointer,
  _ size: UInt64, _ gas: Int64, _ context: UnsafeMutablePointer<weft_context>
) {
  let word = top.assumingMemoryBound(to: UInt64.self)
  word[0] = ~word[0]
  let following = next + 1
  let handler = unsafeBitCast(following.pointee.handler, to: Handler.self)
  handler(following, top, memory, size, gas, context)
}

private struct Flip: EVMInstructionExecutor {
  var mnemonic = "flip"
  var opcode = Opcode(0x21)
  var staticGas: UInt32 = 1
  var stackInputs = 1
  var stackOutputs = 1
  var implementation: EVMImplementation { .handler(unsafeBitCast(weft_test_flip as Handler, to: UInt.self)) }
}

private struct SampleExtension: VMExtension {
  let name = "sample"
  let version = "1.0.0"
  var replacesAddition = false

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(Triple())
    try registry.register(Spread())
    try registry.register(Flip())
    if replacesAddition { try registry.replace(with: Addition()) }
  }
}

@Suite("EVM extensions")
struct ExtensionTests {
  @Test("An extension's instruction works on the stack", arguments: Engine.allCases)
  func service(_ engine: Engine) throws {
    let run = CodeRun(engine: engine, extensions: [SampleExtension()])
    let code = Assembler.build {
      $0.push(14)
      $0.op(Opcode(0x0c))
      $0.returnTop()
    }
    #expect(try run.word(code) == UInt256(42))
    #expect(try run.used(code) == 3 + 5 + 3 + 6 + 6)
    #expect(try run.run([0x0c]).result.status == .halted(.stackUnderflow))
    #expect(try CodeRun(engine: engine).run([0x5f, 0x0c]).result.status == .halted(.undefinedInstruction))
  }

  @Test("An extension's instruction pays for memory and gives several words", arguments: Engine.allCases)
  func memory(_ engine: Engine) throws {
    let run = CodeRun(engine: engine, extensions: [SampleExtension()])
    // Inputs 5 (top) and 9 become 66 (top), 9, 5: 66 * 100 + 9 * 10 + 5.
    let code = Assembler.build {
      $0.push(9, 5)
      $0.op(Opcode(0x0d))
      $0.push(100)
      $0.op(.mul, .swap1)
      $0.push(10)
      $0.op(.mul, .add, .add)
      $0.returnTop()
    }
    #expect(try run.word(code) == UInt256(UInt64(6695)))
    let short = Assembler.build {
      $0.push(9, 5)
      $0.op(Opcode(0x0d))
    }
    var exact = run
    exact.gas = 6 + 2 + 10 + 9
    #expect(try exact.run(short).result.status == .success)
    exact.gas -= 1
    #expect(try exact.run(short).result.status == .halted(.outOfGas))
  }

  @Test("A raw handler takes part in both engines", arguments: Engine.allCases)
  func handler(_ engine: Engine) throws {
    let run = CodeRun(engine: engine, extensions: [SampleExtension()])
    let code = Assembler.build {
      $0.push(0)
      $0.op(Opcode(0x21))
      $0.returnTop()
    }
    #expect(try run.word(code) == UInt256(UInt64.max))
  }

  @Test("An extension replaces an instruction of the fork", arguments: Engine.allCases)
  func replacement(_ engine: Engine) throws {
    let run = CodeRun(engine: engine, extensions: [SampleExtension(replacesAddition: true)])
    let code = Assembler.build {
      $0.push(2, 2)
      $0.op(.add)
      $0.returnTop()
    }
    #expect(try run.word(code) == UInt256(5))
  }

  @Test("Two extensions for one opcode clash, with both names")
  func clash() {
    struct Second: VMExtension {
      let name = "second"
      let version = "1.0.0"
      func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
        try registry.register(Triple(mnemonic: "treble"))
      }
    }
    var message = ""
    do throws(MachineError) {
      _ = try EVM(fork: .osaka, extensions: [SampleExtension(), Second()])
    } catch { message = "\(error)" }
    #expect(
      message == "instruction 'treble' of extension 'second' (evm opcode 0x0c) clashes with 'triple' of 'sample'")
  }
}
