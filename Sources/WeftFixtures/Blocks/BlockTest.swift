import WeftEVM
import WeftJSON

/// One test of the BlockchainTests format: accounts, a first block, and blocks that follow it or must be refused.
public struct BlockTest: Sendable {
  public struct Entry: Sendable {
    /// The block's encoding.
    public var encoded: [UInt8]
    /// Why the block must be refused; `nil` for a valid one.
    public var exception: String?
  }

  public var name: String
  public var network: String
  /// The first block's encoding.
  public var genesis: [UInt8]
  public var accounts: [FixtureAccount]
  public var blocks: [Entry]
  /// The hash of the last valid block.
  public var lastHash: Hash256
  /// The accounts afterwards, where the test has them.
  public var finalAccounts: [FixtureAccount]?
  public var chainID: UInt64 = 1
  /// Blob parameters by fork name, where the test sets them.
  public var blobSchedules: [String: BlobSchedule] = [:]

  /// Reads one member of a file.
  public init(name: String, _ value: JSONValue) throws(JSONError) {
    self.name = name
    let network = try value.required("network")
    guard let text = network.string else { throw network.fault("the name of a network") }
    self.network = text
    genesis = try value.required("genesisRLP").hexadecimalBytes()
    accounts = try FixtureAccount.accounts(try value.required("pre"))
    lastHash = try value.required("lastblockhash").hash()
    if let post = value["postState"], !post.isNull { finalAccounts = try FixtureAccount.accounts(post) }
    blocks = []
    for block in try value.required("blocks").checkedArray().elements {
      // Where tests name no reason, a block without a decoded header is the invalid one.
      let reason =
        block["expectException"]?.string ?? block["expectExceptionALL"]?.string
        ?? (block["blockHeader"] == nil ? "" : nil)
      blocks.append(Entry(encoded: try block.required("rlp").hexadecimalBytes(), exception: reason))
    }
    guard let configuration = value["config"] else { return }
    if let identifier = configuration["chainid"] { chainID = try identifier.anyUInt64() }
    guard let schedules = configuration["blobSchedule"] else { return }
    for (key, value) in try schedules.checkedObject().members {
      if let forkName = key.string { blobSchedules[forkName] = try BlobSchedule(json: value) }
    }
  }

  /// Reads the tests of a file one by one.
  public static func forEach(
    in path: String, _ body: (BlockTest) throws(FixtureError) -> Void
  ) throws(FixtureError) {
    let document = try FixtureFile.document(path)
    guard document.root.isObject else {
      throw FixtureError(file: path, document.root.fault("an object of tests"))
    }
    for (key, value) in document.root.members {
      let test: BlockTest
      do throws(JSONError) { test = try BlockTest(name: key.string ?? "", value) } catch {
        throw FixtureError(file: path, error)
      }
      try body(test)
    }
  }
}
