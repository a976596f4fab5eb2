import WeftJSON

/// What a file of the official tests contains, told by the members of its first test.
public enum FixtureKind: Sendable, Hashable {
  case stateTests
  case vmTests
  case transactionTests
  case trieTests
  case rlpTests
  case hexPrefixTests
  case encodedTransactions
  /// Data that belongs to the collection but tests nothing that is here.
  case other(reason: String)

  public init(_ root: JSONValue) {
    let first = root[0] ?? root.members.first { _ in true }?.value
    func has(_ keys: String...) -> Bool { keys.allSatisfy { first?[$0] != nil } }
    if root.isArray {
      if has("unsigned", "signed") {
        self = .encodedTransactions
      } else if has("key", "addr") {
        self = .other(reason: "keys and addresses, which other tests read")
      } else {
        self = .stateTests
      }
    } else if has("exec") {
      self = .vmTests
    } else if has("txbytes", "result") {
      self = .transactionTests
    } else if has("in", "root") {
      self = .trieTests
    } else if has("in", "tests") {
      self = .other(reason: "neighbours of keys in tries, which no rule of the EVM needs")
    } else if has("in", "out") {
      self = .rlpTests
    } else if has("seq", "term") {
      self = .hexPrefixTests
    } else if has("decryption_type") || has("mac") {
      self = .other(reason: "ciphers of the network protocol")
    } else if root["genesis_rlp_hex"] != nil {
      self = .other(reason: "genesis block of a network that is gone")
    } else {
      // Whatever is wrong with it, the reader of state tests tells.
      self = .stateTests
    }
  }

  /// The suite that its tests count for; `nil` for state tests, whose folder decides.
  var suite: StateTestSuite? {
    switch self {
    case .stateTests: nil
    case .vmTests: .virtualMachine
    case .transactionTests: .transactions
    case .trieTests: .tries
    case .rlpTests: .encoding
    case .hexPrefixTests, .encodedTransactions, .other: .basics
    }
  }
}
