extension SignedTransaction {
  /// Reads a transaction in the encoding in which it is sent and hashed.
  ///
  /// - Parameter fork: what the fork does not know is refused: types, and chain ids in v before EIP-155.
  public init(decoding bytes: [UInt8], fork: Fork) throws(TransactionError) {
    guard let first = bytes.first else {
      throw .malformed(.transaction, RLPError(.endOfInput(needed: 1, available: 0), at: 0))
    }
    // A list is a legacy transaction, anything else has its type in front (EIP-2718).
    guard first < 0xc0 else {
      try self.init(legacy: bytes, fork: fork)
      return
    }
    guard let kind = EVMTransaction.Kind(rawValue: Int(first)), kind != .legacy,
      kind.rawValue <= GasSchedule(fork).maximumTransactionType
    else { throw .typeNotSupported(first, fork: fork) }
    try self.init(typed: Array(bytes.dropFirst()), kind: kind)
  }

  private init(legacy bytes: [UInt8], fork: Fork) throws(TransactionError) {
    var fields = try TransactionFields(bytes, count: 9)
    nonce = try fields.uint64(.nonce)
    maximumFee = try fields.number(.maximumFee)
    gasLimit = try fields.uint64(.gasLimit)
    recipient = try fields.next(.recipient) { (value) throws(RLPError) in try value.optionalAddress() }
    value = try fields.number(.value)
    data = try fields.next(.data) { (value) throws(RLPError) in try value.bytes() }
    signature = try fields.signature()
    kind = .legacy
    priorityFee = maximumFee
    accessList = []
    maximumBlobFee = .zero
    blobHashes = []
    authorizations = []
    if signature.v == 27 || signature.v == 28 {
      chainID = nil
    } else if fork >= .spuriousDragon, signature.v >= 35 {
      chainID = (signature.v &- 35).shiftedRight(1)
    } else {
      throw .invalidSignature(signature)
    }
  }

  private init(typed bytes: [UInt8], kind: EVMTransaction.Kind) throws(TransactionError) {
    let count =
      switch kind {
      case .legacy, .accessList: 11
      case .dynamicFee: 12
      case .blob: 14
      case .setCode: 13
      }
    var fields = try TransactionFields(bytes, count: count)
    self.kind = kind
    chainID = try fields.number(.chainID)
    nonce = try fields.uint64(.nonce)
    let hasPriority = kind.rawValue >= EVMTransaction.Kind.dynamicFee.rawValue
    let priority = hasPriority ? try fields.number(.priorityFee) : nil
    maximumFee = try fields.number(.maximumFee)
    priorityFee = priority ?? maximumFee
    gasLimit = try fields.uint64(.gasLimit)
    recipient = try fields.next(.recipient) { (value) throws(RLPError) in try value.optionalAddress() }
    value = try fields.number(.value)
    data = try fields.next(.data) { (value) throws(RLPError) in try value.bytes() }
    accessList = try fields.next(.accessList) { (value) throws(RLPError) in try Self.accessList(value) }
    maximumBlobFee = kind == .blob ? try fields.number(.maximumBlobFee) : .zero
    blobHashes =
      kind == .blob
      ? try fields.next(.blobHashes) { (value) throws(RLPError) in
        var hashes: [Hash256] = []
        for item in try value.items() { hashes.append(try item.hash()) }
        return hashes
      } : []
    authorizations =
      kind == .setCode
      ? try fields.next(.authorizations) { (value) throws(RLPError) in
        var authorizations: [SignedAuthorization] = []
        for item in try value.items() { authorizations.append(try SignedAuthorization(item)) }
        return authorizations
      } : []
    signature = try fields.signature()
    if signature.v > .one { throw .invalidSignature(signature) }
  }

  private static func accessList(
    _ value: RLPValue
  ) throws(RLPError) -> [EVMTransaction.AccessListEntry] {
    var entries: [EVMTransaction.AccessListEntry] = []
    for item in try value.items() {
      let pair = try item.items(count: 2)
      var slots: [UInt256] = []
      for slot in try pair[1].items() { slots.append(try slot.hash().word) }
      entries.append(EVMTransaction.AccessListEntry(address: try pair[0].address(), slots: slots))
    }
    return entries
  }
}

/// The items of a transaction's list, read one after the other.
private struct TransactionFields {
  private var items: ArraySlice<RLPValue>

  init(_ bytes: [UInt8], count: Int) throws(TransactionError) {
    do throws(RLPError) {
      items = try RLPValue(decoding: bytes).items(count: count)[...]
    } catch {
      throw .malformed(.transaction, error)
    }
  }

  mutating func next<Value>(
    _ field: TransactionField, _ read: (RLPValue) throws(RLPError) -> Value
  ) throws(TransactionError) -> Value {
    do throws(RLPError) {
      guard let item = items.popFirst() else { throw RLPError(.itemCount(0, expected: 1), at: 0) }
      return try read(item)
    } catch {
      throw .malformed(field, error)
    }
  }

  mutating func number(_ field: TransactionField) throws(TransactionError) -> UInt256 {
    try next(field) { (value) throws(RLPError) in try value.number() }
  }

  mutating func uint64(_ field: TransactionField) throws(TransactionError) -> UInt64 {
    try next(field) { (value) throws(RLPError) in try value.uint64() }
  }

  mutating func signature() throws(TransactionError) -> TransactionSignature {
    TransactionSignature(
      v: try number(.signatureV), r: try number(.signatureR), s: try number(.signatureS))
  }
}
