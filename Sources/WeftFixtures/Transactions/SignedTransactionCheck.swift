import WeftEVM
import WeftPrecompiles

/// Compares the encoded transaction of a state test's case with the parts that the test lists.
enum SignedTransactionCheck {
  static func problems(
    _ bytes: [UInt8], of test: StateTest, _ item: StateTestCase, refusal: Refusal?
  ) -> [String] {
    let signed: SignedTransaction
    do throws(TransactionError) {
      // The latest fork knows all types; whether the case's fork does is the execution's matter.
      signed = try SignedTransaction(decoding: bytes, fork: .osaka)
    } catch {
      return refusal == .malformed ? [] : ["txbytes: \(error)"]
    }
    var problems: [String] = []
    if signed.encoded != bytes { problems.append("txbytes: encoded again, they differ") }
    do throws(TransactionError) {
      // Before Homestead a high s was allowed.
      let found = try signed.executable(
        fork: .frontier, chainID: signed.chainID ?? .one, recovery: Secp256k1Recovery())
      if let listed = test.transaction.transaction(item.indexes) {
        problems += differences(found, listed).map { "txbytes: \($0) is not that of the test" }
      }
    } catch {
      problems.append("txbytes: \(error)")
    }
    return problems
  }

  private static func differences(_ left: EVMTransaction, _ right: EVMTransaction) -> [String] {
    var names: [String] = []
    if left.kind != right.kind { names.append("type") }
    if left.sender != right.sender { names.append("sender") }
    if left.nonce != right.nonce { names.append("nonce") }
    if left.recipient != right.recipient { names.append("recipient") }
    if left.value != right.value { names.append("value") }
    if left.data != right.data { names.append("data") }
    if left.gasLimit != right.gasLimit { names.append("gas limit") }
    if left.maximumFee != right.maximumFee { names.append("fee") }
    if left.priorityFee != right.priorityFee { names.append("priority fee") }
    if left.accessList != right.accessList { names.append("access list") }
    if left.blobHashes != right.blobHashes { names.append("blob hashes") }
    if left.maximumBlobFee != right.maximumBlobFee { names.append("blob fee") }
    if left.authorizations != right.authorizations { names.append("authorizations") }
    return names
  }
}

extension StateTestTransaction.Authorization {
  /// The signer, `nil` where the signature is none.
  var authority: Address? {
    let signed = SignedAuthorization(
      chainID: chainID, address: address, nonce: nonce,
      signature: TransactionSignature(v: parity, r: r, s: s))
    return signed.authority(Secp256k1Recovery())
  }
}
