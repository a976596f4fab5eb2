extension UInt256: CustomStringConvertible {
  /// Decimal digits.
  public var description: String {
    if fitsInUInt64 { return String(limb0) }
    var rest = self
    var groups: [UInt64] = []
    while !rest.isZero {
      // The largest power of ten in a limb: 19 digits at a time.
      let (quotient, remainder) = rest.dividedByLimb(10_000_000_000_000_000_000)
      groups.append(remainder.limb0)
      rest = quotient
    }
    var text = ""
    for group in groups.reversed() {
      text += text.isEmpty ? String(group) : Self.padded(String(group), to: 19)
    }
    return text
  }

  /// Digits with zeros in front.
  private static func padded(_ digits: String, to count: Int) -> String {
    var text = digits
    while text.utf8.count < count { text = "0" + text }
    return text
  }

  /// "0x" and hexadecimal digits without zeros in front; "0x0" for 0.
  public var hexadecimal: String {
    let digits = paddedDigits.drop { $0 == "0" }
    return digits.isEmpty ? "0x0" : "0x" + digits
  }

  /// "0x" and 64 hexadecimal digits.
  public var paddedHexadecimal: String { "0x" + paddedDigits }

  private var paddedDigits: String {
    [limb3, limb2, limb1, limb0].map { Self.padded(String($0, radix: 16), to: 16) }.joined()
  }

  /// Reads decimal digits, or hexadecimal ones after "0x"; `nil` for anything else and for more than 256 bits.
  public init?(_ text: some StringProtocol) {
    var digits = text.utf8[...]
    let isHexadecimal = digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8)
    if isHexadecimal { digits = digits.dropFirst(2) }
    guard !digits.isEmpty else { return nil }
    var value = UInt256.zero
    for character in digits {
      guard let digit = HexadecimalBytes.value(of: character), isHexadecimal || digit < 10 else { return nil }
      let product = value.multipliedReportingOverflow(by: UInt256(isHexadecimal ? 16 : 10 as UInt64))
      let sum = product.partialValue.addingReportingOverflow(UInt256(UInt64(truncatingIfNeeded: digit)))
      if product.overflow || sum.overflow { return nil }
      value = sum.partialValue
    }
    self = value
  }
}

extension UInt256: ExpressibleByIntegerLiteral {
  /// A literal below 2^64; larger constants are made of limbs or text.
  @inlinable public init(integerLiteral value: UInt64) { self.init(limbs: value, 0, 0, 0) }
}

extension UInt256 {
  @inlinable public init(_ value: UInt128) { self.init(low: value, high: 0) }
}

extension UInt64 {
  /// `nil` where the word has more than 64 bits.
  @inlinable public init?(exactly word: UInt256) {
    guard word.fitsInUInt64 else { return nil }
    self = word.limb0
  }

  /// The word, or `UInt64.max` where it is larger.
  @inlinable public init(clamping word: UInt256) { self = word.fitsInUInt64 ? word.limb0 : .max }
}
