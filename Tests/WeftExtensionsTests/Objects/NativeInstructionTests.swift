import CWeftABI
import Testing
import WeftMachine
import WeftMemory
import WeftTestExtension

@testable import WeftExtensions

@Suite("Instructions of C extensions")
struct NativeInstructionTests {
  private static func word(
    _ funct3: UInt32, _ funct7: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32
  ) -> InstructionWord { .r(0x2b, funct3, funct7, rd, rs1, rs2) }

  private func sample() throws -> NativeExtension {
    try NativeExtension(linked: "sample", weft_test_extension())
  }

  @Test("Steps and full handlers compute the same everywhere")
  func computing() throws {
    let code =
      li(5, 21) + li(6, 4) + [
        Self.word(0, 0, 7, 5, 0), Self.word(0, 1, 8, 5, 6), Self.word(0, 0, 0, 5, 0),
        Self.word(0, 1, 0, 5, 6),
        Self.word(0, 1, 9, 8, 6), .add(10, 8, 7), .ebreak,
      ]
    let state = try runEverywhere(code, extensions: [try sample()])
    #expect(state.registers[7] == 42)
    #expect(state.registers[8] == 25)
    #expect(state.registers[9] == 29)
    #expect(state.registers[10] == 67)
    #expect(state.instructions == 10)
    #expect(state.trap?.cause == .breakpoint)
  }

  @Test("Accesses to memory, by steps and by handlers")
  func memory() throws {
    let data: [UInt8] = (0..<64).map { UInt8($0) }
    let code =
      li(5, Layout.data) + li(6, 0x0101_0101) + [
        Self.word(1, 0, 7, 5, 6),  // step: old word in rd, word + rs2 stored
        Self.word(1, 1, 8, 5, 6),  // handler: the same
        .addi(9, 5, 3), Self.word(1, 0, 10, 9, 6),  // misaligned: two words
        .ebreak,
      ]
    let state = try runEverywhere(code, data: data, extensions: [try sample()])
    #expect(state.registers[7] == 0x0302_0100)
    #expect(state.registers[8] == 0x0403_0201)
    #expect(state.registers[10] == 0x0605_0405)
    #expect(state.word(Layout.data) == 0x0604_0302)
    #expect(state.word(Layout.data + 4) == 0x0707_0605)
    #expect(state.trap?.cause == .breakpoint)
  }

  @Test("An access outside memory traps and nothing has happened")
  func outside() throws {
    for funct7: UInt32 in [0, 1] {
      let code = li(5, 0xffff_fffe) + li(7, 77) + [Self.word(1, funct7, 7, 5, 6), .ebreak]
      let state = try runEverywhere(code, extensions: [try sample()])
      #expect(state.trap?.cause == .loadAccessFault)
      #expect(state.registers[7] == 77)
      #expect(state.instructions == 4)
    }
  }
}
