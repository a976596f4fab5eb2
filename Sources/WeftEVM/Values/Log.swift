/// An entry that LOG0 to LOG4 made.
public struct Log: Sendable, Hashable {
  /// The account whose code made it.
  public var address: Address
  /// None to four.
  public var topics: [Hash256]
  public var data: [UInt8]

  public init(address: Address, topics: [Hash256], data: [UInt8]) {
    self.address = address
    self.topics = topics
    self.data = data
  }
}
