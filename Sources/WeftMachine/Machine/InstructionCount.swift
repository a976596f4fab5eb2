/// How often an instruction retired in a metered run.
public struct InstructionCount: Sendable, Hashable {
  public var mnemonic: String
  /// The extension that brought the instruction.
  public var owner: String
  public var count: UInt64

  public init(mnemonic: String, owner: String, count: UInt64) {
    (self.mnemonic, self.owner, self.count) = (mnemonic, owner, count)
  }
}
