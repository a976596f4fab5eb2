import Testing

@testable import WeftCurves

@Suite("Limbs")
struct LimbsTests {
  private func check<L: Limbs>(_: L.Type) {
    var source = RandomSource(seed: UInt64(L.count))
    let full = BigNumber.power(of: BigNumber(1 << 32), 2 * L.count)
    let edges = [L.zero, L { _ in .max }, L { $0 == 0 ? 1 : 0 }, L { $0 == 0 ? 0 : .max }]
    let numbers = edges + (0..<rounds(200)).map { _ in source.limbs(L.self) }
    for (index, a) in numbers.enumerated() {
      let b = numbers[(index * 7 + 3) % numbers.count]
      let (big, other) = (BigNumber(a), BigNumber(b))
      let (sum, carry) = a.adding(b)
      #expect(BigNumber(sum) + (carry ? full : BigNumber(0)) == big + other)
      let (difference, borrow) = a.subtracting(b)
      #expect(BigNumber(difference) + other == big + (borrow ? full : BigNumber(0)))
      #expect((a < b) == (big < other))
      #expect(a.isZero == big.isZero)
      for divisor in [1, 4, 6, 0xffff_ffff] as [UInt32] {
        #expect(BigNumber(a.divided(by: divisor)) == big.divided(by: BigNumber(UInt64(divisor))).quotient)
      }
      for start in [0, 1, 31, 59, 63, 64, 100, 64 * L.count - 3, 64 * L.count, 64 * L.count + 70] {
        for count in [1, 4, 5, 12, 33, 63] {
          let expected = (0..<count).reduce(0 as UInt64) { $0 | (big.bit(start + $1) ? 1 << UInt64($1) : 0) }
          #expect(a.bits(from: start, count: count) == expected, "\(start) \(count)")
        }
      }
      var bytes = [UInt8](repeating: 0, count: 8 * L.count)
      bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { a.store(bigEndianTo: base) } }
      let text = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      #expect(BigNumber(hexadecimal: text) == big)
      bytes.withUnsafeBytes { if let base = $0.baseAddress { #expect(L(bigEndian: base) == a) } }
    }
    #expect(L.zero[L.count] == 0)
    #expect(L.zero[-1] == 0)
  }

  @Test("256 bits are as the model has them") func four() { check(Limbs4.self) }
  @Test("384 bits are as the model has them") func six() { check(Limbs6.self) }

  @Test("Digits of a window add up to the number", arguments: 4...12)
  func windows(width: Int) {
    var source = RandomSource(seed: UInt64(width))
    for number in [Limbs4.zero, Limbs4 { _ in .max }] + (0..<rounds(100)).map({ _ in source.limbs() }) {
      var (positive, negative) = (BigNumber(0), BigNumber(0))
      for window in stride(from: 256 / width, through: 0, by: -1) {
        let base = BigNumber(1 << UInt64(width))
        (positive, negative) = (positive * base, negative * base)
        let digit = number.signedDigit(window, width: width)
        #expect(abs(digit) <= 1 << (width - 1))
        if digit > 0 { positive = positive + BigNumber(UInt64(digit)) }
        if digit < 0 { negative = negative + BigNumber(UInt64(-digit)) }
      }
      #expect(positive - negative == BigNumber(number))
    }
  }

  @Test("Digits in non-adjacent form stand for the number, and no two neighbours are not zero")
  func nonAdjacentForm() {
    var source = RandomSource(seed: 5)
    var values: [UInt128] = [0, 1, 2, 3, 0xd201_0000_0001_0000, 1 << 125, (1 << 126) - 1]
    for _ in 0..<rounds(500) { values.append(UInt128(source.next()) << 62 | UInt128(source.next() >> 2)) }
    for value in values {
      var sum: Int128 = 0
      var last = 0
      var isFirst = true
      SignedDigits(value).forEach { digit in
        sum = 2 * sum + Int128(digit)
        #expect(last == 0 || digit == 0)
        if isFirst { #expect(digit == 1) }
        (isFirst, last) = (false, digit)
      }
      #expect(sum == Int128(value))
    }
  }
}
