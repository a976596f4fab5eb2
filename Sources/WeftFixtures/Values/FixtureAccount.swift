import WeftEVM
import WeftJSON

/// An account of a pre- or post-state.
public struct FixtureAccount: Sendable, Hashable {
  public var address: Address
  public var nonce: UInt64
  public var balance: UInt256
  public var code: [UInt8]
  /// Slots in the order of the file; zero values stand for nothing.
  public var storage: [Slot]

  public struct Slot: Sendable, Hashable {
    public var key: UInt256
    public var value: UInt256

    public init(key: UInt256, value: UInt256) {
      self.key = key
      self.value = value
    }
  }

  public init(
    address: Address, nonce: UInt64 = 0, balance: UInt256 = .zero, code: [UInt8] = [], storage: [Slot] = []
  ) {
    self.address = address
    self.nonce = nonce
    self.balance = balance
    self.code = code
    self.storage = storage
  }

  /// Reads one member of an allocation. Absent parts are zero.
  init(address: Address, _ value: JSONValue) throws(JSONError) {
    var account = FixtureAccount(address: address)
    for (key, part) in try value.checkedObject().members {
      switch key.string {
      case "nonce": account.nonce = try part.uint64()
      case "balance": account.balance = try part.word()
      case "code": account.code = try part.hexadecimalBytes()
      case "storage":
        for (slot, content) in try part.checkedObject().members {
          account.storage.append(Slot(key: try slot.word(), value: try content.word()))
        }
      default: throw key.fault("a part of an account: nonce, balance, code, storage")
      }
    }
    self = account
  }

  /// Reads an allocation: an object of accounts by address.
  public static func accounts(_ value: JSONValue) throws(JSONError) -> [FixtureAccount] {
    var accounts: [FixtureAccount] = []
    accounts.reserveCapacity(value.count)
    for (key, part) in try value.checkedObject().members {
      accounts.append(try FixtureAccount(address: try key.address(), part))
    }
    return accounts
  }
}
