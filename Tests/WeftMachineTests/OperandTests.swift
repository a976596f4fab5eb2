import Testing

@testable import WeftMachine

/// Immediates of the formats, bit by bit (RISC-V Unprivileged ISA 20191213, figure 2.4).
@Suite("Operands of instruction words")
struct OperandTests {
  @Test("Register fields")
  func registers() {
    let operands = RV32Operands(rType: 0x01ff_8f80)
    #expect(operands == RV32Operands(rd: 31, rs1: 31, rs2: 31, immediate: 0))
    #expect(RV32Operands(rType: 0x0010_0080) == RV32Operands(rd: 1, rs1: 0, rs2: 1, immediate: 0))
  }

  @Test("Each bit of a word moves to its place in the immediate", arguments: 0..<32)
  func bits(position: Int) {
    let word = UInt32(1) << UInt32(position)
    func sum(_ bits: [Int?], signBit: Int) -> Int32 {
      guard let index = bits[position] else { return 0 }
      return index == signBit ? -(1 << Int32(signBit)) : 1 << Int32(index)
    }
    let none = [Int?](repeating: nil, count: 32)
    var (i, s, b, u, j) = (none, none, none, none, none)
    for bit in 20..<32 { i[bit] = bit - 20 }
    for bit in 25..<32 { s[bit] = bit - 20 }
    for bit in 7..<12 { s[bit] = bit - 7 }
    for bit in 25..<31 { b[bit] = bit - 20 }
    for bit in 8..<12 { b[bit] = bit - 7 }
    (b[7], b[31]) = (11, 12)
    for bit in 12..<32 { u[bit] = bit }
    for bit in 21..<31 { j[bit] = bit - 20 }
    for bit in 12..<20 { j[bit] = bit }
    (j[20], j[31]) = (11, 20)
    #expect(RV32Operands(iType: word).immediate == sum(i, signBit: 11))
    #expect(RV32Operands(sType: word).immediate == sum(s, signBit: 11))
    #expect(RV32Operands(bType: word).immediate == sum(b, signBit: 12))
    #expect(RV32Operands(jType: word).immediate == sum(j, signBit: 20))
    #expect(RV32Operands(uType: word).immediate == (u[position] == nil ? 0 : Int32(bitPattern: word)))
  }
}
