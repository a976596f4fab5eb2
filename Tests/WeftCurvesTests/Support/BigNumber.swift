@testable import WeftCurves

/// A natural number of any size, by the methods of school: what fields are compared with.
struct BigNumber: Hashable, CustomStringConvertible {
  /// Digits of 32 bits, the lowest first, none of them a leading zero.
  private(set) var digits: [UInt32]

  init(_ digits: [UInt32]) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
  }

  init(_ value: UInt64) { self.init([UInt32(truncatingIfNeeded: value), UInt32(value >> 32)]) }

  init(_ limbs: some Limbs) {
    self.init(
      (0..<type(of: limbs).count).flatMap {
        [UInt32(truncatingIfNeeded: limbs[$0]), UInt32(limbs[$0] >> 32)]
      })
  }

  /// Hexadecimal digits.
  init(hexadecimal text: String) {
    self = text.reduce(BigNumber(0)) { $0 * BigNumber(16) + BigNumber(UInt64($1.hexDigitValue ?? 0)) }
  }

  static func power(of base: BigNumber, _ exponent: Int) -> BigNumber {
    (0..<exponent).reduce(BigNumber(1)) { power, _ in power * base }
  }

  var isZero: Bool { digits.isEmpty }
  var bitCount: Int { digits.count * 32 - (digits.last?.leadingZeroBitCount ?? 0) }
  func bit(_ index: Int) -> Bool {
    index / 32 < digits.count && digits[index / 32] >> UInt32(index % 32) & 1 == 1
  }

  /// The low limbs.
  func limbs<L: Limbs>(_: L.Type = L.self) -> L {
    L { index in
      func digit(_ index: Int) -> UInt64 { index < digits.count ? UInt64(digits[index]) : 0 }
      return digit(2 * index) | digit(2 * index + 1) << 32
    }
  }

  var description: String {
    isZero ? "0x0" : "0x" + digits.reversed().map { hexadecimal($0) }.joined()
  }

  private func hexadecimal(_ digit: UInt32) -> String {
    let text = String(digit, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }
}

extension BigNumber: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
  }

  static func + (left: Self, right: Self) -> Self {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0...max(left.digits.count, right.digits.count) {
      carry += index < left.digits.count ? UInt64(left.digits[index]) : 0
      carry += index < right.digits.count ? UInt64(right.digits[index]) : 0
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    return Self(sum)
  }

  /// The difference, of which the second number is not the greater.
  static func - (left: Self, right: Self) -> Self {
    var difference: [UInt32] = []
    var borrow: Int64 = 0
    for index in left.digits.indices {
      let digit =
        Int64(left.digits[index]) - (index < right.digits.count ? Int64(right.digits[index]) : 0) - borrow
      difference.append(UInt32(truncatingIfNeeded: digit))
      borrow = digit < 0 ? 1 : 0
    }
    return Self(difference)
  }

  static func * (left: Self, right: Self) -> Self {
    var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
    for (i, first) in left.digits.enumerated() {
      var carry: UInt64 = 0
      for (j, second) in right.digits.enumerated() {
        carry += UInt64(first) * UInt64(second) + UInt64(product[i + j])
        product[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product[i + right.digits.count] = UInt32(carry)
    }
    return Self(product)
  }

  /// Quotient and remainder bit by bit; the divisor is not zero.
  func divided(by divisor: Self) -> (quotient: Self, remainder: Self) {
    var quotient = [UInt32](repeating: 0, count: digits.count)
    var remainder = BigNumber(0)
    for index in stride(from: bitCount - 1, through: 0, by: -1) {
      remainder = remainder + remainder + BigNumber(bit(index) ? 1 : 0)
      if remainder >= divisor {
        remainder = remainder - divisor
        quotient[index / 32] |= 1 << UInt32(index % 32)
      }
    }
    return (Self(quotient), remainder)
  }

  static func % (left: Self, right: Self) -> Self { left.divided(by: right).remainder }
}
