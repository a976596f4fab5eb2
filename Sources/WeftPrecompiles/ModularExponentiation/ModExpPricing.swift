import WeftEVM

/// What MODEXP costs, for one range of forks.
struct ModExpPricing {
  /// The cost of one multiplication of operands of `length` bytes; `nil` beyond 128 bits.
  let complexity: @Sendable (_ length: UInt128) -> UInt128?
  /// Iterations per byte of the exponent behind the first 32.
  let iterationsPerByte: UInt128
  let divisor: UInt128
  let minimum: UInt128

  /// EIP-198.
  static let byzantium = ModExpPricing(
    complexity: { length in
      if length <= 64 { return length * length }
      if length <= 1024 { return length * length / 4 + 96 * length - 3072 }
      let (square, overflow) = length.multipliedReportingOverflow(by: length)
      return overflow ? nil : square / 16 + 480 * length - 199_680
    },
    iterationsPerByte: 8, divisor: 20, minimum: 0)

  /// EIP-2565.
  static let berlin = ModExpPricing(
    complexity: { words($0) * words($0) }, iterationsPerByte: 8, divisor: 3, minimum: 200)

  /// EIP-7883.
  static let osaka = ModExpPricing(
    complexity: { $0 <= 32 ? 16 : 2 * words($0) * words($0) }, iterationsPerByte: 16, divisor: 1, minimum: 500
  )

  static func pricing(at fork: Int) -> ModExpPricing {
    if fork >= Fork.osaka.rawValue { return osaka }
    return fork >= Fork.berlin.rawValue ? berlin : byzantium
  }

  /// The price, `UInt64.max` where it is more.
  ///
  /// - Parameters:
  ///   - base, exponent, modulus: lengths in bytes.
  ///   - exponentBits: bit length of the exponent's first 32 bytes.
  func gas(base: UInt64, exponent: UInt64, modulus: UInt64, exponentBits: Int) -> UInt64 {
    // Below 2^69: sums and products with a price of 64 bits cannot be lost.
    let rest = exponent > 32 ? UInt128(exponent - 32) * iterationsPerByte : 0
    let iterations = max(1, UInt128(max(0, exponentBits - 1)) + rest)
    guard let complexity = complexity(UInt128(max(base, modulus))) else { return .max }
    // The length stands for any from there on.
    if exponent == .max, complexity > 0 { return .max }
    let (product, overflow) = complexity.multipliedReportingOverflow(by: iterations)
    return overflow ? .max : UInt64(clamping: max(minimum, product / divisor))
  }

  private static func words(_ length: UInt128) -> UInt128 { (length + 7) / 8 }
}
