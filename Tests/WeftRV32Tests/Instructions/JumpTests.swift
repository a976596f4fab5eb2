import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Jumps and branches")
struct JumpTests {
  /// funct3, name, and the condition on signed and unsigned operands.
  struct Branch: Sendable, CustomStringConvertible {
    var description: String
    var funct3: UInt32
    var isTaken: @Sendable (UInt32, UInt32) -> Bool

    static let all: [Branch] = [
      Branch(description: "beq", funct3: 0) { $0 == $1 },
      Branch(description: "bne", funct3: 1) { $0 != $1 },
      Branch(description: "blt", funct3: 4) { Int32(bitPattern: $0) < Int32(bitPattern: $1) },
      Branch(description: "bge", funct3: 5) { Int32(bitPattern: $0) >= Int32(bitPattern: $1) },
      Branch(description: "bltu", funct3: 6) { $0 < $1 },
      Branch(description: "bgeu", funct3: 7) { $0 >= $1 },
    ]
  }

  @Test("Every branch on corner values, forwards", arguments: Branch.all)
  func conditions(branch: Branch) throws {
    let values: [UInt32] = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]
    var code = li(10, Layout.data)
    var expected: [UInt32] = []
    for a in values {
      for b in values {
        // x3 stays 1 when the branch skips the instruction that clears it.
        code += li(1, a) + li(2, b) + [.addi(3, 0, 1), .b(branch.funct3, 1, 2, 8), .addi(3, 0, 0)]
        code += [.sw(3, 10, 0), .addi(10, 10, 4)]
        expected.append(branch.isTaken(a, b) ? 1 : 0)
      }
    }
    let state = try runEverywhere(code + [.ebreak])
    #expect(expected.indices.map { state.word(Layout.data + UInt32($0) * 4) } == expected)
  }

  @Test("Branches backwards, on one register, on x0", arguments: Branch.all)
  func backwards(branch: Branch) throws {
    let same = branch.isTaken(5, 5)
    let state = try runEverywhere([
      .addi(1, 0, 5), .jal(0, 12), .addi(4, 4, 1), .ebreak, .b(branch.funct3, 1, 1, -8), .addi(3, 0, 9),
      .ebreak,
    ])
    #expect(state.registers[4] == (same ? 1 : 0))
    #expect(state.registers[3] == (same ? 0 : 9))
    let zero = try runEverywhere([.b(branch.funct3, 0, 0, 8), .addi(3, 0, 9), .ebreak])
    #expect(zero.registers[3] == (same ? 0 : 9))
  }

  @Test("JAL links, reaches both ends of the text, and its distance is 21 bits")
  func jumpAndLink() throws {
    let near = try runEverywhere([.jal(1, 8), .addi(4, 0, 1), .jal(3, 8), .addi(4, 0, 2), .ebreak])
    #expect(near.registers[1] == 0x1004)
    #expect(near.registers[4] == 0)
    #expect(near.registers[3] == 0x100c)
    // To the last slot, from there back to the second.
    var code: [InstructionWord] = [.jal(1, 0xffc), .ebreak]
    code += [InstructionWord](repeating: .nop, count: 1021) + [.jal(5, -0xff8)]
    let far = try runEverywhere(code)
    #expect(far.programCounter == 0x1004)
    #expect(far.registers[5] == 0x2000)
    #expect(far.instructions == 2)
  }

  @Test("JALR clears bit 0 and reads rs1 before it writes rd")
  func jumpRegister() throws {
    let odd = try runEverywhere(li(1, 0x1011) + [.jalr(2, 1, 0), .addi(3, 0, 1), .ebreak])
    #expect(odd.trap == Trap(.breakpoint, programCounter: 0x1010, value: 0x1010))
    #expect(odd.registers[2] == 0x100c)
    // jalr x30, 9(x30) with x30 = pc goes to pc + 8.
    let same = try runEverywhere([.auipc(30, 0), .addi(30, 30, 8), .jalr(30, 30, 9), .nop, .ebreak])
    #expect(same.programCounter == 0x1010)
    #expect(same.registers[30] == 0x100c)
    // The immediate is signed and the sum wraps.
    let wrapped = try runEverywhere(li(1, 0x0000_17ff) + [.jalr(0, 1, -0x7eb), .ebreak, .nop, .ebreak])
    #expect(wrapped.programCounter == 0x1014)
  }

  @Test("A jump to the first slot")
  func firstSlot() throws {
    let code = [.bne(5, 0, 20), .addi(5, 5, 1)] + li(6, Layout.text) + [.jalr(1, 6, 0), .ebreak]
    let state = try runEverywhere(code)
    #expect(state.programCounter == 0x1014)
    #expect(state.registers[1] == 0x1014)
    #expect(state.instructions == 6)
  }

  @Test("A misaligned target traps on the jump, and rd is not written")
  func misalignedTargets() throws {
    let jump = try runEverywhere(li(5, 0xdead_beef) + [.jal(5, 6), .ebreak])
    #expect(jump.trap == Trap(.instructionAddressMisaligned, programCounter: 0x1008, value: 0x100e))
    #expect(jump.trap?.description == "jump to misaligned address 0x0000100e at pc 0x00001008")
    #expect(jump.registers[5] == 0xdead_beef)
    #expect(jump.instructions == 2)
    let register = try runEverywhere(li(5, 0x1002) + [.jalr(5, 5, 0), .ebreak])
    #expect(register.trap == Trap(.instructionAddressMisaligned, programCounter: 0x1008, value: 0x1002))
    #expect(register.registers[5] == 0x1002)
    let branch = try runEverywhere([.beq(0, 0, 6), .ebreak])
    #expect(branch.trap == Trap(.instructionAddressMisaligned, programCounter: 0x1000, value: 0x1006))
    let untaken = try runEverywhere([.bne(0, 0, 6), .ebreak])
    #expect(untaken.trap == Trap(.breakpoint, programCounter: 0x1004, value: 0x1004))
    #expect(untaken.instructions == 1)
  }

  @Test(
    "A target outside the text: the jump retires, the fetch traps",
    arguments: [0x1014, 0x0ffc, 0x20_0000, 0, 0xffff_fffc, 0x8000_0000] as [UInt32])
  func outside(target: UInt32) throws {
    let state = try runEverywhere(li(1, target) + [.jalr(5, 1, 0), .nop, .ebreak])
    #expect(
      state.trap == Trap(.instructionAccessFault, programCounter: UInt64(target), value: UInt64(target)))
    #expect(state.registers[5] == 0x100c)
    #expect(state.instructions == 3)
  }

  @Test("Static jumps out of the text load; they trap only when taken")
  func staticOutside() throws {
    for rd in [UInt32(0), 1] {
      let jump = try runEverywhere([.nop, .jal(rd, 0x8000), .ebreak])
      #expect(jump.trap == Trap(.instructionAccessFault, programCounter: 0x9004, value: 0x9004))
      #expect(jump.registers[1] == (rd == 1 ? 0x1008 : 0))
      #expect(jump.instructions == 2)
      #expect(jump.trap?.description == "no executable code at 0x00009004 at pc 0x00009004")
    }
    let taken = try runEverywhere([.addi(1, 0, 1), .bne(1, 0, -16), .ebreak])
    #expect(taken.trap == Trap(.instructionAccessFault, programCounter: 0xff4, value: 0xff4))
    #expect(taken.instructions == 2)
    let untaken = try runEverywhere([.addi(1, 0, 1), .beq(1, 0, -16), .ebreak])
    #expect(untaken.trap?.programCounter == 0x1008)
  }

  @Test("Running off the end of the text traps on the fetch")
  func offTheEnd() throws {
    let state = try runEverywhere([.addi(1, 0, 1), .addi(1, 1, 1)])
    #expect(state.trap == Trap(.instructionAccessFault, programCounter: 0x1008, value: 0x1008))
    #expect(state.instructions == 2)
    let branch = try runEverywhere([.bne(0, 0, -4)])
    #expect(branch.trap == Trap(.instructionAccessFault, programCounter: 0x1004, value: 0x1004))
    #expect(branch.instructions == 1)
  }

  @Test("Data is not executable")
  func data() throws {
    let state = try runEverywhere(
      li(1, Layout.data) + [.jalr(0, 1, 0)], data: [0x73, 0x00, 0x10, 0x00])
    #expect(state.trap?.cause == .instructionAccessFault)
  }

  @Test("A jump between two instructions that an engine may join")
  func intoPairs() throws {
    // Each line begins with pairs that interpreters like to fuse; the loop enters at every distance.
    let line: [InstructionWord] = [
      .lui(6, 0x200), .addi(6, 6, 16), .sw(5, 6, 0), .lw(7, 6, 0), .addi(7, 7, 1), .add(8, 8, 7),
      .addi(5, 5, -1),
    ]
    for skip in 0..<line.count {
      let entry = Int32(4 + 4 * skip)
      let state = try runEverywhere(
        li(6, Layout.data) + [.addi(5, 0, 3), .jal(0, entry)] + line
          + [.bne(5, 0, -Int32(4 * (line.count - skip))), .ebreak])
      #expect(state.trap?.cause == .breakpoint, "entry \(skip)")
      #expect(state.instructions == UInt64(4 + 3 * (line.count - skip + 1)))
    }
  }
}
