import WeftEVM
import WeftJSON
import WeftPrecompiles

/// A transaction of the file `txs.json` of transition tools: signed, or with the key to sign it.
enum TransitionTransaction {
  /// Reads a transaction; one without a signature is signed with its `secretKey`.
  static func read(_ value: JSONValue, fork: Fork) throws(JSONError) -> SignedTransaction {
    let object = try value.checkedObject()
    func word(_ keys: String...) throws(JSONError) -> UInt256? {
      for key in keys {
        if let member = object[key], !member.isNull { return try member.anyNumber() }
      }
      return nil
    }
    let kind = try kind(object)
    var recipient: Address?
    if let to = object["to"], !to.isNull, !to.isString(equalTo: "") { recipient = try to.address() }
    let gas = if let gas = object["gas"] { gas } else { try object.required("gasLimit") }
    let data = if let data = object["input"] { data } else { try object.required("data") }
    let fee = try word("maxFeePerGas", "gasPrice") ?? .zero
    var transaction = SignedTransaction(
      kind: kind, chainID: kind == .legacy ? nil : try word("chainId") ?? .one,
      nonce: try object.required("nonce").anyUInt64(), priorityFee: try word("maxPriorityFeePerGas"),
      maximumFee: fee, gasLimit: try gas.anyUInt64(),
      recipient: recipient, value: try word("value") ?? .zero,
      data: try data.hexadecimalBytes(),
      maximumBlobFee: try word("maxFeePerBlobGas") ?? .zero,
      signature: TransactionSignature(
        v: try word("yParity", "y_parity", "v") ?? .zero, r: try word("r") ?? .zero,
        s: try word("s") ?? .zero))
    if let list = object["accessList"], !list.isNull {
      for entry in try list.checkedArray().elements {
        var slots: [UInt256] = []
        for key in try entry.required("storageKeys").checkedArray().elements {
          slots.append(try key.word())
        }
        transaction.accessList.append(
          EVMTransaction.AccessListEntry(address: try entry.required("address").address(), slots: slots))
      }
    }
    if let list = object["blobVersionedHashes"], !list.isNull {
      for hash in try list.checkedArray().elements { transaction.blobHashes.append(try hash.hash()) }
    }
    if let list = object["authorizationList"], !list.isNull {
      for tuple in try list.checkedArray().elements {
        transaction.authorizations.append(try authorization(tuple))
      }
    }
    let signature = transaction.signature
    if signature.r.isZero, signature.s.isZero, let key = object["secretKey"], !key.isNull {
      let isProtected = !(object["protected"].map { $0.bytes.elementsEqual("false".utf8) } ?? false)
      try sign(&transaction, key, isProtected: isProtected && fork >= .spuriousDragon)
    } else if kind == .legacy, signature.v >= 35 {
      transaction.chainID = (signature.v &- 35).shiftedRight(1)
    }
    return transaction
  }

  private static func kind(_ object: JSONValue) throws(JSONError) -> EVMTransaction.Kind {
    if let type = object["type"], !type.isNull {
      guard let kind = EVMTransaction.Kind(rawValue: Int(clamping: try type.anyUInt64())) else {
        throw type.fault("a type of transactions from 0 to 4")
      }
      return kind
    }
    func has(_ key: String) -> Bool { object[key].map { !$0.isNull } ?? false }
    if has("authorizationList") { return .setCode }
    if has("maxFeePerBlobGas") { return .blob }
    if has("maxFeePerGas") { return .dynamicFee }
    return has("accessList") ? .accessList : .legacy
  }

  private static func authorization(_ value: JSONValue) throws(JSONError) -> SignedAuthorization {
    guard let parity = value["yParity"] ?? value["v"] else {
      throw value.fault("an authorization with yParity")
    }
    var authorization = SignedAuthorization(
      chainID: try value.required("chainId").anyNumber(), address: try value.required("address").address(),
      nonce: try value.required("nonce").anyUInt64(),
      signature: TransactionSignature(
        v: try parity.anyNumber(), r: try value.required("r").anyNumber(),
        s: try value.required("s").anyNumber()))
    if let key = value["secretKey"], !key.isNull, authorization.signature.r.isZero {
      let signed = try signature(of: authorization.signingHash, key)
      authorization.signature = TransactionSignature(
        v: signed.isOdd ? .one : .zero, r: signed.r, s: signed.s)
    }
    return authorization
  }

  private static func sign(
    _ transaction: inout SignedTransaction, _ key: JSONValue, isProtected: Bool
  ) throws(JSONError) {
    // Transition tools sign for chain 1.
    if transaction.kind == .legacy { transaction.chainID = isProtected ? .one : nil }
    let signed = try signature(of: transaction.signingHash, key)
    let base: UInt64 = transaction.kind == .legacy ? (isProtected ? 37 : 27) : 0
    transaction.signature = TransactionSignature(
      v: UInt256(base &+ (signed.isOdd ? 1 : 0)), r: signed.r, s: signed.s)
  }

  private static func signature(
    of hash: Hash256, _ key: JSONValue
  ) throws(JSONError) -> (r: UInt256, s: UInt256, isOdd: Bool) {
    guard let signature = Secp256k1Signing.sign(hash, key: try key.anyNumber()) else {
      throw key.fault("a secret key of secp256k1")
    }
    return signature
  }
}
