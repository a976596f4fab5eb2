/// A transaction as it is sent: types 0 to 4 (EIP-155, 2930, 1559, 4844, 7702).
public struct SignedTransaction: Sendable, Hashable {
  public var kind: EVMTransaction.Kind
  /// `nil` for a legacy transaction that any chain takes.
  public var chainID: UInt256?
  public var nonce: UInt64
  /// The most that goes to the coinbase for a unit of gas; equal to `maximumFee` for types 0 and 1.
  public var priorityFee: UInt256
  /// The gas price; from type 2 on the most that is paid for a unit of gas.
  public var maximumFee: UInt256
  public var gasLimit: UInt64
  /// `nil` creates a contract.
  public var recipient: Address?
  public var value: UInt256
  public var data: [UInt8]
  public var accessList: [EVMTransaction.AccessListEntry]
  public var maximumBlobFee: UInt256
  public var blobHashes: [Hash256]
  public var authorizations: [SignedAuthorization]
  public var signature: TransactionSignature

  public init(
    kind: EVMTransaction.Kind, chainID: UInt256?, nonce: UInt64, priorityFee: UInt256? = nil,
    maximumFee: UInt256, gasLimit: UInt64, recipient: Address?, value: UInt256 = .zero, data: [UInt8] = [],
    accessList: [EVMTransaction.AccessListEntry] = [], maximumBlobFee: UInt256 = .zero,
    blobHashes: [Hash256] = [], authorizations: [SignedAuthorization] = [], signature: TransactionSignature
  ) {
    self.kind = kind
    self.chainID = chainID
    self.nonce = nonce
    self.priorityFee = priorityFee ?? maximumFee
    self.maximumFee = maximumFee
    self.gasLimit = gasLimit
    self.recipient = recipient
    self.value = value
    self.data = data
    self.accessList = accessList
    self.maximumBlobFee = maximumBlobFee
    self.blobHashes = blobHashes
    self.authorizations = authorizations
    self.signature = signature
  }

  /// The transaction's encoding: a list, behind its type from type 1 on.
  public var encoded: [UInt8] { encoding(isSigned: true) }

  /// The transaction's name.
  public var hash: Hash256 { Keccak256.hash(encoded) }

  /// What the sender signs.
  public var signingHash: Hash256 { Keccak256.hash(encoding(isSigned: false)) }

  private func encoding(isSigned: Bool) -> [UInt8] {
    var encoder = RLPEncoder()
    if kind != .legacy { encoder.appendEncoded([UInt8(truncatingIfNeeded: kind.rawValue)]) }
    encoder.list { list in
      appendBody(to: &list)
      if isSigned {
        list.append(signature.v)
        list.append(signature.r)
        list.append(signature.s)
      } else if kind == .legacy, let chainID {
        // EIP-155: the chain stands in the place of v, zeros in those of r and s.
        list.append(chainID)
        list.append(UInt64(0))
        list.append(UInt64(0))
      }
    }
    return encoder.bytes
  }

  private func appendBody(to list: inout RLPEncoder) {
    if kind != .legacy { list.append(chainID ?? .zero) }
    list.append(nonce)
    if kind.rawValue >= EVMTransaction.Kind.dynamicFee.rawValue { list.append(priorityFee) }
    list.append(maximumFee)
    list.append(gasLimit)
    list.append(recipient)
    list.append(value)
    list.append(data)
    if kind == .legacy { return }
    list.list { entries in
      for entry in accessList {
        entries.list { pair in
          pair.append(entry.address)
          pair.list { slots in for slot in entry.slots { slots.append(Hash256(word: slot)) } }
        }
      }
    }
    if kind == .blob {
      list.append(maximumBlobFee)
      list.list { hashes in for hash in blobHashes { hashes.append(hash) } }
    }
    if kind == .setCode {
      list.list { tuples in for authorization in authorizations { authorization.encode(to: &tuples) } }
    }
  }

  /// Who signed the transaction.
  ///
  /// - Parameters:
  ///   - fork: decides whether a high s and a chain id in v are allowed (EIP-2, 155).
  ///   - chainID: the chain that the transaction is for.
  public func sender(
    fork: Fork, chainID: UInt256, recovery: some SignatureRecovery
  ) throws(TransactionError) -> Address {
    if let own = self.chainID, own != chainID { throw .wrongChain(own, expected: chainID) }
    guard signature.isInRange(needsLowS: fork >= .homestead), let isOdd = yIsOdd else {
      throw .invalidSignature(signature)
    }
    let sender = recovery.signer(of: signingHash, isOdd: isOdd, r: signature.r, s: signature.s)
    guard let sender else { throw .noSigner(signature) }
    return sender
  }

  /// The parity that v stands for, `nil` where it stands for none.
  private var yIsOdd: Bool? {
    let parity: UInt256
    if kind != .legacy {
      parity = signature.v
    } else if let chainID {
      parity = signature.v &- 35 &- chainID.shiftedLeft(1)
    } else {
      parity = signature.v &- 27
    }
    return parity <= .one ? parity == .one : nil
  }

  /// The transaction as it is executed, with its sender and the authorities of its authorizations.
  public func executable(
    fork: Fork, chainID: UInt256, recovery: some SignatureRecovery
  ) throws(TransactionError) -> EVMTransaction {
    let sender = try sender(fork: fork, chainID: chainID, recovery: recovery)
    return EVMTransaction(
      kind: kind, sender: sender, nonce: nonce, recipient: recipient, value: value, data: data,
      gasLimit: gasLimit, maximumFee: maximumFee, priorityFee: priorityFee, accessList: accessList,
      blobHashes: blobHashes, maximumBlobFee: maximumBlobFee,
      authorizations: authorizations.map { $0.executable(recovery) })
  }
}
