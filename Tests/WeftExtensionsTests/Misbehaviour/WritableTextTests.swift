import Testing
import WeftMachine
import WeftMemory

@testable import WeftExtensions
@testable import WeftRV32

@Suite("Extensions that write code")
struct WritableTextTests {
  /// In the machine environment; the words begin at `base`.
  private static let base: UInt32 = 0x8000_1000

  private static func program(_ words: [InstructionWord]) throws -> RV32Program {
    var options = RV32Program.Options()
    options.environment = .machine
    return try makeProgram(words, options: options)
  }

  /// `write-word` of `misbehaving.c`: the word in rs2 to the address in rs1.
  private static func writeWord(_ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    InstructionWord(rs2 << 20 | rs1 << 15 | 3 << 12 | 0x2b)
  }

  @Test(
    "What a step writes into the text is executed next",
    arguments: [InstructionWord.addi(10, 0, 42), MisbehavingGuest.good, .ebreak])
  func executing(_ word: InstructionWord) throws {
    let `extension` = try MisbehavingGuest.load("none")
    // The word behind `write-word`, at index 4, is a no-op until then.
    let code =
      li(5, Self.base + 20) + li(6, word.bits) + [Self.writeWord(5, 6), .nop, .addi(11, 0, 1), .ebreak]
    let state = try runEverywhere(Self.program(code), extensions: [`extension`])
    #expect(state.trap?.cause == .breakpoint)
    #expect(state.registers[10] == (word == .addi(10, 0, 42) ? 42 : 0))
    #expect(state.registers[8] == (word == MisbehavingGuest.good ? 1 : 0))
    #expect(state.registers[11] == (word == .ebreak ? 0 : 1))
  }

  @Test("A step function can replace its own instruction, in a loop")
  func replacingItself() throws {
    let `extension` = try MisbehavingGuest.load("none")
    let code =
      li(5, Self.base + 20) + li(6, InstructionWord.addi(10, 10, 7).bits) + [
        .addi(7, 0, 3), Self.writeWord(5, 6), .addi(7, 7, -1), .bne(7, 0, -8), .ebreak,
      ]
    let state = try runEverywhere(Self.program(code), extensions: [`extension`])
    // Once the step, twice what it has written.
    #expect(state.registers[10] == 14)
    #expect(state.trap?.cause == .breakpoint)
  }

  @Test("Text that a failing step has written in place is decoded all the same")
  func failing() throws {
    let `extension` = try MisbehavingGuest.load("writes-code-then-fails")
    // The trap handler at index 9 goes to the changed word at index 8.
    let code =
      li(5, Self.base + 32) + li(6, InstructionWord.addi(10, 0, 42).bits) + li(7, Self.base + 36) + [
        .csrrw(0, 0x305, 7), Self.writeWord(5, 6), .nop, .bne(10, 0, 8), .jal(0, -8), .ebreak,
      ]
    for execution in Execution.all {
      let state = try run(Self.program(code), execution, extensions: [`extension`]) {
        $0.limits.instructions = 100
      }
      if execution == MisbehavingGuest.inPlace {
        // It wrote in place, so the word has changed, and what runs is what stands in memory.
        #expect(state.registers[10] == 42)
        #expect(state.word(Layout.text + 32) == InstructionWord.addi(10, 0, 42).bits)
      } else {
        #expect(state.registers[10] == 0)
        #expect(state.word(Layout.text + 32) == InstructionWord.nop.bits)
      }
    }
  }

  @Test(
    "A request of a step that fails is forgotten when the guest handles the trap",
    arguments: [
      "jump-then-load-outside", "exit-then-load-outside", "load-below-memory-hidden", "output-for-ever",
    ])
  func requests(_ name: String) throws {
    let `extension` = try MisbehavingGuest.load(name)
    let code =
      li(5, Self.base) + li(7, Self.base + 32) + [
        .csrrw(0, 0x305, 7), MisbehavingGuest.bad, .addi(12, 0, 9), .ebreak,
        // The handler.
        MisbehavingGuest.good, MisbehavingGuest.good, .addi(13, 0, 5), .csrrw(0, 0x305, 0), .addi(14, 0, 6),
        .jal(0, 0),
      ]
    for execution in Execution.all {
      let state = try run(Self.program(code), execution, extensions: [`extension`]) {
        $0.limits.instructions = 50
        $0.limits.outputBytes = 4096
      }
      if name == "output-for-ever" {
        #expect(MisbehavingGuest.text(state.exit) == "output limit of 4096 bytes reached")
        continue
      }
      #expect(MisbehavingGuest.text(state.exit) == "limit of 50 instructions reached")
      #expect(state.registers[12] == 0 && state.registers[13] == 5 && state.registers[14] == 6)
      #expect(state.registers[8] == 2, "\(execution.testDescription)")
    }
  }
}
