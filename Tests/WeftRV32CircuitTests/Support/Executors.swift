@testable import WeftRV32Circuit

extension ExecutorUnderTest {
  static let all: [ExecutorUnderTest] = [baseAlu]

  static let baseAlu = ExecutorUnderTest(
    BaseAluChip(), samples: { aluSamples(BaseAluChip.opcodes, dense: $0) }, wrongOutcomes: wrongWords)

  /// Operands where carries, signs and limbs change.
  static func edges(dense: Bool) -> [UInt32] {
    let few: [UInt32] = [0, 1, 0xff, 0x100, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xdead_beef]
    if !dense { return few }
    return few + [
      2, 3, 0x7f, 0x80, 0x101, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x00ff_ffff, 0x0100_0000, 0x7f80_8001,
      0x8000_0001, 0xc000_0000, 0xff00_ff00, 0xffff_ff00, 0xffff_fffe, 0x1234_5678,
    ]
  }

  static func pairs(dense: Bool) -> [(UInt32, UInt32)] {
    let edges = edges(dense: dense)
    return edges.flatMap { x in edges.map { (x, $0) } }
  }

  /// Register and immediate forms; registers that are the same one in every way.
  static func aluSamples(_ opcodes: [CircuitOpcode], dense: Bool) -> [Sample] {
    var maker = SampleMaker()
    var samples: [Sample] = []
    for opcode in opcodes {
      for (x, y) in pairs(dense: dense) { samples.append(maker.alu(opcode, x, y)) }
      let immediates: [UInt32] = [0, 1, 31, 2047, 0xffff_f800, 0xffff_ffff, 0xffff, 0xffff_0000]
      for x in edges(dense: dense) {
        for y in immediates { samples.append(maker.alu(opcode, x, y, immediate: true)) }
      }
      for (rd, rs1, rs2) in [(5, 5, 5), (5, 5, 6), (6, 5, 6), (6, 5, 5)] as [(UInt32, UInt32, UInt32)] {
        let x: UInt32 = 0x8001_7fff
        samples.append(
          maker.alu(
            opcode, x, rs1 == rs2 ? x : 0x0180_ff80,
            registers: SampleMaker.Registers(rd: rd, rs1: rs1, rs2: rs2)))
      }
    }
    return lastTime(&maker, samples) { $0.alu(opcodes[0], 1, 2) }
  }

  /// Adds an instruction at the last time that there is.
  static func lastTime(
    _ maker: inout SampleMaker, _ samples: [Sample], _ make: (inout SampleMaker) -> Sample
  ) -> [Sample] {
    maker.skipToLastTime()
    return samples + [make(&maker)]
  }

  /// Values that are not the right one: neighbours, single bits, exchanged and doubled bytes, operands, anything.
  static func wrongWords(_ sample: Sample, _ right: UInt32, _ numbers: inout Numbers) -> [UInt32] {
    var wrong: [UInt32] = [
      right &+ 1, right &- 1, ~right, 0 &- right, right.byteSwapped, right << 8, right >> 8, right << 1,
      right >> 1, right | 0xffff_0000, right & 0xffff, 0, 1, .max, sample.x, sample.y, sample.x &- sample.y,
      sample.y &- sample.x, sample.x &+ sample.y, numbers.word(), numbers.word(),
    ]
    for _ in 0..<3 { wrong.append(right ^ 1 << numbers.below(32)) }
    return wrong.filter { $0 != right }
  }
}
