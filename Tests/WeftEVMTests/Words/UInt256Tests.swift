import Testing

@testable import WeftEVM

@Suite struct UInt256Tests {
  /// Words whose limbs are often zeros or ones, from a seed.
  private struct Words {
    var generator: SplitMix
    mutating func next() -> UInt256 {
      func limb() -> UInt64 {
        switch generator.next() % 6 {
        case 0: 0
        case 1: .max
        case 2: 1 << (generator.next() % 64)
        default: generator.next()
        }
      }
      return UInt256(limbs: limb(), limb(), limb(), limb()).shiftedRight(generator.next() % 300)
    }
  }

  struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  @Test func halvesAndLimbsAreTheSameBits() {
    let word = UInt256(limbs: 1, 2, 3, 4)
    #expect(word == UInt256(low: word.low, high: word.high))
    #expect(!word.isZero && !word.fitsInUInt64 && UInt256(7).fitsInUInt64 && UInt256.zero.isZero)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func divisionUndoesMultiplication(seed: UInt64) {
    var words = Words(generator: SplitMix(state: seed))
    var failures = 0
    for _ in 0..<20_000 {
      let a = words.next()
      let b = words.next()
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      if b.isZero {
        if !quotient.isZero || !remainder.isZero { failures += 1 }
        continue
      }
      let product = quotient.multipliedFullWidth(by: b)
      let sum = product.low.addingReportingOverflow(remainder)
      if remainder >= b || !product.high.isZero || sum.overflow || sum.partialValue != a { failures += 1 }
    }
    #expect(failures == 0)
  }

  @Test(arguments: [5, 6] as [UInt64])
  func productsModuloAgreeWithSumsOfShiftedProducts(seed: UInt64) {
    var words = Words(generator: SplitMix(state: seed))
    var cache = ModulusCache()
    var failures = 0
    for _ in 0..<3_000 {
      let a = words.next()
      let b = words.next()
      let modulus = words.next()
      // a * b = a * low + a * high * 2^128, each by doubling and adding alone.
      var sum = UInt256.zero
      if !modulus.isZero {
        for index in stride(from: 255, through: 0, by: -1) {
          sum = cache.add(sum, sum, modulus: modulus)
          if b.bit(index) { sum = cache.add(sum, a, modulus: modulus) }
        }
      }
      if cache.multiply(a, b, modulus: modulus) != sum { failures += 1 }
      if a.multipliedModulo(b, modulus) != sum { failures += 1 }
    }
    #expect(failures == 0)
  }

  @Test func textsAreReadAndWritten() {
    let large = UInt256.max
    #expect(
      large.description
        == "115792089237316195423570985008687907853269984665640564039457584007913129639935")
    #expect(UInt256(large.description) == large)
    #expect(UInt256("115792089237316195423570985008687907853269984665640564039457584007913129639936") == nil)
    #expect(large.hexadecimal == "0x" + String(repeating: "f", count: 64))
    #expect(UInt256("0x1" + String(repeating: "0", count: 64)) == nil)
    #expect(UInt256("0x0010")?.hexadecimal == "0x10")
    #expect(UInt256.zero.hexadecimal == "0x0" && UInt256.zero.description == "0")
    #expect(UInt256(limbs: 0, 1, 0, 0).description == "18446744073709551616")
    #expect(UInt256("100000000000000000000000000000000000001")?.description.count == 39)
    for text in ["", "0x", "12a", "-1", "0xg", " 1"] { #expect(UInt256(text) == nil, "\(text)") }
  }

  @Test func bytesAreBigEndian() {
    let word = UInt256(limbs: 0x1112_1314_1516_1718, 3, 2, 0x0102_0304_0506_0708)
    #expect(word.bigEndianBytes.first == 1 && word.bigEndianBytes.last == 0x18)
    #expect(UInt256(bigEndianBytes: word.bigEndianBytes) == word)
    #expect(UInt256(bigEndianBytes: [1, 2]) == 258)
    #expect(UInt256(bigEndianBytes: [UInt8](repeating: 0, count: 33)) == nil)
    #expect(word.bigEndianBytes.withUnsafeBytes { UInt256(loadingBigEndian: $0.baseAddress!) } == word)
  }

  @Test func addressesAreTheLowest160Bits() throws {
    let word = UInt256(limbs: .max, .max, .max, .max)
    let address = Address(word: word)
    #expect(address.description == "0x" + String(repeating: "f", count: 40))
    #expect(UInt256(address) == word.shiftedRight(96))
    #expect(MemoryLayout<Address>.stride == 20)
    let text = "0x1000000000000000000000000000000000000a0f"
    #expect(try #require(Address(text)).description == text)
    #expect(Address("0x10") == nil && Address(text + "0") == nil)
    #expect(try #require(Hash256(Hash256.emptyTrie.description)) == .emptyTrie)
  }

  /// Which has a way of its own; the corners are products whose halves add up to the modulus, to 0, or carry.
  @Test func productsModuloTheLargestWordAreTheDivisors() {
    var random = SplitMix(state: 11)
    let corners: [UInt256] = [
      .zero, .one, .max, .max &- .one, UInt256(low: 0, high: 1), UInt256(low: .max, high: 0),
    ]
    for index in 0..<200 {
      let (left, right) =
        index < 36
        ? (corners[index / 6], corners[index % 6])
        : (
          UInt256(limbs: random.next(), random.next(), random.next(), random.next()),
          UInt256(limbs: random.next(), random.next(), random.next(), random.next())
        )
      let product = left.multipliedFullWidth(by: right)
      let expected = WordDivisor(.max).remainder(product.high, product.low)
      #expect(left.multipliedModulo(right, .max) == expected, "\(left) * \(right)")
    }
  }
}
