/// The bloom filter of logs: 2,048 bits (Yellow Paper, 4.3.1).
public struct LogBloom: Sendable, Hashable {
  /// 256 bytes, bit 0 being the last bit of the last byte.
  public private(set) var bytes = [UInt8](repeating: 0, count: 256)

  public init() {}

  public init(_ logs: some Sequence<Log>) {
    for log in logs { insert(log) }
  }

  /// Adds the address and the topics of a log.
  public mutating func insert(_ log: Log) {
    insert(log.address.bytes)
    for topic in log.topics { insert(topic.bytes) }
  }

  private mutating func insert(_ item: [UInt8]) {
    for bit in Self.bits(item) { bytes[255 &- bit &>> 3] |= 1 &<< UInt8(truncatingIfNeeded: bit & 7) }
  }

  /// Whether logs with an address or a topic of these bytes may be among those that were added.
  public func mayContain(_ item: [UInt8]) -> Bool {
    Self.bits(item).allSatisfy { bytes[255 &- $0 &>> 3] &>> UInt8(truncatingIfNeeded: $0 & 7) & 1 != 0 }
  }

  /// Three bits: the low 11 of the first three pairs of bytes of the hash.
  private static func bits(_ item: [UInt8]) -> [Int] {
    let top = Keccak256.hash(item).word.limb3
    return [48, 32, 16].map { Int(truncatingIfNeeded: top &>> ($0 as UInt64) & 2047) }
  }
}
