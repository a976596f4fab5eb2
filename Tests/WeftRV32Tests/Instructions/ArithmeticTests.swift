import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Computing instructions")
struct ArithmeticTests {
  static let corners: [UInt32] = [
    0, 1, 2, 7, 31, 32, 33, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0xffff_fffd, 0xffff_fff9,
    0xffff_f7ff, 0x5555_5555, 0x0001_0000,
  ]

  @Test("Every pair of corner values", arguments: RegisterOperation.all)
  func registerCorners(operation: RegisterOperation) throws {
    var code = li(10, Layout.data)
    var expected: [UInt32] = []
    for a in Self.corners {
      for b in Self.corners {
        // The destination holds a sentinel first: a result that is not written shows.
        code += li(1, a) + li(2, b) + li(3, 0xdead_beef) + [operation.word(3, 1, 2)]
        code += [.sw(3, 10, 0), .addi(10, 10, 4)]
        expected.append(operation.meaning(a, b))
      }
    }
    let state = try runEverywhere(code + [.ebreak])
    for (index, value) in expected.enumerated() {
      let (a, b) = (Self.corners[index / Self.corners.count], Self.corners[index % Self.corners.count])
      let result = state.word(Layout.data + UInt32(index) * 4)
      #expect(
        result == value,
        "\(operation) \(hexadecimal(a)), \(hexadecimal(b)): \(hexadecimal(result)), not \(hexadecimal(value))"
      )
    }
  }

  @Test("Every corner value with every immediate", arguments: ImmediateOperation.all)
  func immediateCorners(operation: ImmediateOperation) throws {
    var code = li(10, Layout.data)
    var expected: [UInt32] = []
    for a in Self.corners {
      for immediate in operation.immediates {
        code +=
          li(1, a) + li(3, 0xdead_beef) + [operation.word(3, 1, immediate), operation.word(1, 1, immediate)]
        code += [.sw(3, 10, 0), .sw(1, 10, 4), .addi(10, 10, 8)]
        expected += [operation.meaning(a, immediate), operation.meaning(a, immediate)]
      }
    }
    let state = try runEverywhere(code + [.ebreak])
    for (index, value) in expected.enumerated() {
      let result = state.word(Layout.data + UInt32(index) * 4)
      #expect(
        result == value, "\(operation), result \(index): \(hexadecimal(result)), not \(hexadecimal(value))")
    }
  }

  /// rv32.md's table of the M extension, row by row, as literals.
  @Test(
    "The table of M corner cases",
    arguments: [
      (0x8000_0000, 0xffff_ffff, [0x8000_0000, 0, 0x8000_0000, 0x7fff_ffff, 0x8000_0000, 0, 0, 0x8000_0000]),
      (0x8000_0000, 0x8000_0000, [0, 0x4000_0000, 0xc000_0000, 0x4000_0000, 1, 1, 0, 0]),
      (0xffff_ffff, 0xffff_ffff, [1, 0, 0xffff_ffff, 0xffff_fffe, 1, 1, 0, 0]),
      (0x8000_0000, 0, [0, 0, 0, 0, 0xffff_ffff, 0xffff_ffff, 0x8000_0000, 0x8000_0000]),
      (0xffff_fff9, 3, [0xffff_ffeb, 0xffff_ffff, 0xffff_ffff, 2, 0xffff_fffe, 0x5555_5553, 0xffff_ffff, 0]),
      (7, 0xffff_fffd, [0xffff_ffeb, 0xffff_ffff, 6, 6, 0xffff_fffe, 0, 1, 7]),
    ] as [(UInt32, UInt32, [UInt32])])
  func multiplyAndDivide(a: UInt32, b: UInt32, expected: [UInt32]) throws {
    let operations = (UInt32(0)..<8).map { InstructionWord.r(0x33, $0, 1, 20 + $0, 1, 2) }
    let state = try runEverywhere(li(1, a) + li(2, b) + operations + [.ebreak])
    #expect(Array(state.registers[20..<28]) == expected)
  }

  /// SLTIU sign-extends its immediate and then compares without sign (a field bug of other machines).
  @Test(
    "SLTIU",
    arguments: [(5, -1, 1), (0xffff_ffff, -1, 0), (0xffff_f7ff, -2048, 1)] as [(UInt32, Int32, UInt32)])
  func setLessThanImmediateUnsigned(a: UInt32, immediate: Int32, expected: UInt32) throws {
    let state = try runEverywhere(li(1, a) + [.i(0x13, 3, 3, 1, immediate), .ebreak])
    #expect(state.registers[3] == expected)
  }

  @Test("All ways in which rd, rs1 and rs2 can coincide, x0 included", arguments: RegisterOperation.all)
  func aliases(operation: RegisterOperation) throws {
    let (a, b): (UInt32, UInt32) = (0x8765_4321, 0x0000_0013)
    let values: [UInt32: UInt32] = [0: 0, 1: a, 2: b, 3: 0xdead_beef]
    for rs1 in UInt32(0)..<3 {
      for rs2 in UInt32(0)..<3 {
        for rd in UInt32(0)..<4 {
          let code = li(1, a) + li(2, b) + li(3, 0xdead_beef) + [operation.word(rd, rs1, rs2), .ebreak]
          let state = try runEverywhere(code, on: [Execution.all[0], Execution.all[4]])
          var expected = values
          if rd != 0 { expected[rd] = operation.meaning(values[rs1]!, values[rs2]!) }
          for register in UInt32(0)..<4 {
            #expect(
              state.registers[Int(register)] == expected[register], "\(operation) x\(rd), x\(rs1), x\(rs2)")
          }
          #expect(state.instructions == 7)
        }
      }
    }
  }

  @Test("Immediate instructions on their own register and on x0", arguments: ImmediateOperation.all)
  func immediateAliases(operation: ImmediateOperation) throws {
    let code =
      li(1, 0x8765_4321) + [operation.word(1, 1, 3), operation.word(0, 1, 3), operation.word(2, 0, 3)]
    let state = try runEverywhere(code + [.ebreak])
    #expect(state.registers[1] == operation.meaning(0x8765_4321, 3))
    #expect(state.registers[2] == operation.meaning(0, 3))
  }

  @Test("LUI and AUIPC at full width")
  func upperImmediates() throws {
    let code: [InstructionWord] = [
      .lui(1, 0xfffff), .lui(2, 0x80000), .auipc(3, 0xfffff), .auipc(4, 0x80000), .auipc(5, 0),
      .lui(0, 0x12345),
      .auipc(0, 0x12345), .ebreak,
    ]
    let state = try runEverywhere(code)
    let registers = Array(state.registers[1...5])
    #expect(registers == [0xffff_f000, 0x8000_0000, 0x0000_0008, 0x8000_100c, 0x0000_1010])
  }

  @Test("The same values in the highest registers")
  func highRegisters() throws {
    let code = li(30, 6) + li(31, 7) + [.r(0x33, 0, 1, 31, 30, 31), .sub(30, 31, 30), .ebreak]
    let state = try runEverywhere(code)
    #expect(state.registers[31] == 42)
    #expect(state.registers[30] == 36)
  }
}
