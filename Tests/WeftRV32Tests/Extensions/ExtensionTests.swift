import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

/// `mix.swap rd, rs1, rs2` on custom-1: exchanges the words at rs1 and rs2 in memory, gives their sum in rd.
private struct SwapWords: InstructionExecutor {
  let mnemonic = "mix.swap"
  let encoding = InstructionEncoding.rv32R(opcode: 0x2b, funct3: 3, funct7: 5)

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
      let (first, second) = (guest.peekRegister(operands.rs1), guest.peekRegister(operands.rs2))
      guard guest.writableOffsets(of: first, count: 4) != nil,
        guest.writableOffsets(of: second, count: 4) != nil
      else { throw .failure("swap outside memory", code: 7) }
      try guest.reserve(accesses: 7)
      _ = try guest.register(operands.rs1)
      _ = try guest.register(operands.rs2)
      let (a, b) = (try guest.readWord(at: first), try guest.readWord(at: second))
      try guest.writeWord(b, at: first)
      try guest.writeWord(a, at: second)
      try guest.setRegister(operands.rd, to: a &+ b)
    }
  }
}

/// `mix.skip offset` on custom-2: jumps.
private struct Skip: InstructionExecutor {
  let mnemonic = "mix.skip"
  let encoding = InstructionEncoding.rv32I(opcode: 0x5b, funct3: 0)

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    let operands = RV32Operands(iType: word)
    // Only even multiples of eight are instructions.
    guard operands.immediate % 8 == 0 else { return nil }
    return .service(operands) { guest, operands throws(Trap) in
      try guest.idle()
      guest.jump(to: address &+ UInt32(bitPattern: operands.immediate))
    }
  }
}

private struct Mix: VMExtension {
  let name = "mix"
  let version = "1.0.0"

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(SwapWords())
    try registry.register(Skip())
    try registry.registerSystemCall(0x690, name: "mix_triple") { _, call throws(Trap) in
      SystemCall.Result(call.a0 &* 3) { guest throws(Trap) in try guest.writeWord(call.a0, at: call.a1) }
    }
  }
}

@Suite("Instructions of extensions")
struct ExtensionTests {
  private static func swap(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x2b, 3, 5, rd, rs1, rs2)
  }
  private static func skip(_ offset: Int32) -> InstructionWord { .i(0x5b, 0, 0, 0, offset) }

  @Test("A service reads and writes registers and memory, in every mode")
  func service() throws {
    let code =
      li(5, Layout.data) + li(6, Layout.data + 8) + [
        Self.swap(7, 5, 6), Self.swap(0, 5, 5), Self.skip(8), .ebreak, .addi(8, 0, 1), .ebreak,
      ]
    let state = try runEverywhere(code, data: [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0], extensions: [Mix()])
    #expect([0, 4, 8].map { state.word(Layout.data + $0) } == [3, 2, 1])
    #expect(state.registers[7] == 4)
    #expect(state.registers[8] == 1)
    #expect(state.instructions == 8)
  }

  @Test("Its accesses take their place in the record")
  func recorded() throws {
    let program = try makeProgram(
      li(5, Layout.data) + [.nop, Self.swap(7, 5, 5), .ebreak], data: [9, 0, 0, 0])
    for engine in Engine.allCases {
      for mode in [RunMode.recorded(.accessLog), .recorded(.instructionRecords)] {
        var machine = try Machine(program, configuration: .test(engine), extensions: [Mix()])
        _ = try machine.run(mode)
        let run = try machine.finalize()
        // lui 1, addi 3, addi to x0 1, the service 7.
        #expect(run.memory.timestamp == 1 + 1 + 3 + 1 + 7)
        try run.memory.validate()
      }
    }
  }

  @Test("A failure traps with its message and changes nothing")
  func failure() throws {
    let code = li(5, Layout.data) + li(7, 0xdead_beef) + [Self.swap(7, 5, 7), .ebreak]
    let state = try runEverywhere(code, data: [9, 0, 0, 0], extensions: [Mix()])
    #expect(state.trap == Trap(.failure(code: 7, message: "swap outside memory"), programCounter: 0x1010))
    #expect(state.trap?.description == "swap outside memory (code 7) at pc 0x00001010")
    #expect(state.registers[7] == 0xdead_beef)
    #expect(state.word(Layout.data) == 9)
    #expect(state.instructions == 4)
  }

  @Test("A jump out of the text traps on the fetch")
  func jump() throws {
    let state = try runEverywhere([Self.skip(-8), .ebreak], extensions: [Mix()])
    #expect(state.trap == Trap(.instructionAccessFault, programCounter: 0xff8, value: 0xff8))
    #expect(state.instructions == 1)
  }

  @Test("A word that its executor refuses is illegal; without the extension all are")
  func refused() throws {
    let refused = try runEverywhere([Self.skip(4), .ebreak], extensions: [Mix()])
    #expect(refused.trap?.cause == .illegalInstruction)
    let unknown = try runEverywhere([Self.swap(1, 2, 3), .ebreak])
    #expect(unknown.trap?.cause == .illegalInstruction)
  }

  @Test("System calls of extensions, by number and by name")
  func systemCall() throws {
    let named =
      call(0x67f, Layout.data, 10) + [.addi(17, 10, 0)] + li(10, 14) + li(11, Layout.data + 12) + [
        .ecall, .ebreak,
      ]
    let state = try runEverywhere(named, data: Array("mix_triple".utf8) + [0, 0], extensions: [Mix()])
    #expect(state.registers[17] == 0x690)
    #expect(state.registers[10] == 42)
    #expect(state.word(Layout.data + 12) == 14)
  }

  @Test("A metered run counts instructions with their owners", arguments: Engine.allCases)
  func counts(engine: Engine) throws {
    let code =
      li(5, Layout.data) + [
        Self.swap(7, 5, 5), Self.swap(7, 5, 5), .addi(8, 0, 3), .addi(8, 8, -1), .bne(8, 0, -4),
      ] + exit()
    var machine = try Machine(makeProgram(code), configuration: .test(engine), extensions: [Mix()])
    let outcome = try machine.run(.metered)
    #expect(outcome.exit == .halted(code: 0))
    #expect(
      machine.instructionCounts.map { "\($0.owner) \($0.mnemonic) \($0.count)" } == [
        "rv32i addi 7", "rv32i bne 3", "rv32i lui 3", "mix mix.swap 2", "rv32i ecall 1",
      ])
    #expect(machine.instructionCounts.reduce(0) { $0 + $1.count } == outcome.instructions)
  }

  @Test("A machine refuses clashing extensions")
  func clash() throws {
    struct Other: VMExtension {
      let name = "other"
      let version = "1"
      func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
        try registry.register(SwapWords())
      }
    }
    let program = try makeProgram([.ebreak])
    do throws(MachineError) {
      _ = try Machine(program, extensions: [Mix(), Other()])
      Issue.record("accepted")
    } catch {
      #expect(
        error.description
          == "instruction 'mix.swap' of extension 'other' (rv32 word & 0xfe00707f == 0x0a00302b) clashes with 'mix.swap' of 'mix'"
      )
    }
  }
}
