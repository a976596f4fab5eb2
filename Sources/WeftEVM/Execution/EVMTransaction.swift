/// A transaction as it is executed: its sender is known, signatures are done with.
public struct EVMTransaction: Sendable {
  public enum Kind: Int, Sendable, Hashable, CaseIterable {
    case legacy
    /// EIP-2930.
    case accessList
    /// EIP-1559.
    case dynamicFee
    /// EIP-4844.
    case blob
    /// EIP-7702.
    case setCode
  }

  /// An address and slots of its storage that begin warm.
  public struct AccessListEntry: Sendable, Hashable {
    public var address: Address
    public var slots: [UInt256]

    public init(address: Address, slots: [UInt256] = []) {
      self.address = address
      self.slots = slots
    }
  }

  /// A permission to run another account's code in the authority's name.
  public struct Authorization: Sendable, Hashable {
    public var chainID: UInt256
    /// Whose code runs; the zero address ends a delegation.
    public var address: Address
    public var nonce: UInt64
    /// The signer; `nil` where the signature is none.
    public var authority: Address?

    public init(chainID: UInt256, address: Address, nonce: UInt64, authority: Address?) {
      self.chainID = chainID
      self.address = address
      self.nonce = nonce
      self.authority = authority
    }
  }

  public var kind: Kind
  public var sender: Address
  public var nonce: UInt64
  /// `nil` creates a contract.
  public var recipient: Address?
  public var value: UInt256
  public var data: [UInt8]
  public var gasLimit: UInt64
  /// The gas price; with dynamic fees the most that is paid for a unit of gas.
  public var maximumFee: UInt256
  /// The most that goes to the coinbase for a unit of gas; equal to `maximumFee` without dynamic fees.
  public var priorityFee: UInt256
  public var accessList: [AccessListEntry]
  public var blobHashes: [Hash256]
  public var maximumBlobFee: UInt256
  public var authorizations: [Authorization]

  public init(
    kind: Kind = .legacy, sender: Address, nonce: UInt64 = 0, recipient: Address?, value: UInt256 = .zero,
    data: [UInt8] = [], gasLimit: UInt64, maximumFee: UInt256 = .zero, priorityFee: UInt256? = nil,
    accessList: [AccessListEntry] = [], blobHashes: [Hash256] = [], maximumBlobFee: UInt256 = .zero,
    authorizations: [Authorization] = []
  ) {
    self.kind = kind
    self.sender = sender
    self.nonce = nonce
    self.recipient = recipient
    self.value = value
    self.data = data
    self.gasLimit = gasLimit
    self.maximumFee = maximumFee
    self.priorityFee = priorityFee ?? maximumFee
    self.accessList = accessList
    self.blobHashes = blobHashes
    self.maximumBlobFee = maximumBlobFee
    self.authorizations = authorizations
  }

  /// Gas that every execution costs before code runs; `UInt64.max` where 64 bits do not hold it.
  public func intrinsicGas(_ fork: Fork) -> UInt64 { intrinsicGas(GasSchedule(fork)) }

  /// The least gas that the transaction uses (EIP-7623); 0 for forks without such a rule.
  public func floorGas(_ fork: Fork) -> UInt64 { floorGas(GasSchedule(fork)) }

  func intrinsicGas(_ schedule: GasSchedule) -> UInt64 {
    var gas = 21000 &+ 4 &* tokens(schedule)
    if recipient == nil {
      let words = (UInt64(truncatingIfNeeded: data.count) &+ 31) / 32
      gas &+= schedule.creationTransaction &+ UInt64(clamping: schedule.initCodeWord) &* words
    }
    for entry in accessList { gas &+= 2400 &+ 1900 &* UInt64(truncatingIfNeeded: entry.slots.count) }
    return gas &+ 25000 &* UInt64(truncatingIfNeeded: authorizations.count)
  }

  func floorGas(_ schedule: GasSchedule) -> UInt64 {
    schedule.floorPerToken == 0 ? 0 : 21000 &+ schedule.floorPerToken &* tokens(schedule)
  }

  private func tokens(_ schedule: GasSchedule) -> UInt64 {
    var zeros: UInt64 = 0
    for byte in data where byte == 0 { zeros &+= 1 }
    return zeros &+ (UInt64(truncatingIfNeeded: data.count) &- zeros) &* schedule.nonZeroByteTokens
  }
}
