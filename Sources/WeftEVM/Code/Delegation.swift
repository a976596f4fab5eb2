/// The code of an account that lets another one's code run in its name (EIP-7702): `0xef0100` and an address.
enum Delegation {
  static var size: Int { 23 }

  /// The address that code delegates to; `nil` where it is no delegation.
  static func target(of code: UnsafeRawBufferPointer) -> UInt256? {
    guard code.count == size, code[0] == 0xef, code[1] == 0x01, code[2] == 0x00, let base = code.baseAddress
    else { return nil }
    let high = UInt64(UInt32(bigEndian: base.loadUnaligned(fromByteOffset: 3, as: UInt32.self)))
    let middle = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: 7, as: UInt64.self))
    let low = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: 15, as: UInt64.self))
    return UInt256(limbs: low, middle, high, 0)
  }

  /// The code that delegates to an address.
  static func code(for address: UInt256) -> [UInt8] {
    var code: [UInt8] = [0xef, 0x01, 0x00]
    for shift in [24, 16, 8, 0] { code.append(UInt8(truncatingIfNeeded: address.limb2 >> UInt64(shift))) }
    for limb in [address.limb1, address.limb0] {
      withUnsafeBytes(of: limb.bigEndian) { code.append(contentsOf: $0) }
    }
    return code
  }
}
