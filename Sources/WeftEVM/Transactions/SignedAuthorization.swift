/// An authorization of EIP-7702 as it is sent.
public struct SignedAuthorization: Sendable, Hashable {
  public var chainID: UInt256
  public var address: Address
  public var nonce: UInt64
  /// Its v is the parity of y.
  public var signature: TransactionSignature

  public init(chainID: UInt256, address: Address, nonce: UInt64, signature: TransactionSignature) {
    self.chainID = chainID
    self.address = address
    self.nonce = nonce
    self.signature = signature
  }

  /// What the authority signs: `keccak(0x05 ‖ rlp[chain id, address, nonce])`.
  public var signingHash: Hash256 {
    var encoder = RLPEncoder()
    encoder.list {
      $0.append(chainID)
      $0.append(address)
      $0.append(nonce)
    }
    return Keccak256.hash([0x05] + encoder.bytes)
  }

  /// The signer, `nil` where the signature is none: an authorization of nobody is passed over.
  public func authority(_ recovery: some SignatureRecovery) -> Address? {
    guard signature.v <= .one, signature.isInRange(needsLowS: true) else { return nil }
    return recovery.signer(of: signingHash, isOdd: signature.v == .one, r: signature.r, s: signature.s)
  }

  func executable(_ recovery: some SignatureRecovery) -> EVMTransaction.Authorization {
    EVMTransaction.Authorization(
      chainID: chainID, address: address, nonce: nonce, authority: authority(recovery))
  }

  func encode(to encoder: inout RLPEncoder) {
    encoder.list {
      $0.append(chainID)
      $0.append(address)
      $0.append(nonce)
      $0.append(signature.v)
      $0.append(signature.r)
      $0.append(signature.s)
    }
  }

  init(_ value: RLPValue) throws(RLPError) {
    let items = try value.items(count: 6)
    chainID = try items[0].number()
    address = try items[1].address()
    nonce = try items[2].uint64()
    // EIP-7702: the parity has eight bits.
    signature = TransactionSignature(
      v: try items[3].number(bits: 8), r: try items[4].number(), s: try items[5].number())
  }
}
