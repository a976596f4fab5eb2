/// The parts of a MODEXP input.
struct ModExpOperands {
  /// Lengths in bytes, `UInt64.max` where the input says more than 64 bits hold.
  let baseLength, exponentLength, modulusLength: UInt64
  let input: UnsafeRawBufferPointer

  init(_ input: UnsafeRawBufferPointer) {
    self.input = input
    baseLength = Self.length(input, at: 0)
    exponentLength = Self.length(input, at: 32)
    modulusLength = Self.length(input, at: 64)
  }

  /// The bytes of the operand that the input holds; the rest of its length is zeros.
  var base: UnsafeRawBufferPointer { part(at: 96, baseLength) }
  var exponent: UnsafeRawBufferPointer { part(at: exponentOffset, exponentLength) }
  var modulus: UnsafeRawBufferPointer {
    part(at: exponentOffset.saturatingAdding(exponentLength), modulusLength)
  }

  /// Bit length of the exponent's first 32 bytes, or of all of it where it is shorter.
  var leadingExponentBits: Int {
    let length = Int(min(32, exponentLength))
    let head = part(at: exponentOffset, UInt64(length))
    guard let first = head.firstIndex(where: { $0 != 0 }) else { return 0 }
    return (length - first) * 8 - head[first].leadingZeroBitCount
  }

  private var exponentOffset: UInt64 { UInt64(96).saturatingAdding(baseLength) }

  private func part(at offset: UInt64, _ length: UInt64) -> UnsafeRawBufferPointer {
    input.slice(at: Int(clamping: offset), size: Int(clamping: length))
  }

  private static func length(_ input: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<32 {
      let byte = offset + index < input.count ? input[offset + index] : 0
      if value >> 56 != 0 { return .max }
      value = value << 8 | UInt64(byte)
    }
    return value
  }
}

extension UInt64 {
  func saturatingAdding(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
