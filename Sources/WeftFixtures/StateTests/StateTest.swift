import WeftEVM
import WeftJSON

/// One test of the GeneralStateTests format: a block, accounts, a transaction with variants, and the cases by fork.
public struct StateTest: Sendable {
  /// The cases of one fork, in the order of the file.
  public struct Group: Sendable {
    /// The fork's name as the file has it.
    public var forkName: String
    /// `nil` for a fork that is not known here.
    public var fork: Fork?
    public var cases: [StateTestCase]
  }

  public var name: String
  public var environment: StateTestEnvironment
  public var accounts: [FixtureAccount]
  public var transaction: StateTestTransaction
  public var groups: [Group]
  public var chainID: UInt64 = 1
  /// Blob parameters by fork name, where the test sets them.
  public var blobSchedules: [String: BlobSchedule] = [:]
  /// Labels of variants of the data (`_info.labels`), by the index's decimal digits.
  public var labels: [String: String] = [:]

  /// Reads one member of a file.
  public init(name: String, _ value: JSONValue) throws(JSONError) {
    self.name = name
    environment = try StateTestEnvironment(try value.required("env"))
    accounts = try FixtureAccount.accounts(try value.required("pre"))
    transaction = try StateTestTransaction(try value.required("transaction"))
    groups = []
    for (key, list) in try value.required("post").checkedObject().members {
      guard let forkName = key.string else { throw key.fault("the name of a fork") }
      var cases: [StateTestCase] = []
      for part in try list.checkedArray().elements {
        let item = try StateTestCase(part)
        guard transaction.has(item.indexes) else {
          throw part.error("\(part.path): the transaction has no variant \(item.indexes)")
        }
        cases.append(item)
      }
      groups.append(Group(forkName: forkName, fork: Fork(name: forkName), cases: cases))
    }
    if let configuration = value["config"] { try read(configuration) }
    if let texts = value["_info"]?["labels"] {
      for (key, label) in texts.members {
        if let index = key.string, let text = label.string { labels[index] = text }
      }
    }
  }

  private mutating func read(_ configuration: JSONValue) throws(JSONError) {
    if let identifier = configuration["chainid"] { chainID = try identifier.uint64() }
    guard let schedules = configuration["blobSchedule"] else { return }
    for (key, value) in try schedules.checkedObject().members {
      guard let forkName = key.string else { continue }
      blobSchedules[forkName] = try BlobSchedule(json: value)
    }
  }
}

extension StateTestTransaction {
  /// Whether there is a variant with these indexes.
  func has(_ indexes: StateTestCase.Indexes) -> Bool {
    data.indices.contains(indexes.data) && gasLimits.indices.contains(indexes.gas)
      && values.indices.contains(indexes.value)
  }
}
