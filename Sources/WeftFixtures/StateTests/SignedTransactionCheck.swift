import WeftEVM
import WeftPrecompiles

/// Compares the signed transaction that a case has with the fields of its test: encoding, signature, sender.
enum SignedTransactionCheck {
  /// One line for each thing that is wrong.
  static func problems(
    _ bytes: [UInt8], of test: StateTest, _ item: StateTestCase, refusal: Refusal?
  ) -> [String] {
    // Forks refuse what they do not know when they execute it; here everything is decoded.
    let fork = Fork.osaka
    do throws(TransactionError) {
      let signed = try SignedTransaction(decoding: bytes, fork: fork)
      if refusal == .malformed { return ["txbytes: decoded, though a field is larger than its type"] }
      let found = try signed.executable(
        fork: fork, chainID: UInt256(test.chainID), recovery: Secp256k1Recovery())
      guard let expected = test.transaction.transaction(item.indexes) else { return [] }
      var problems = differences(expected, found).map { "txbytes: other \($0)" }
      if signed.encoded != bytes { problems.append("txbytes: encoded again it is other bytes") }
      return problems
    } catch {
      return refusal == .malformed ? [] : ["txbytes: \(error)"]
    }
  }

  private static func differences(_ first: EVMTransaction, _ second: EVMTransaction) -> [String] {
    let parts: [(String, Bool)] = [
      ("type", first.kind == second.kind), ("sender", first.sender == second.sender),
      ("nonce", first.nonce == second.nonce), ("recipient", first.recipient == second.recipient),
      ("value", first.value == second.value), ("data", first.data == second.data),
      ("gas limit", first.gasLimit == second.gasLimit), ("fee", first.maximumFee == second.maximumFee),
      ("priority fee", first.priorityFee == second.priorityFee),
      ("access list", first.accessList == second.accessList),
      ("blobs", first.blobHashes == second.blobHashes),
      ("blob fee", first.maximumBlobFee == second.maximumBlobFee),
      ("authorizations", first.authorizations == second.authorizations),
    ]
    return parts.filter { !$0.1 }.map(\.0)
  }
}
