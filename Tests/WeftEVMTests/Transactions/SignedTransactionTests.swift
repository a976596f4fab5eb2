import Testing
import WeftEVM

@Suite struct SignedTransactionTests {
  private static let signature = TransactionSignature(v: 1, r: 0x1234, s: 0x5678)

  private static func sample(_ kind: EVMTransaction.Kind) -> SignedTransaction {
    var transaction = SignedTransaction(
      kind: kind, chainID: kind == .legacy ? nil : 1, nonce: 7, maximumFee: 1_000, gasLimit: 100_000,
      recipient: Address("0x00000000000000000000000000000000000000aa"), value: 5, data: [1, 2, 3],
      signature: signature)
    if kind == .legacy {
      transaction.signature.v = 27
      return transaction
    }
    transaction.accessList = [
      EVMTransaction.AccessListEntry(address: Address(word: 9), slots: [0, .max]),
      EVMTransaction.AccessListEntry(address: Address(word: 10)),
    ]
    if kind.rawValue >= EVMTransaction.Kind.dynamicFee.rawValue { transaction.priorityFee = 3 }
    if kind == .blob {
      transaction.maximumBlobFee = 77
      transaction.blobHashes = [Hash256(word: .max), .emptyCode]
    }
    if kind == .setCode {
      transaction.authorizations = [
        SignedAuthorization(chainID: 0, address: Address(word: 4), nonce: 300, signature: signature)
      ]
    }
    return transaction
  }

  /// Answers every question with the hash that was asked for.
  private struct EchoRecovery: SignatureRecovery {
    func signer(of hash: Hash256, isOdd: Bool, r: UInt256, s: UInt256) -> Address? {
      Address(word: isOdd ? hash.word : hash.word &+ 1)
    }
  }

  @Test(arguments: EVMTransaction.Kind.allCases)
  func whatIsEncodedIsReadAgain(kind: EVMTransaction.Kind) throws {
    let transaction = Self.sample(kind)
    let bytes = transaction.encoded
    #expect(try SignedTransaction(decoding: bytes, fork: .osaka) == transaction)
    #expect(kind == .legacy ? bytes[0] >= 0xc0 : Int(bytes[0]) == kind.rawValue)
    #expect(transaction.signingHash != transaction.hash)
    // Every part is in the encoding: bytes that are cut off or put behind are noticed.
    for count in 0..<bytes.count {
      #expect(throws: TransactionError.self) {
        try SignedTransaction(decoding: Array(bytes.prefix(count)), fork: .osaka)
      }
    }
    #expect(throws: TransactionError.self) { try SignedTransaction(decoding: bytes + [0], fork: .osaka) }
  }

  @Test(arguments: [
    (EVMTransaction.Kind.accessList, Fork.istanbul), (.dynamicFee, .berlin), (.blob, .shanghai),
    (.setCode, .cancun),
  ])
  func typesAreRefusedBeforeTheirFork(kind: EVMTransaction.Kind, fork: Fork) throws {
    let error = #expect(throws: TransactionError.self) {
      try SignedTransaction(decoding: Self.sample(kind).encoded, fork: fork)
    }
    #expect(error?.description == "\(fork) has no transactions of type \(kind.rawValue)")
  }

  @Test(arguments: [
    (37 as UInt64, true, 1 as UInt64?), (38, false, 1), (27, true, nil), (28, false, nil), (2709, true, 1337),
  ])
  func vTellsChainAndParity(v: UInt64, isEven: Bool, chain: UInt64?) throws {
    var transaction = Self.sample(.legacy)
    transaction.signature.v = UInt256(v)
    let read = try SignedTransaction(decoding: transaction.encoded, fork: .spuriousDragon)
    #expect(read.chainID == chain.map { UInt256($0) })
    let sender = try read.sender(
      fork: .spuriousDragon, chainID: UInt256(chain ?? 1), recovery: EchoRecovery())
    #expect(sender == Address(word: isEven ? read.signingHash.word &+ 1 : read.signingHash.word))
    if chain != nil {
      let old = #expect(throws: TransactionError.self) {
        try SignedTransaction(decoding: transaction.encoded, fork: .homestead)
      }
      #expect(old?.description == "no signature: v \(v), r 0x1234, s 0x5678")
      let other = #expect(throws: TransactionError.self) {
        try read.sender(fork: .osaka, chainID: 5, recovery: EchoRecovery())
      }
      #expect(other?.description == "for the chain \(chain ?? 0), expected 5")
    }
  }

  @Test func signaturesOutOfRangeAreRefused() throws {
    let order = TransactionSignature.groupOrder
    let half = TransactionSignature.highestLowS
    let cases: [(r: UInt256, s: UInt256, fork: Fork, isValid: Bool)] = [
      (0, 1, .osaka, false), (1, 0, .osaka, false), (order, 1, .osaka, false), (1, order, .frontier, false),
      (order &- 1, 1, .osaka, true), (1, half, .osaka, true), (1, half &+ 1, .homestead, false),
      (1, half &+ 1, .frontier, true),
    ]
    for (r, s, fork, isValid) in cases {
      var transaction = Self.sample(.legacy)
      transaction.signature = TransactionSignature(v: 27, r: r, s: s)
      let sender = try? transaction.sender(fork: fork, chainID: 1, recovery: EchoRecovery())
      #expect((sender != nil) == isValid, "r \(r.hexadecimal), s \(s.hexadecimal), \(fork)")
    }
  }

  @Test func rulesWithoutStateAreChecked() throws {
    func text(_ fork: Fork = .osaka, _ change: (inout EVMTransaction) -> Void) -> String {
      var transaction = EVMTransaction(
        kind: .dynamicFee, sender: .zero, recipient: Address(word: 1), gasLimit: 21_000, maximumFee: 10,
        priorityFee: 1)
      change(&transaction)
      do throws(TransactionRefusal) { try transaction.checkRules(fork) } catch { return "\(error)" }
      return ""
    }
    #expect(text { _ in } == "")
    #expect(text { $0.gasLimit = 20_999 } == "gas limit 20999 is below the intrinsic gas 21000")
    #expect(text { $0.data = [1] }.hasPrefix("gas limit 21000 is below the intrinsic gas 21016"))
    #expect(
      text { ($0.data, $0.gasLimit) = ([1], 21_016) }
        == "gas limit 21016 is below the floor 21040 of its call data")
    #expect(text(.cancun) { ($0.data, $0.gasLimit) = ([1], 21_016) } == "")
    #expect(text { $0.priorityFee = 11 } == "the priority fee is above the whole fee")
    #expect(text { $0.nonce = .max } == "the sender's nonce cannot go higher")
    #expect(text { $0.gasLimit = 16_777_217 }.hasPrefix("gas limit 16777217 is above"))
    #expect(text { $0.maximumFee = .max } == "the sender cannot pay gas and value")
    #expect(text(.berlin) { _ in } == "Berlin has no transactions of type 2")
    #expect(text { ($0.kind, $0.maximumBlobFee) = (.blob, 1) } == "a blob transaction without blobs")
  }

  @Test func bloomsHaveTheBitsOfTheirItems() {
    let log = Log(address: Address(word: 5), topics: [Hash256(word: 1), .emptyCode], data: [1])
    let bloom = LogBloom([log])
    #expect(bloom.mayContain(log.address.bytes) && bloom.mayContain(log.topics[1].bytes))
    #expect(!bloom.mayContain(Address(word: 6).bytes))
    let count = bloom.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    #expect(count > 3 && count <= 9)
    #expect(LogBloom().bytes.allSatisfy { $0 == 0 })
    #expect(LogsHash.hash(of: []) == .emptyList)
  }

  @Test func receiptsAreNamedByTheirType() {
    let receipt = TransactionReceipt(
      kind: .blob, outcome: .status(isSuccess: true), cumulativeGasUsed: 21_000, logs: [])
    #expect(receipt.encoded.first == 3)
    var old = receipt
    old.kind = .legacy
    old.outcome = .stateRoot(.emptyTrie)
    #expect(old.encoded.first == 0xf9 && old.encoded.count == 3 + 33 + 3 + 259 + 1)
    #expect(TransactionReceipt.root(of: []) == .emptyTrie)
    #expect(TransactionReceipt.root(of: [receipt, old]) != TransactionReceipt.root(of: [old, receipt]))
  }
}
