import WeftEVM

/// Signers by libsecp256k1.
public struct Secp256k1Recovery: SignatureRecovery {
  public init() {}

  public func signer(of hash: Hash256, isOdd: Bool, r: UInt256, s: UInt256) -> Address? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 96) { bytes in
      guard let base = bytes.baseAddress else { return nil }
      hash.word.storeBigEndian(to: base)
      r.storeBigEndian(to: base + 32)
      s.storeBigEndian(to: base + 64)
      return Secp256k1.signer(hash: base, signature: base + 32, parity: isOdd ? 1 : 0)
        .map { Address(word: $0) }
    }
  }
}
