/// Requests of the execution to the beacon chain (EIP-7685): a type and its data, the types in order, none without
/// data.
public struct ExecutionRequests: Sendable, Hashable {
  /// A type's byte and the data behind it.
  public private(set) var encoded: [[UInt8]] = []

  public init() {}

  enum Kind: UInt8 {
    /// EIP-6110.
    case deposit
    /// EIP-7002.
    case withdrawal
    /// EIP-7251.
    case consolidation
  }

  mutating func append(_ kind: Kind, _ data: [UInt8]) {
    if !data.isEmpty { encoded.append([kind.rawValue] + data) }
  }

  /// The hash in a block's header: SHA-256 over the SHA-256 of every request.
  /// - Parameter sha256: gives the 32 bytes of a digest; WeftEVM itself has no such hash.
  public func hash(sha256: ([UInt8]) -> [UInt8]) -> Hash256 {
    Hash256(bytes: sha256(encoded.flatMap(sha256))) ?? .zero
  }
}

/// What the deposit contract logs (EIP-6110).
enum DepositEvent {
  static var contract: Address {
    Address(word: UInt256(low: 0x219a_b540_356c_bb83_9cbe_0530_3d77_05fa, high: 0))
  }

  /// keccak-256 of the event's signature.
  static var topic: Hash256 {
    Hash256(
      word: UInt256(
        low: 0xe7e1_ee91_2fc0_889a_a790_803b_e390_38c5,
        high: 0x649b_bc62_d0e3_1342_afea_4e5c_d82d_4049))
  }

  /// Bytes of the log's data.
  private static let size = 576
  /// Where the parts begin, and how many bytes they have: public key, withdrawal credentials, amount, signature, index.
  private static let parts = [(160, 48), (256, 32), (320, 8), (384, 96), (512, 8)]

  /// The deposit in a log; nil where the log is none of deposits.
  /// - Throws: for a log of a deposit with another layout: the block is invalid.
  static func deposit(in log: Log) throws(BlockError) -> [UInt8]? {
    guard log.address == contract, log.topics.first == topic else { return nil }
    let data = log.data
    guard data.count == size else { throw .depositLog("\(data.count) bytes, not \(size)") }
    func number(at place: Int) -> UInt256 {
      UInt256(bigEndianBytes: data[place..<place + 32]) ?? .max
    }
    var deposit: [UInt8] = []
    for (index, (place, count)) in parts.enumerated() {
      guard number(at: 32 * index) == UInt256(UInt64(place)) else {
        throw .depositLog("part \(index) begins at \(number(at: 32 * index)), not \(place)")
      }
      guard number(at: place) == UInt256(UInt64(count)) else {
        throw .depositLog("part \(index) has \(number(at: place)) bytes, not \(count)")
      }
      deposit += data[place + 32..<place + 32 + count]
    }
    return deposit
  }
}
