/// What the state knows of an account besides its storage.
public struct Account: Sendable, Hashable {
  public var nonce: UInt64
  public var balance: UInt256
  /// keccak-256 of its code; `Hash256.emptyCode` where it has none.
  public var codeHash: Hash256
  /// Whether some slot of its storage is not 0. Only creations ask (EIP-7610).
  public var hasStorage: Bool

  public init(
    nonce: UInt64 = 0, balance: UInt256 = .zero, codeHash: Hash256 = .emptyCode, hasStorage: Bool = false
  ) {
    self.nonce = nonce
    self.balance = balance
    self.codeHash = codeHash
    self.hasStorage = hasStorage
  }

  /// Without nonce, balance and code (EIP-161); storage does not count.
  public var isEmpty: Bool { nonce == 0 && balance.isZero && codeHash == .emptyCode }
}
