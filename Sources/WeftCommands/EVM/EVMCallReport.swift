import WeftEVM

/// The result of a call as data: what `weft evm call --json` prints.
struct EVMCallReport: Codable, Equatable {
  enum Status: String, Codable { case success, revert, halt }

  struct LogEntry: Codable, Equatable {
    let address: String
    let topics: [String]
    let data: String
  }

  /// An account as the call has left it.
  struct Change: Codable, Equatable {
    let address: String
    /// The account is gone; the rest is absent then.
    let deleted: Bool
    let nonce: UInt64?
    /// Wei, decimal digits.
    let balance: String?
    /// Hash of its code; absent where it has none.
    let codeHash: String?
    /// Slots that were written, with their values now.
    let storage: [String: String]
  }

  let target: String
  let fork: String
  let engine: String
  let status: Status
  /// Why it halted, or the text that it reverted with where that is one.
  let message: String?
  /// Gas that the call took, without the refund: there is no transaction around it.
  let gasUsed: UInt64
  let gasLeft: UInt64
  /// The refund counter at the end.
  let gasRefund: Int64
  let returnData: String
  let logs: [LogEntry]
  /// Address of the contract that was created.
  let created: String?
  let stateChanges: [Change]
  /// Most gas first; profiled calls only.
  let opcodes: [OpcodeGas]?
  /// The twenty places in code that took most gas; profiled calls only.
  let places: [PlaceGas]?
  let seconds: Double

  struct OpcodeGas: Codable, Equatable {
    let name: String
    let count: UInt64
    let gas: Int64
  }

  struct PlaceGas: Codable, Equatable {
    let contract: String
    let programCounter: UInt64
    let opcode: UInt8
    let count: UInt64
    let gas: Int64
  }

  init(
    _ result: EVMResult, target: String, rules: EVMRules, engine: String, gas: UInt64, changes: StateChanges,
    before: InMemoryState, profiler: GasProfiler?, seconds: Double
  ) {
    self.target = target
    fork = rules.name
    self.engine = engine
    switch result.status {
    case .success: (status, message) = (.success, nil)
    case .reverted: (status, message) = (.revert, RevertReason.text(result.output))
    case .halted(let reason):
      (status, message) = (.halt, "\(reason)" + (result.detail.map { ": \($0)" } ?? ""))
    }
    gasUsed = gas - min(gas, result.gasLeft)
    gasLeft = result.gasLeft
    gasRefund = result.refund
    returnData = HexadecimalBytes.text(result.output)
    logs = result.logs.map {
      LogEntry(
        address: "\($0.address)", topics: $0.topics.map(\.description), data: HexadecimalBytes.text($0.data))
    }
    created = result.createdAddress.map(\.description)
    stateChanges = changes.accounts.sorted { $0.key < $1.key }.compactMap {
      Change($0.key, $0.value, before: before)
    }
    opcodes = profiler.map { profiler in
      profiler.opcodes.map { OpcodeGas(name: $0.key, count: $0.value.executions, gas: $0.value.gas) }
        .sorted { ($1.gas, $0.name) < ($0.gas, $1.name) }
    }
    places = profiler.map { profiler in
      let places = profiler.places.map {
        PlaceGas(
          contract: "\($0.key.contract)", programCounter: $0.key.programCounter,
          opcode: $0.key.opcode.rawValue,
          count: $0.value.executions, gas: $0.value.gas)
      }
      return Array(
        places.sorted { ($1.gas, $0.contract, $0.programCounter) < ($0.gas, $1.contract, $1.programCounter) }
          .prefix(20))
    }
    self.seconds = seconds
  }
}

extension EVMCallReport.Change {
  /// `nil` where what was written is what was there before.
  init?(_ address: Address, _ change: StateChanges.AccountChange, before: InMemoryState) {
    let slots = change.storage.filter { $0.value != before.storage(at: address, slot: $0.key) }
    var (now, then) = (change.account, before.account(at: address))
    now?.hasStorage = false
    then?.hasStorage = false
    if slots.isEmpty, now == then { return nil }
    self.address = "\(address)"
    deleted = change.account == nil
    nonce = change.account?.nonce
    balance = change.account.map { "\($0.balance)" }
    codeHash = change.account.flatMap { $0.codeHash == .emptyCode ? nil : "\($0.codeHash)" }
    storage = Dictionary(
      uniqueKeysWithValues: slots.map { ($0.key.hexadecimal, $0.value.hexadecimal) })
  }
}

/// What contracts say when they revert: `Error(string)` and `Panic(uint256)` of the Solidity ABI.
enum RevertReason {
  static func text(_ output: [UInt8]) -> String? {
    guard output.count >= 36 else { return nil }
    let words = output.dropFirst(4)
    switch Array(output[..<4]) {
    case [0x08, 0xc3, 0x79, 0xa0]:
      guard words.count >= 64, let offset = UInt256(bigEndianBytes: words.prefix(32)), offset == 32,
        let length = UInt256(bigEndianBytes: words.dropFirst(32).prefix(32)), length.fitsInUInt64,
        length.limb0 <= UInt64(words.count - 64)
      else { return nil }
      return String(validating: words.dropFirst(64).prefix(Int(length.limb0)), as: UTF8.self)
    case [0x4e, 0x48, 0x7b, 0x71]:
      guard words.count == 32, let code = UInt256(bigEndianBytes: words) else { return nil }
      return "panic \(code.hexadecimal)"
    default: return nil
    }
  }
}
