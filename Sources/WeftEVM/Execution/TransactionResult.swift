/// What a transaction came to.
public struct TransactionResult: Sendable, Hashable {
  public var status: EVMResult.Status
  public var gasUsed: UInt64
  /// Gas given back at the end, part of what is not in `gasUsed`.
  public var gasRefunded: UInt64
  /// Empty unless the transaction succeeded.
  public var logs: [Log]
  /// What the outermost frame returned, or reverted with.
  public var returnData: [UInt8]
  /// The new contract, where one was made.
  public var createdAddress: Address?
  /// Gas of the transaction's blobs.
  public var blobGasUsed: UInt64

  public var isSuccess: Bool { status == .success }
}
