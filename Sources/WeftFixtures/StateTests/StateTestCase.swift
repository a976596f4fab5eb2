import WeftEVM
import WeftJSON

/// One case of a state test: a variant of its transaction under a fork, and what must come out.
public struct StateTestCase: Sendable {
  /// Which of the transaction's variants.
  public struct Indexes: Sendable, Hashable, CustomStringConvertible {
    public var data: Int
    public var gas: Int
    public var value: Int

    /// "d0g1v0", as fillers write it.
    public var description: String { "d\(data)g\(gas)v\(value)" }
  }

  public var indexes: Indexes
  public var stateRoot: Hash256
  public var logsHash: Hash256
  /// The signed transaction, where the test has it.
  public var transactionBytes: [UInt8]?
  /// Names of the errors of which one must refuse the transaction.
  public var expectedException: String?
  /// The whole post-state, where the test has it. Not read unless a case fails.
  let postState: JSONValue?

  init(_ value: JSONValue) throws(JSONError) {
    let indexes = try value.required("indexes")
    func index(_ key: String) throws(JSONError) -> Int {
      let part = try indexes.required(key)
      guard let index = part.integer(as: Int.self), index >= 0 else { throw part.fault("an index") }
      return index
    }
    self.indexes = Indexes(data: try index("data"), gas: try index("gas"), value: try index("value"))
    stateRoot = try value.required("hash").hash()
    logsHash = try value.required("logs").hash()
    if let bytes = value["txbytes"] { transactionBytes = try bytes.hexadecimalBytes() }
    if let exception = value["expectException"], !exception.isNull {
      guard let name = exception.string else { throw exception.fault("the name of an exception") }
      expectedException = name
    }
    postState = value["state"]
  }

  /// The whole expected post-state, `nil` where the test does not have it.
  public func expectedAccounts() throws(JSONError) -> [FixtureAccount]? {
    guard let postState, postState.isObject else { return nil }
    return try FixtureAccount.accounts(postState)
  }
}
