import CEVMC
import WeftEVM

/// The message that an EVM carries out at present, for the instructions that leave to the host.
///
/// One EVM has one session, and one message runs on it at a time: nested calls go through the host and come back to
/// another EVM of the pool.
final class EVMCSession: @unchecked Sendable {  // used by the thread that executes alone
  private(set) var host: EVMCHost?
  /// The account whose storage and balance the code works on.
  private(set) var recipient = evmc_address()
  private(set) var sender = evmc_address()
  private(set) var value = evmc_bytes32()
  private(set) var depth: Int32 = 0
  private(set) var isStatic = false
  private(set) var blobBaseFee = UInt256.zero

  func begin(_ host: EVMCHost, _ message: evmc_message, _ transaction: evmc_tx_context) {
    self.host = host
    recipient = message.recipient
    sender = message.sender
    value = message.value
    depth = message.depth
    isStatic = message.flags & UInt32(EVMC_STATIC.rawValue) != 0
    blobBaseFee = UInt256(transaction.blob_base_fee)
  }

  func end() { host = nil }

  /// The host, while a message runs.
  func requireHost() throws(EVMHalt) -> EVMCHost {
    guard let host else { throw .extensionFailed }
    return host
  }

  /// Halts where the state may not change.
  func requireChangeable() throws(EVMHalt) {
    if isStatic { throw .staticViolation }
  }
}
