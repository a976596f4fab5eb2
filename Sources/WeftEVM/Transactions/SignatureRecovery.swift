/// Finds who signed a hash over secp256k1. `WeftPrecompiles` has one; WeftEVM itself needs no outside library.
public protocol SignatureRecovery: Sendable {
  /// The address of the signer (Yellow Paper, appendix F), `nil` where there is none.
  ///
  /// - Parameters:
  ///   - hash: what was signed.
  ///   - isOdd: whether the y coordinate of the signature's point is.
  ///   - r: the point's x coordinate; 0 and values from the group order on have no signer.
  ///   - s: like `r`; high values are no matter here.
  func signer(of hash: Hash256, isOdd: Bool, r: UInt256, s: UInt256) -> Address?
}
