/// Where a run spent its instructions: by call stack, by function and by instruction.
public struct Profile: Sendable {
  public struct Share: Sendable, Hashable {
    public var name: String
    public var instructions: UInt64
  }

  /// One line per call stack, `outer;inner 123`, sorted: the collapsed form that flame-graph tools read.
  public var collapsedStacks: String
  /// Instructions by the function they stand in, most first. Code without a symbol goes by its address.
  public var functions: [Share]
  /// Instructions by mnemonic, most first.
  public var opcodes: [Share]
}
