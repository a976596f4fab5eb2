@testable import WeftRV32Circuit

extension ExecutorUnderTest {
  static let all = [
    baseAlu, lessThan, shift, branchEqual, branchLessThan, jalLui, jalr, auipc, loadStore, loadSignExtend,
    mul,
    mulHigh, divRem,
  ]

  /// Those to which addresses matter, in a circuit of the machine environment and at the highest base of all.
  static let based = [0x8000_0000, 0xc000_0000].flatMap { (address: UInt32) -> [ExecutorUnderTest] in
    guard let base = try? AddressBase(address) else { return [] }
    return [jalLui(base), jalr(base), auipc(base), loadStore(base), loadSignExtend(base)]
  }

  static let baseAlu = ExecutorUnderTest(
    BaseAluChip(), samples: { aluSamples(BaseAluChip.opcodes, dense: $0) }, wrongOutcomes: wrongWords)
  static let lessThan = ExecutorUnderTest(
    LessThanChip(), samples: { aluSamples(LessThanChip.opcodes, dense: $0) },
    wrongOutcomes: { _, right, _ in [!right] })
  static let shift = ExecutorUnderTest(
    ShiftChip(), samples: { shiftSamples(dense: $0) }, wrongOutcomes: wrongWords)
  static let branchEqual = ExecutorUnderTest(
    BranchEqualChip(), samples: { branchSamples(BranchEqualChip.opcodes, dense: $0) },
    wrongOutcomes: { _, right, _ in [!right] })
  static let branchLessThan = ExecutorUnderTest(
    BranchLessThanChip(), samples: { branchSamples(BranchLessThanChip.opcodes, dense: $0) },
    wrongOutcomes: { _, right, _ in [!right] })
  static let jalLui = jalLui(.zero)
  static func jalLui(_ base: AddressBase) -> ExecutorUnderTest {
    ExecutorUnderTest(
      JalLuiChip(addressBase: base), samples: { _ in jalLuiSamples(base: base.address) },
      wrongOutcomes: wrongWords)
  }
  static let jalr = jalr(.zero)
  static func jalr(_ base: AddressBase) -> ExecutorUnderTest {
    ExecutorUnderTest(
      JalrChip(addressBase: base), samples: { jalrSamples(dense: $0, base: base.address) },
      wrongOutcomes: { sample, right, numbers in
        wrongWords(sample, right.link, &numbers).map { JalrChip.Outcome(link: $0, sum: right.sum) }
          + wrongWords(sample, right.sum, &numbers).map { JalrChip.Outcome(link: right.link, sum: $0) }
      })
  }
  static let auipc = auipc(.zero)
  static func auipc(_ base: AddressBase) -> ExecutorUnderTest {
    ExecutorUnderTest(
      AuipcChip(addressBase: base), samples: { _ in auipcSamples(base: base.address) },
      wrongOutcomes: wrongWords)
  }
  static let mul = ExecutorUnderTest(
    MulChip(), samples: { multSamples(MulChip.opcodes, dense: $0) }, wrongOutcomes: wrongWords)
  static let mulHigh = ExecutorUnderTest(
    MulHighChip(), samples: { multSamples(MulHighChip.opcodes, dense: $0) },
    wrongOutcomes: { sample, right, numbers in
      let (low, high) = (UInt32(truncatingIfNeeded: right), UInt32(right >> 32))
      return wrongWords(sample, high, &numbers).map { UInt64($0) << 32 | UInt64(low) }
        + wrongWords(sample, low, &numbers).map { UInt64(high) << 32 | UInt64($0) }
    })

  static let loadStore = loadStore(.zero)
  static func loadStore(_ base: AddressBase) -> ExecutorUnderTest {
    ExecutorUnderTest(
      LoadStoreChip(addressBase: base), samples: { _ in loadStoreSamples(base: base.address) },
      wrongOutcomes: wrongWords)
  }
  static let loadSignExtend = loadSignExtend(.zero)
  static func loadSignExtend(_ base: AddressBase) -> ExecutorUnderTest {
    ExecutorUnderTest(
      LoadSignExtendChip(addressBase: base), samples: { _ in loadSignExtendSamples(base: base.address) },
      wrongOutcomes: { sample, right, numbers in
        typealias Outcome = LoadSignExtendChip.Outcome
        return [Outcome(shifted: right.shifted, isNegative: !right.isNegative)]
          + wrongWords(sample, right.shifted, &numbers).map {
            Outcome(shifted: $0, isNegative: right.isNegative)
          }
      })
  }
  static let divRem = ExecutorUnderTest(
    DivRemChip(), samples: { multSamples(DivRemChip.opcodes, dense: $0) },
    wrongOutcomes: { sample, right, numbers in
      let (q, r, c) = (right.quotient, right.remainder, sample.y)
      typealias Outcome = DivRemChip.Outcome
      var wrong = [
        // Remainders that are not below the divisor, or of the other sign, with the quotient that fits them.
        Outcome(quotient: q &- 1, remainder: r &+ c), Outcome(quotient: q &+ 1, remainder: r &- c),
        Outcome(quotient: q &- 3, remainder: r &+ 3 &* c), Outcome(quotient: 0, remainder: sample.x),
        Outcome(quotient: 0 &- q, remainder: r), Outcome(quotient: q, remainder: 0 &- r),
      ].filter { $0.quotient != q || $0.remainder != r }
      wrong += wrongWords(sample, q, &numbers).map { Outcome(quotient: $0, remainder: r) }
      // b = c·q + r holds on 32 bits for a wrong quotient with the remainder that it leaves.
      wrong += wrongWords(sample, q, &numbers).map { Outcome(quotient: $0, remainder: sample.x &- c &* $0) }
      return wrong + wrongWords(sample, r, &numbers).map { Outcome(quotient: q, remainder: $0) }
    })

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
      for (x, y) in oneLimb { samples.append(maker.alu(opcode, x, y)) }
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

  /// All amounts by register, with high bits that do not count, and by immediate.
  static func shiftSamples(dense: Bool) -> [Sample] {
    var maker = SampleMaker(seed: 2)
    var samples = aluSamples(ShiftChip.opcodes, dense: dense)
    for opcode in ShiftChip.opcodes {
      for amount in 0..<(32 as UInt32) {
        for x in [0x8123_4567, 0x7edc_ba98] as [UInt32] {
          samples.append(maker.alu(opcode, x, amount | 0xabcd_ef00 & ~31))
          samples.append(maker.alu(opcode, x, amount, immediate: true))
        }
      }
    }
    return samples
  }

  static func multSamples(_ opcodes: [CircuitOpcode], dense: Bool) -> [Sample] {
    var maker = SampleMaker(seed: 3)
    var samples = opcodes.flatMap { opcode in
      pairs(dense: dense).map { x, y in maker.alu(opcode, x, y) }
    }
    for opcode in opcodes {
      samples.append(
        maker.alu(
          opcode, 0x8765_4321, 0x8765_4321, registers: SampleMaker.Registers(rd: 9, rs1: 9, rs2: 9)))
    }
    return lastTime(&maker, samples) { $0.alu(opcodes[0], 1, 2) }
  }

  /// Words that differ in one limb only, and the same words twice.
  static let oneLimb: [(UInt32, UInt32)] = (0..<4).flatMap { limb -> [(UInt32, UInt32)] in
    let shift = UInt32(8 * limb)
    return ([0x8070_6050, 0x1122_3344] as [UInt32]).flatMap { x in
      [(x, x ^ 0x80 << shift), (x, x &+ 1 << shift), (x ^ 0xff << shift, x), (x, x), (x, ~x)]
    }
  }

  /// Forward and backward; words that differ in one limb only.
  static func branchSamples(_ opcodes: [CircuitOpcode], dense: Bool) -> [Sample] {
    var maker = SampleMaker(seed: 4)
    let pairs = pairs(dense: dense) + oneLimb
    var samples: [Sample] = []
    for opcode in opcodes {
      for (index, (x, y)) in pairs.enumerated() {
        samples.append(maker.branch(opcode, x, y, offset: [-4096, 4094, -8, 12, 0][index % 5]))
      }
      samples.append(
        maker.branch(opcode, 7, 7, offset: 16, registers: SampleMaker.Registers(rd: 0, rs1: 3, rs2: 3)))
    }
    return lastTime(&maker, samples) { $0.branch(opcodes[0], 1, 2, offset: 8) }
  }

  static func jalLuiSamples(base: UInt32 = 0) -> [Sample] {
    var maker = SampleMaker(seed: 5, base: base)
    var samples: [Sample] = []
    for rd in [1, 31, 0] as [UInt32] {
      for pc in [nil, 0x10_0000, 0x10_00fc, 0x3fff_fff8, 0x2aff_fffc] as [UInt32?] {
        for offset in [-0x10_0000, 0xf_fffe, -4, 4, 2048] as [Int32]
        where pc.map({ $0 + 0x11_0000 < 1 << 30 }) ?? (offset > -4096) {
          samples.append(
            maker.jalOrLui(.jal, immediate: offset, rd: rd, pc: pc.map { $0 + 16 * UInt32(samples.count) }))
        }
      }
      guard rd != 0 else { continue }
      for upper in [0, 1, 0xf, 0x10, 0xff, 0x100, 0x7ffff, 0x80000, 0xfffff, 0xabcde] as [Int32] {
        samples.append(maker.jalOrLui(.lui, immediate: upper, rd: rd))
      }
    }
    samples.append(maker.jalOrLui(.jal, immediate: -4, rd: 5, pc: 0x3fff_fff8))
    return lastTime(&maker, samples) { $0.jalOrLui(.lui, immediate: 3, rd: 3) }
  }

  static func jalrSamples(dense: Bool, base: UInt32 = 0) -> [Sample] {
    var maker = SampleMaker(seed: 6, base: base)
    var samples: [Sample] = []
    let targets: [UInt32] = [
      0, 1, 2, 0xfffe, 0xffff, 0x1_0000, 0x1_0001, 0x3fff_fffe, 0x3fff_ffff, 0x1234_5679,
    ]
    for target in targets {
      for offset in [0, 1, -1, 2047, -2048, 4] as [Int32] {
        for rd in [0, 7] as [UInt32] {
          samples.append(
            maker.jalr(UInt32(truncatingIfNeeded: Int64(target) - Int64(offset)), offset: offset, rd: rd))
        }
      }
    }
    for (index, pc) in ([0, 0xf8, 0xfff8, 0xff_fff8, 0x3fff_fff8] as [UInt32]).enumerated() {
      samples.append(maker.jalr(0x8000, offset: 4 * Int32(index), rd: 1, pc: pc))
    }
    samples.append(maker.jalr(0x2000, offset: 8, rd: 1, rs1: 1))
    return lastTime(&maker, samples) { $0.jalr(0x100, offset: 0, rd: 1) }
  }

  static func auipcSamples(base: UInt32 = 0) -> [Sample] {
    var maker = SampleMaker(seed: 7, base: base)
    var samples: [Sample] = []
    for upper in [0, 1, 0xf, 0x10, 0xff, 0x100, 0x7ffff, 0x80000, 0xfffff, 0xabcde] as [UInt32] {
      for pc in [nil, 0xfc, 0xff00, 0xff_ff00, 0x3fff_ff00, 0x2abc_de00] as [UInt32?] {
        samples.append(maker.auipc(upper: upper, pc: pc.map { $0 + (4 * UInt32(samples.count)) % 0xfc }))
      }
    }
    return lastTime(&maker, samples) { $0.auipc(upper: 1) }
  }

  static let words: [UInt32] = [0, 0xffff_ffff, 0x8081_7f7e, 0x0102_8384, 0x7f80_ff00, 0x1234_5678]

  /// All places, all words, targets with and without rd, bases with carries, public values.
  static func loadStoreSamples(base: UInt32 = 0) -> [Sample] {
    var maker = SampleMaker(seed: 8, base: base)
    var samples: [Sample] = []
    let blocks: [UInt32] = [0, 0x1_0000, 0xfffc, 0x1fff_fffc, 0x12_3450]
    let offsets: [Int32] = [0, -2048, 2047, 1, -1, 4]
    for (opcode, places) in [
      (.loadWord, [0]), (.loadHalfUnsigned, [0, 2]), (.loadByteUnsigned, [0, 1, 2, 3]), (.storeWord, [0]),
      (.storeHalf, [0, 2]), (.storeByte, [0, 1, 2, 3]),
    ] as [(CircuitOpcode, [UInt32])] {
      for place in places {
        for (i, word) in words.enumerated() {
          for (j, offset) in offsets.enumerated() {
            let address = blocks[(i + j) % blocks.count] + place
            if opcode.rawValue < CircuitOpcode.storeWord.rawValue {
              samples.append(
                maker.load(opcode, address: address, offset: offset, word: word, rd: UInt32((i + j) % 4)))
            } else {
              samples.append(
                maker.store(
                  opcode, address: address, offset: offset, value: words[j], over: word,
                  space: opcode == .storeWord && i % 2 == 0 ? 3 : 2))
            }
          }
        }
      }
    }
    // The base is the target, or what is stored.
    samples.append(maker.load(.loadWord, address: 0x40, offset: 4, word: 77, rd: 6, rs1: 6))
    samples.append(maker.store(.storeWord, address: 0x80, offset: 4, value: 0, over: 5, rs1: 6, rs2: 6))
    return lastTime(&maker, samples) {
      $0.store(.storeByte, address: 0x83, offset: 0, value: 1, over: 2)
    }
  }

  static func loadSignExtendSamples(base: UInt32 = 0) -> [Sample] {
    var maker = SampleMaker(seed: 9, base: base)
    var samples: [Sample] = []
    for (opcode, places) in [(.loadHalf, [0, 2]), (.loadByte, [0, 1, 2, 3])] as [(CircuitOpcode, [UInt32])] {
      for place in places {
        for word in words {
          for (index, offset) in ([0, -2048, 2047, -1] as [Int32]).enumerated() {
            samples.append(
              maker.load(
                opcode, address: [0x1_0000, 0xfffc, 0x1fff_fffc, 0][index] + place, offset: offset,
                word: word,
                rd: UInt32(index % 3)))
          }
        }
      }
    }
    return lastTime(&maker, samples) {
      $0.load(.loadHalf, address: 0x82, offset: 0, word: 0x8001_0000, rd: 3)
    }
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
