/// One instruction of a program as people look at it: where it stands, how it is written, who owns it.
public struct Instruction: Sendable, Hashable {
  public var address: UInt64
  /// The encoded word; for the EVM the opcode byte.
  public var word: UInt32
  /// The executor's mnemonic, `nil` where no executor claims the word.
  public var mnemonic: String?
  /// The extension that registered the executor.
  public var owner: String?

  public init(address: UInt64, word: UInt32, mnemonic: String?, owner: String?) {
    self.address = address
    self.word = word
    self.mnemonic = mnemonic
    self.owner = owner
  }
}
