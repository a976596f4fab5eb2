import Foundation
import Weft

/// A call of evm_differential.py: one line of JSON.
struct EVMRequest: Decodable {
  struct Account: Decodable {
    let nonce: UInt64
    let balance: String
    let code: String
    let storage: [String: String]
  }

  let seed: Int
  let fork: String
  let caller: String
  /// `nil` for a creation.
  let target: String?
  let coinbase: String
  let number: UInt64
  let timestamp: UInt64
  let gasLimit: UInt64
  let data: String
  let gas: UInt64
  let value: UInt64
  let accounts: [String: Account]

  struct Malformed: Error {
    let text: String
  }

  func state() throws -> InMemoryState {
    var state = InMemoryState()
    for (address, account) in accounts {
      state.accounts[try Self.address(address)] = InMemoryState.Entry(
        nonce: account.nonce, balance: try Self.word(account.balance), code: try Self.bytes(account.code),
        storage: Dictionary(
          uniqueKeysWithValues: try account.storage.map { (try Self.word($0.key), try Self.word($0.value)) }))
    }
    return state
  }

  func block() throws -> BlockEnvironment {
    BlockEnvironment(
      coinbase: try Self.address(coinbase), number: number, timestamp: timestamp, gasLimit: gasLimit)
  }

  func message() throws -> EVMMessage {
    EVMMessage(
      caller: try Self.address(caller), target: try target.map(Self.address), value: UInt256(value),
      input: try Self.bytes(data), gas: gas, warmAccounts: [try Self.address(coinbase)])
  }

  func rules() throws -> Fork {
    guard let fork = Fork(name: fork) else { throw Malformed(text: fork) }
    return fork
  }

  private static func address(_ text: String) throws -> Address {
    guard let address = Address(text) else { throw Malformed(text: text) }
    return address
  }

  private static func word(_ text: String) throws -> UInt256 {
    guard let word = UInt256(text) else { throw Malformed(text: text) }
    return word
  }

  private static func bytes(_ text: String) throws -> [UInt8] {
    guard let bytes = HexadecimalBytes.bytes(text) else { throw Malformed(text: text) }
    return bytes
  }
}

/// What came out: one line of JSON.
struct EVMAnswer: Encodable, Equatable {
  struct LogEntry: Encodable, Equatable {
    let address: String
    let topics: [String]
    let data: String
  }

  struct Account: Encodable, Equatable {
    let nonce: String
    let balance: String
    let storage: [String: String]
    let codeHash: String
  }

  let seed: Int
  let status: String
  let gasUsed: UInt64
  let gasRefund: Int64
  let returnData: String
  let logs: [LogEntry]
  let state: [String: Account]

  init(_ request: EVMRequest, _ result: EVMResult, _ state: InMemoryState) {
    seed = request.seed
    status =
      switch result.status {
      case .success: "success"
      case .reverted: "revert"
      case .halted: "halt"
      }
    gasUsed = request.gas - result.gasLeft
    gasRefund = result.refund
    // The code of a new contract is compared as part of the state.
    returnData = HexadecimalBytes.text(result.createdAddress == nil ? result.output : [])
    logs =
      !result.isSuccess
      ? []
      : result.logs.map {
        LogEntry(
          address: "\($0.address)", topics: $0.topics.map(\.description), data: HexadecimalBytes.text($0.data)
        )
      }
    self.state = Dictionary(
      uniqueKeysWithValues: state.accounts.map { address, entry in
        let storage = entry.storage.filter { !$0.value.isZero }.map {
          ($0.key.hexadecimal, $0.value.hexadecimal)
        }
        return (
          "\(address)",
          Account(
            nonce: "0x" + String(entry.nonce, radix: 16), balance: entry.balance.hexadecimal,
            storage: Dictionary(uniqueKeysWithValues: storage), codeHash: "\(Keccak256.hash(entry.code))")
        )
      })
  }
}
