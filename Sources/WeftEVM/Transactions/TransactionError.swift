/// A part of an encoded transaction.
public enum TransactionField: String, Sendable, Hashable, CaseIterable {
  /// All of it.
  case transaction
  case chainID = "chain id"
  case nonce
  case priorityFee = "priority fee"
  case maximumFee = "gas price"
  case gasLimit = "gas limit"
  case recipient
  case value
  case data
  case accessList = "access list"
  case maximumBlobFee = "blob fee"
  case blobHashes = "blob hashes"
  case authorizations
  case signatureV = "v"
  case signatureR = "r"
  case signatureS = "s"
}

/// Why bytes are no transaction that a fork of a chain can know. What depends on a block or a state is a
/// `TransactionRefusal`.
public enum TransactionError: Error, Sendable, Hashable {
  case malformed(TransactionField, RLPError)
  case typeNotSupported(UInt8, fork: Fork)
  /// v is none that the fork knows, or r or s is out of range (EIP-2: s is high).
  case invalidSignature(TransactionSignature)
  case wrongChain(UInt256, expected: UInt256)
  /// The signature is in range, but no key makes it.
  case noSigner(TransactionSignature)
  case refused(TransactionRefusal)
}

extension TransactionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let field, let error): "\(field.rawValue): \(error)"
    case .typeNotSupported(let type, let fork): "\(fork) has no transactions of type \(type)"
    case .invalidSignature(let signature):
      "no signature: v \(signature.v), r \(signature.r.hexadecimal), s \(signature.s.hexadecimal)"
    case .wrongChain(let chain, let expected): "for the chain \(chain), expected \(expected)"
    case .noSigner(let signature):
      "nobody signed it: r \(signature.r.hexadecimal), s \(signature.s.hexadecimal)"
    case .refused(let refusal): "\(refusal)"
    }
  }
}
