/// What a parse accepts beyond and short of RFC 8259.
public struct JSONOptions: Sendable, Hashable {
  /// Most arrays and objects inside each other. The parser does not recurse, so any number is safe.
  public var depthLimit: Int
  /// Most bytes of a text; more than 2^31 - 1 are never taken.
  public var byteLimit: Int
  /// Whether an object may name a member twice. Lookups then find the first.
  public var allowsDuplicateKeys: Bool

  public init(
    depthLimit: Int = 512, byteLimit: Int = Int(Int32.max), allowsDuplicateKeys: Bool = false
  ) {
    self.depthLimit = depthLimit
    self.byteLimit = byteLimit
    self.allowsDuplicateKeys = allowsDuplicateKeys
  }
}
