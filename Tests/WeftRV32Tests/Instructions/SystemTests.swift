import Testing
import WeftMachine

@testable import WeftRV32

@Suite("System instructions and illegal words")
struct SystemTests {
  @Test(
    "FENCE and FENCE.I do nothing, whatever their fields",
    arguments: [0x0ff0_000f, 0x0000_000f, 0x8330_000f, 0xffff_8f8f, 0x0000_100f, 0xfff0_9f8f] as [UInt32])
  func fences(bits: UInt32) throws {
    let state = try runEverywhere([InstructionWord(bits), .addi(1, 0, 1), .ebreak])
    #expect(state.instructions == 2)
    #expect(state.registers[1] == 1)
    #expect(state.registers[31] == 0)
  }

  @Test("EBREAK is a breakpoint and does not retire")
  func breakpoint() throws {
    let state = try runEverywhere([.nop, .ebreak])
    #expect(state.trap == Trap(.breakpoint, programCounter: 0x1004, value: 0x1004))
    #expect(state.trap?.description == "breakpoint at pc 0x00001004")
    #expect(state.instructions == 1)
  }

  @Test(
    "Words that are no instruction trap when they are reached",
    arguments: [
      0xffff_ffff,  // all ones
      0x4000_1033,  // funct7 0x20 on SLL
      0x4000_7033,  // … on AND
      0x0400_0033,  // funct7 2
      0x8000_0033,  // funct7 0x40
      0x4200_0033,  // funct7 0x21
      0x0200_1013,  // SLLI with shamt[5]
      0x4000_1013,  // SLLI with funct7 0x20
      0x0200_5013,  // SRLI with shamt[5]
      0x4200_5013,  // SRAI with shamt[5]
      0x8000_5013,
      0x0000_2063,  // branch, funct3 2
      0x0000_3063,
      0x0000_1067,  // JALR, funct3 1
      0x0000_3003,  // load, funct3 3 (LD)
      0x0000_6003,  // LWU
      0x0000_7003,
      0x0000_3023,  // store, funct3 3 (SD)
      0x0000_7023,
      0x0000_200f,  // MISC-MEM, funct3 2
      0x0020_0073,  // URET
      0x3020_0073,  // MRET outside the machine environment
      0x1050_0073,  // WFI
      0x1200_0073,  // SFENCE.VMA
      0x0000_00f3,  // ECALL with rd
      0x3000_1073,  // CSRRW mstatus
      0xc000_1073,  // CSRRW cycle
      0xc000_a073,  // CSRRS cycle, x1
      0xc030_2073,  // a counter that is not there
      0x1000_202f,  // LR.W: no A extension
      0x0000_2007,  // FLW: no F extension
      0x0000_003b,  // OP-32
      0x0000_402b,  // custom-1
      0x0000_005b, 0x0000_007b,  // custom-2, custom-3
      0x0000_400b,  // custom-0, funct3 4
      0x0020_100b,  // custom-0, funct3 1, immediate 2
      0x1000_000b,  // terminate with a code over 255
    ] as [UInt32])
  func illegal(bits: UInt32) throws {
    let state = try runEverywhere(li(1, 5) + [InstructionWord(bits), .ebreak])
    #expect(state.trap == Trap(.illegalInstruction, programCounter: 0x1008, value: UInt64(bits)))
    #expect(state.trap?.description == "illegal instruction \(hexadecimal(bits)) at pc 0x00001008")
    #expect(state.instructions == 2)
    #expect(state.registers[1] == 5)
  }

  @Test("16-bit code is named as such", arguments: [0, 0x0000_4501, 0x8082_4501, 0x0001_0001, 2] as [UInt32])
  func compressed(bits: UInt32) throws {
    let state = try runEverywhere([.nop, InstructionWord(bits)])
    let low = hexadecimal(bits & 0xffff, digits: 4)
    #expect(
      state.trap?.description
        == "16-bit instruction \(low): compressed instructions (C) are off at pc 0x00001004")
  }

  @Test("Illegal words that are jumped over do no harm")
  func skipped() throws {
    let state = try runEverywhere([.jal(0, 12), 0xffff_ffff, 0, .ebreak])
    #expect(state.trap?.cause == .breakpoint)
  }

  @Test("All counters count retired instructions")
  func counters() throws {
    let code: [InstructionWord] = [
      .nop, .csrrs(5, 0xc00, 0), .csrrs(6, 0xc01, 0), .csrrs(7, 0xc02, 0), .csrrs(8, 0xc80, 0),
      .csrrs(9, 0xc81, 0), .csrrs(10, 0xc82, 0), .csrrs(0, 0xc00, 0), .csrrs(11, 0xc02, 0), .ebreak,
    ]
    let state = try runEverywhere(code)
    #expect(Array(state.registers[5...11]) == [1, 2, 3, 0, 0, 0, 8])
  }

  @Test("A counter inside a long line and in a loop counts the same on every engine")
  func countersInLines() throws {
    var code = [InstructionWord](repeating: .addi(1, 1, 1), count: 300)
    code += [
      .csrrs(5, 0xc02, 0), .addi(2, 0, 3), .addi(2, 2, -1), .bne(2, 0, -4), .csrrs(6, 0xc02, 0), .ebreak,
    ]
    let state = try runEverywhere(code)
    #expect(state.registers[5] == 300)
    #expect(state.registers[6] == 308)
  }

  /// Every kind of trap, in the middle of a line, leaves everything as it was before the instruction.
  @Test(
    "State at a trap",
    arguments: [
      .lw(7, 5, 0), .lw(7, 5, 1), .sw(7, 5, 0), .sh(7, 5, 1), .ebreak, 0xffff_ffff, 0, .jal(7, 6),
      .jalr(7, 6, 2),
      .ecall, .csrrw(7, 0x300, 5),
    ] as [InstructionWord])
  func trapState(word: InstructionWord) throws {
    let before = li(5, 0x7fff_0000) + li(6, 0x1000) + li(7, 0xdead_beef) + li(17, 0xffff) + [.addi(9, 0, 9)]
    let state = try runEverywhere(before + [word, .addi(7, 0, 1), .sw(7, 0, 16), .ebreak])
    #expect(state.trap?.programCounter == 0x1024)
    #expect(state.programCounter == 0x1024)
    #expect(state.instructions == 9)
    #expect(Array(state.registers[5...9]) == [0x7fff_0000, 0x1000, 0xdead_beef, 0, 9])
    #expect(state.word(16) == 0)
  }

  @Test("What a trapped machine says when it is resumed")
  func resumeAfterTrap() throws {
    var machine = try Machine(makeProgram([.ebreak]))
    _ = try machine.run()
    do throws(MachineError) {
      _ = try machine.resume()
      Issue.record("resumed")
    } catch {
      #expect(error.description == "the run is over (trapped: breakpoint at pc 0x00001000); start it anew")
    }
    // Starting anew is fine.
    #expect(try machine.run().instructions == 0)
  }
}
