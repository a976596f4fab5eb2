import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

@Suite("The machine environment")
struct MachineEnvironmentTests {
  static let base: UInt32 = 0x8000_0000
  static let text = base + Layout.text
  static let options = RV32Program.Options(environment: .machine)

  @discardableResult
  private func runMachine(
    _ code: [InstructionWord], data: [UInt8] = [], options: RV32Program.Options = options,
    symbols: [ELFBuilder.Symbol] = [], limit: UInt64? = nil
  ) throws -> FinalState {
    try runEverywhere(makeProgram(code, data: data, options: options, symbols: symbols)) {
      if let limit { $0.limits.instructions = limit }
    }
  }

  @Test("It starts with all registers 0, and ends by ecall 93")
  func start() throws {
    let state = try runMachine(exit(256))
    #expect(state.exit == .halted(code: 256))
    let stopped = try runMachine([.ebreak])
    #expect(stopped.registers.allSatisfy { $0 == 0 })
    #expect(stopped.trap?.programCounter == UInt64(Self.text))
  }

  @Test("CSRs are plain storage; csrrs and csrrc with x0 and immediates of 0 do not write")
  func registers() throws {
    let code =
      li(1, 0xff) + li(2, 0x0f) + [
        .csrrw(10, 0x340, 1),  // mscratch = ff, old 0
        .csrrs(11, 0x340, 0),  // old ff, no write
        .i(0x73, 3, 12, 2, 0x340),  // csrrc: f0, old ff
        .i(0x73, 5, 13, 5, 0x340),  // csrrwi 5, old f0
        .i(0x73, 6, 14, 8, 0x340),  // csrrsi 8: d, old 5
        .i(0x73, 7, 15, 1, 0x340),  // csrrci 1: c, old d
        .i(0x73, 7, 16, 0, 0x340), .csrrw(0, 0x340, 1), .csrrs(17, 0x340, 0),
        .csrrw(18, 0xf14, 1), .csrrs(19, 0xf14, 0),  // mhartid is 0 and stays 0
        .csrrw(1, 0x744, 1), .csrrs(20, 0x744, 0), .ebreak,
      ]
    let state = try runMachine(code)
    #expect(Array(state.registers[10...20]) == [0, 0xff, 0xff, 0xf0, 5, 0xd, 0xc, 0xff, 0, 0, 0xff])
    #expect(state.registers[1] == 0)
  }

  @Test("CSRs that tell what the machine is do not take other values")
  func fixedRegisters() throws {
    let code =
      li(1, 0xffff_ffff) + [
        .csrrw(0, 0x301, 1), .csrrs(10, 0x301, 0),  // misa: RV32IM
        .csrrw(0, 0x341, 1), .csrrs(11, 0x341, 0),  // mepc holds addresses of words
        .csrrw(0, 0x7a0, 1), .csrrs(12, 0x7a0, 0),  // no triggers
        .csrrw(0, 0x7a1, 1), .csrrs(13, 0x7a1, 0),
        .csrrw(0, 0x300, 1), .csrrs(14, 0x300, 0),  // mstatus with MPP = 3, machine mode
      ] + li(2, 0xffff_efff) + [
        .csrrw(0, 0x300, 2), .csrrs(15, 0x300, 0),  // MPP = 1, supervisor mode: there is none
        .ebreak,
      ]
    let state = try runMachine(code)
    #expect(
      Array(state.registers[10...15]) == [0x4000_1100, 0xffff_fffc, 0, 0, 0xffff_ffff, 0xffff_e7ff])
  }

  /// A handler at `text + 8 + 12 …` that skips the trapping instruction and counts it in x31.
  private static let handler: [InstructionWord] = [
    .csrrs(20, 0x342, 0), .csrrs(21, 0x343, 0), .csrrs(22, 0x341, 0), .addi(23, 22, 4), .csrrw(0, 0x341, 23),
    .addi(31, 31, 1), .mret,
  ]

  /// Sets mtvec behind a jump over the handler, then runs `body`.
  private static func withHandler(_ body: [InstructionWord]) -> [InstructionWord] {
    [.auipc(30, 0), .addi(30, 30, 16), .csrrw(0, 0x305, 30), .jal(0, Int32(4 + handler.count * 4))]
      + handler + body
  }
  private static let body = text + 16 + UInt32(handler.count) * 4

  @Test(
    "Traps go to mtvec with cause, value and pc, and mret comes back",
    arguments: [
      (0xffff_ffff, 2, 0xffff_ffff), (InstructionWord.ebreak.bits, 3, body),
      (InstructionWord.ecall.bits, 11, 0),
      (InstructionWord.lw(5, 0, 16).bits, 5, 16), (InstructionWord.sw(5, 0, 16).bits, 7, 16),
      (InstructionWord.jal(5, 6).bits, 0, body + 6),
    ] as [(UInt32, UInt32, UInt32)])
  func traps(word: UInt32, cause: UInt32, value: UInt32) throws {
    let state = try runMachine(Self.withHandler([InstructionWord(word), .addi(6, 0, 1)] + exit()))
    #expect(state.exit == .halted(code: 0))
    #expect(Array(state.registers[20...22]) == [cause, value, Self.body])
    #expect(state.registers[5] == 0)
    #expect(state.registers[6] == 1)
    #expect(state.registers[31] == 1)
  }

  @Test("A fetch trap: mepc is the target")
  func fetch() throws {
    // Instead of returning, the handler goes on behind the jump.
    let code = Self.withHandler(li(5, Self.base) + [.jalr(6, 5, 0)]).map { $0 == .mret ? .jal(0, 16) : $0 }
    let state = try runMachine(code + exit())
    #expect(state.registers[20] == 1)
    #expect(state.registers[22] == Self.base)
    #expect(state.registers[6] == Self.body + 12)
  }

  @Test("ecall is cause 8 in user mode, 11 in machine mode")
  func privilege() throws {
    // mret with MPP 0 enters user mode; 93 in a7 would end the run.
    let enterUser = li(5, Self.body + 20) + [.csrrw(0, 0x341, 5), .mret, .ebreak]
    let state = try runMachine(Self.withHandler(enterUser + [.ecall] + exit()))
    #expect(state.exit == .halted(code: 0))
    #expect(state.registers[20] == 8)
  }

  @Test("Without a handler a trap ends the run; a handler that traps at once does too")
  func trapLoops() throws {
    #expect(try runMachine([0xffff_ffff]).trap?.cause == .illegalInstruction)
    let code: [InstructionWord] = [.auipc(30, 0), .addi(30, 30, 12), .csrrw(0, 0x305, 30), .ebreak]
    let loop = try runMachine(code)
    #expect(loop.trap?.cause == .breakpoint)
    #expect(loop.instructions == 3)
    let outside = try runMachine(li(30, 0x100) + [.csrrw(0, 0x305, 30), .ebreak])
    #expect(outside.trap?.cause == .instructionAccessFault)
    // A handler that does something and traps again runs into the instruction limit.
    let slow: [InstructionWord] = [
      .auipc(30, 0), .addi(30, 30, 12), .csrrw(0, 0x305, 30), .addi(1, 1, 1), .ebreak,
    ]
    let endless = try runMachine(slow, limit: 500)
    #expect(endless.exit == .limit(.instructions(500)))
    #expect(endless.registers[1] == 497)
  }

  private static let toHost = ELFBuilder.Symbol(
    name: "tohost", value: base + Layout.data, type: ELFBuilder.Symbol.object)

  @Test(
    "An odd value in tohost ends the run with the store; zero and the word behind it do not",
    arguments: [(1, 0), (11, 5), (0xffff_ffff, 0x7fff_ffff)] as [(UInt32, UInt32)])
  func toHost(value: UInt32, code: UInt32) throws {
    let program: [InstructionWord] =
      li(5, Self.base + Layout.data) + li(6, value) + [
        .sw(0, 5, 0), .sw(6, 5, 4), .sw(6, 5, 0), .jal(0, 0),
      ]
    // In bytes of the file, and in memory that nothing in the file stands for.
    for data in [[UInt8](repeating: 0, count: 8), []] {
      let state = try runMachine(program, data: data, symbols: [Self.toHost], limit: 10_000)
      #expect(state.exit == .halted(code: code))
      #expect(state.instructions == 7)
      #expect(state.word(Layout.data) == value)
    }
  }

  @Test("Even values in tohost ask for a device that is not there: a store access fault, nothing is stored")
  func deviceRequest() throws {
    let body = li(5, Self.base + Layout.data) + li(6, 0x8000_2000) + [.sw(6, 5, 0), .addi(7, 0, 1)]
    let state = try runMachine(Self.withHandler(body + exit()), symbols: [Self.toHost])
    #expect(state.exit == .halted(code: 0))
    #expect(Array(state.registers[20...22]) == [7, Self.base + Layout.data, Self.body + 16])
    #expect(state.registers[7] == 1)
    #expect(state.word(Layout.data) == 0)
  }

  @Test("A symbol tohost outside memory or on no word is no end")
  func misplacedToHost() throws {
    let store = li(5, Self.base + Layout.data) + [.addi(6, 0, 1), .sw(6, 5, 0)] + exit(9)
    for address in [0, 16, Self.base - 4, Self.base + Layout.data + 1, 0xffff_fffc] {
      let symbol = ELFBuilder.Symbol(name: "tohost", value: address, type: ELFBuilder.Symbol.object)
      #expect(try runMachine(store, symbols: [symbol]).exit == .halted(code: 9))
    }
  }

  @Test("With the tohost convention ecall 93 is an ordinary trap")
  func endConvention() throws {
    let options = RV32Program.Options(environment: .machine, endConvention: .toHost)
    #expect(try runMachine(exit(), options: options).trap?.cause == .environmentCall)
  }

  @Test(
    "Text is writable: the next fetch sees the store, with and without FENCE.I", arguments: [true, false])
  func writableText(fences: Bool) throws {
    // Slot 5 or 6 is replaced by `addi x10, x0, 2` and run, in the line of the store itself.
    let patch = InstructionWord.addi(10, 0, 2).bits
    let code =
      li(5, Self.text + 28) + li(6, patch) + [
        .sw(6, 5, 0), fences ? .fenceI : .nop, .nop, .addi(10, 0, 1), .ebreak,
      ]
    #expect(try runMachine(code).registers[10] == 2)
    // Bytes and halfwords as well.
    let half = li(5, Self.text + 24) + li(6, patch >> 16) + [.sh(6, 5, 2), .nop, .addi(10, 0, 1), .ebreak]
    #expect(try runMachine(half).registers[10] == 2)
    let byte =
      li(5, Self.text + 24) + li(6, patch >> 16 & 0xff) + [.sb(6, 5, 2), .nop, .addi(10, 0, 1), .ebreak]
    #expect(try runMachine(byte).registers[10] == 2)
  }

  @Test("Code in a segment without execute permission runs, and sees stores to it")
  func codeInData() throws {
    // addi x10, x10, 1; jalr x0, 0(x1)
    let routine: [InstructionWord] = [.addi(10, 10, 1), .jalr(0, 1, 0)]
    let data = routine.flatMap { word in withUnsafeBytes(of: word.bits.littleEndian) { Array($0) } }
    let address = Self.base + Layout.data
    let code =
      li(5, address) + li(6, InstructionWord.addi(10, 10, 16).bits) + [
        .jalr(1, 5, 0), .sw(6, 5, 0), .fenceI, .jalr(1, 5, 0),
      ]
    #expect(try runMachine(code + exit(), data: data).instructions == 17)
    let patched = try runMachine(code + [.ebreak], data: data)
    #expect(patched.registers[10] == 17)
    // Behind the file's bytes there is nothing to run.
    let behind = try runMachine(li(5, address + 8) + [.jalr(1, 5, 0)], data: data)
    #expect(behind.trap?.cause == .instructionAccessFault)
  }

  @Test("A loop that rewrites its own branch, across two lines")
  func rewrittenBranch() throws {
    // The body stores a NOP over the branch in the third round.
    let code: [InstructionWord] =
      li(5, Self.text + 40) + li(6, InstructionWord.nop.bits) + [
        .addi(7, 7, 1), .addi(8, 0, 3), .bne(7, 8, 8), .sw(6, 5, 0), .addi(9, 9, 1), .addi(9, 9, 1),
        .beq(0, 0, -24), .ebreak,
      ]
    let state = try runMachine(code, limit: 1000)
    #expect(state.trap?.cause == .breakpoint)
    #expect(state.registers[7] == 3)
    // The second run of a machine starts with the program's own text.
    var machine = try Machine(makeProgram(code, options: Self.options), configuration: .test(.threaded))
    let first = try machine.run()
    #expect(try machine.run().instructions == first.instructions)
  }

  /// Found by fuzzing: recorded runs write the two words one after the other, and only the second was decoded anew.
  @Test("A misaligned store across two words of text changes both")
  func misalignedStoreToText() throws {
    // At 24 and 28: addi x10, x0, 1 and addi x11, x0, 1; the store turns them into 0x020…513 and 0x…002.
    let state = try runMachine([
      .auipc(5, 0), .lui(6, 0x59300), .addi(6, 6, 0x020), .sw(6, 5, 26), .nop, .nop,
      .addi(10, 0, 1), .addi(11, 0, 1), .ebreak,
    ])
    // 0x00100513 with upper half 0x0020 is addi x10, x0, 2; 0x00100593 with lower half 0x5930 is no instruction.
    #expect(state.registers[10] == 2)
    #expect(state.trap?.cause == .illegalInstruction)
    #expect(state.trap?.value == 0x0010_5930)
    #expect(state.trap?.programCounter == UInt64(Self.text) + 28)
  }

  @Test("Misaligned accesses are emulated, or trap where that is asked for")
  func misaligned() throws {
    let bytes: [UInt8] = [0x11, 0x22, 0x83, 0x94, 0xa5, 0xb6, 0xc7, 0xd8]
    let code =
      li(5, Self.base + Layout.data) + [
        .lw(6, 5, 1), .i(0x03, 1, 7, 5, 3), .i(0x03, 5, 8, 5, 3), .sw(6, 5, 3), .sh(6, 5, 1), .lw(9, 5, 0),
        .lw(10, 5, 4), .ebreak,
      ]
    let state = try runMachine(code, data: bytes)
    #expect(Array(state.registers[6...10]) == [0xa594_8322, 0xffff_a594, 0xa594, 0x2283_2211, 0xd8a5_9483])
    for address in [UInt32(Layout.memorySize) - 2 + Self.base, Self.base - 2] {
      let load = try runMachine(li(5, address) + [.lw(6, 5, 0)])
      #expect(load.trap?.cause == .loadAccessFault)
      let store = try runMachine(li(5, address) + [.sw(6, 5, 0)])
      #expect(store.trap?.cause == .storeAccessFault)
    }
    let options = RV32Program.Options(environment: .machine, misalignedAccess: .trap)
    #expect(try runMachine(code, data: bytes, options: options).trap?.cause == .loadAddressMisaligned)
  }
}
