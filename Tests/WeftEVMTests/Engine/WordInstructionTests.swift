import Testing
import WeftMachine

@testable import WeftEVM

/// Corner operands through both engines; words.txt has the random ones, for `UInt256` itself.
@Suite("Instructions on words")
struct WordInstructionTests {
  private static let minimum = UInt256(limbs: 0, 0, 0, 1 << 63)
  private static let minusOne = UInt256.max
  private static let wide = UInt256(limbs: 0, 1, 0, 0)

  private static func negative(_ value: UInt64) -> UInt256 { UInt256.zero &- UInt256(value) }

  /// Operands with the top of the stack first, and the result.
  private static let cases: [(Opcode, [UInt256], UInt256)] = [
    (.div, [UInt256(7), .zero], .zero), (.sdiv, [UInt256(7), .zero], .zero),
    (.mod, [UInt256(7), .zero], .zero),
    (.smod, [UInt256(7), .zero], .zero), (.sdiv, [minimum, minusOne], minimum),
    (.sdiv, [negative(7), UInt256(2)], negative(3)), (.smod, [negative(7), UInt256(3)], negative(1)),
    (.smod, [UInt256(7), negative(3)], .one), (.smod, [minimum, minusOne], .zero),
    (.addmod, [.max, .max, .zero], .zero), (.addmod, [.max, .max, .one], .zero),
    (.addmod, [.max, .max, UInt256(10)], .zero), (.addmod, [.max, .one, .max], .one),
    (.addmod, [minimum, minimum, .max], .one), (.mulmod, [.max, .max, .max], .zero),
    (.mulmod, [.max, .max, .zero], .zero), (.mulmod, [.max, .max, .one], .zero),
    (.mulmod, [.max, .max, minimum], .one), (.mulmod, [.max, UInt256(2), minimum], minimum &- UInt256(2)),
    (.exp, [.zero, .zero], .one), (.exp, [UInt256(2), UInt256(255)], minimum),
    (.exp, [UInt256(2), UInt256(256)], .zero),
    (.exp, [.max, .max], .max), (.exp, [UInt256(3), .one], UInt256(3)),
    (.signextend, [UInt256(30), UInt256(0x7f)], UInt256(0x7f)),
    (.signextend, [.zero, UInt256(0x80)], negative(0x80)),
    (.signextend, [.zero, UInt256(0x17f)], UInt256(0x7f)),
    (.signextend, [UInt256(31), minusOne], minusOne),
    (.signextend, [UInt256(32), UInt256(0x80)], UInt256(0x80)),
    (.signextend, [wide, UInt256(0x80)], UInt256(0x80)),
    (
      .signextend, [UInt256(30), UInt256(limbs: 0, 0, 0, 0x0080 << 48)], UInt256(limbs: 0, 0, 0, 0xff80 << 48)
    ),
    (.byte, [.zero, UInt256(limbs: 0, 0, 0, 0xab << 56)], UInt256(0xab)),
    (.byte, [UInt256(31), UInt256(0xab)], UInt256(0xab)),
    (.byte, [UInt256(32), .max], .zero), (.byte, [wide, .max], .zero),
    (.shl, [UInt256(255), .one], minimum), (.shl, [UInt256(256), .max], .zero), (.shl, [wide, .max], .zero),
    (.shr, [UInt256(255), minimum], .one), (.shr, [UInt256(256), .max], .zero),
    (.shr, [wide &+ .one, .max], .zero),
    (.sar, [UInt256(255), minimum], minusOne), (.sar, [UInt256(256), minimum], minusOne),
    (.sar, [wide, minimum], minusOne), (.sar, [UInt256(256), UInt256(5)], .zero),
    (.clz, [.zero], UInt256(256)), (.clz, [.one], UInt256(255)), (.clz, [.max], .zero),
    (.clz, [wide], UInt256(191)),
    (.slt, [minusOne, .zero], .one), (.sgt, [minusOne, .zero], .zero), (.lt, [minusOne, .zero], .zero),
    (.slt, [minimum, minusOne], .one), (.sgt, [UInt256(1), minimum], .one), (.eq, [wide, wide], .one),
    (.iszero, [wide], .zero), (.iszero, [.zero], .one), (.not, [.zero], .max),
    (.sub, [.zero, .one], minusOne), (.add, [.max, .one], .zero), (.mul, [minimum, UInt256(2)], .zero),
    // Quotient digits that have to be corrected.
    (.div, [.max, UInt256(limbs: .max, .max, 0, 0)], UInt256(limbs: 1, 0, 1, 0)),
    (
      .div, [UInt256(limbs: 0, 0, 0, 1 << 63), UInt256(limbs: .max, 1 << 63, 0, 0)],
      UInt256(limbs: 0x5, 0xfffffffffffffffe, 0, 0)
    ),
    (.mod, [.max, UInt256(limbs: 0, 1, 0, 0)], UInt256(limbs: .max, 0, 0, 0)),
  ]

  @Test("Corner operands give what the Yellow Paper says", arguments: cases.indices, Engine.allCases)
  func corners(_ index: Int, _ engine: Engine) throws {
    let (opcode, operands, expected) = Self.cases[index]
    let code = Assembler.build { assembler in
      for operand in operands.reversed() { assembler.push(operand) }
      assembler.op(opcode)
      assembler.returnTop()
    }
    let found = try #require(try CodeRun(engine: engine).word(code))
    #expect(
      found == expected, "opcode \(opcode.rawValue), \(operands.map(\.hexadecimal)): \(found.hexadecimal)")
  }
}
