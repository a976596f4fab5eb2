/// The block that an execution belongs to, as far as code can see it.
public struct BlockEnvironment: Sendable {
  /// The hash of one of the last 256 blocks, by number; `nil` for 0.
  public typealias HashProvider = @Sendable (UInt64) -> Hash256?

  public var coinbase: Address
  public var number: UInt64
  public var timestamp: UInt64
  public var gasLimit: UInt64
  /// DIFFICULTY before Paris, PREVRANDAO from there on.
  public var random: UInt256
  public var baseFee: UInt256
  /// Excess blob gas; with the schedule it gives the blobs' price.
  public var excessBlobGas: UInt64
  /// `nil` for the fork's own.
  public var blobSchedule: BlobSchedule?
  public var chainID: UInt64
  public var hash: HashProvider

  public init(
    coinbase: Address = Address(word: .zero), number: UInt64 = 1, timestamp: UInt64 = 1,
    gasLimit: UInt64 = 30_000_000, random: UInt256 = .zero, baseFee: UInt256 = .zero,
    excessBlobGas: UInt64 = 0, blobSchedule: BlobSchedule? = nil, chainID: UInt64 = 1,
    hash: @escaping HashProvider = { _ in nil }
  ) {
    self.coinbase = coinbase
    self.number = number
    self.timestamp = timestamp
    self.gasLimit = gasLimit
    self.random = random
    self.baseFee = baseFee
    self.excessBlobGas = excessBlobGas
    self.blobSchedule = blobSchedule
    self.chainID = chainID
    self.hash = hash
  }

  /// Price of one unit of blob gas under a fork; `nil` where blobs do not exist or nobody could pay it.
  public func blobBaseFee(_ fork: Fork) -> UInt256? {
    guard let schedule = blobSchedule ?? BlobSchedule(fork) else { return nil }
    return schedule.price(excess: excessBlobGas).map { UInt256(low: $0, high: 0) }
  }
}
