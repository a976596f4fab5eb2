import Weft

/// A fuzz input: four bytes of settings, the code, and the call data.
///
/// | byte | |
/// |---|---|
/// | 0 | the fork, modulo how many there are |
/// | 1 | bit 0 static, bit 1 init code, bit 2 value goes along; bits 6–7 shift the gas, 100,000, right by 2 bits each |
/// | 2, 3 | bytes of code |
struct FuzzInput {
  static let target = Address(word: UInt256(0xc0de))
  static let caller = Address(word: UInt256(0xca11))

  let fork: Fork
  let message: EVMMessage
  let code: [UInt8]

  /// Nil for fewer bytes than the settings and one of code.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 5 else { return nil }
    fork = Fork.allCases[Int(bytes[0]) % Fork.allCases.count]
    let size = min(Int(bytes[2]) | Int(bytes[3]) << 8, bytes.count - 4)
    code = Array(bytes[4..<4 + size])
    let rest = Array(bytes[(4 + size)...])
    let creates = bytes[1] & 2 != 0
    message = EVMMessage(
      caller: Self.caller, target: creates ? nil : Self.target,
      value: bytes[1] & 4 == 0 ? .zero : UInt256(UInt64(5)),
      input: creates ? code : rest, gas: 100_000 >> UInt64(2 * (bytes[1] >> 6)),
      isStatic: !creates && bytes[1] & 1 != 0)
  }

  /// The code as a contract, one that gives back its call data, and somebody with ether.
  var state: InMemoryState {
    let echo: [UInt8] = [0x36, 0x60, 0, 0x60, 0, 0x37, 0x36, 0x60, 0, 0xf3]
    return InMemoryState([
      Self.caller: .init(nonce: 1, balance: UInt256(1_000_000)),
      Self.target: .init(nonce: 1, balance: UInt256(100), code: code, storage: [.one: UInt256(7)]),
      Address(word: UInt256(0xec80)): .init(nonce: 1, code: echo),
    ])
  }
}
