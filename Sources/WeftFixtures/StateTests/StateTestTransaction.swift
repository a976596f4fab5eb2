import WeftEVM
import WeftJSON

/// A state test's transaction with all variants of its data, gas limit and value.
public struct StateTestTransaction: Sendable {
  public struct AccessListEntry: Sendable, Hashable {
    public var address: Address
    public var keys: [UInt256]
  }

  public struct Authorization: Sendable, Hashable {
    public var chainID: UInt256
    public var address: Address
    public var nonce: UInt64
    public var parity: UInt256
    public var r, s: UInt256
  }

  public var sender: Address
  /// `nil` creates a contract.
  public var recipient: Address?
  public var nonce: UInt64
  public var gasPrice: UInt256?
  public var maximumFee: UInt256?
  public var priorityFee: UInt256?
  public var maximumBlobFee: UInt256?
  public var blobHashes: [Hash256]?
  public var authorizations: [Authorization]?
  /// Variants, chosen by a case's indexes.
  public var data: [[UInt8]] = []
  public var gasLimits: [UInt64] = []
  public var values: [FixtureQuantity] = []
  /// By index of the data; `nil` where the list is null or absent, which makes a legacy transaction.
  public var accessLists: [[AccessListEntry]?] = []

  init(_ value: JSONValue) throws(JSONError) {
    sender = try value.required("sender").address()
    nonce = try value.required("nonce").uint64()
    if let to = value["to"], !to.isNull, !to.isString(equalTo: "") { recipient = try to.address() }
    if let price = value["gasPrice"] { gasPrice = try price.word() }
    if let fee = value["maxFeePerGas"] { maximumFee = try fee.word() }
    if let fee = value["maxPriorityFeePerGas"] { priorityFee = try fee.word() }
    if let fee = value["maxFeePerBlobGas"] { maximumBlobFee = try fee.word() }
    for part in try value.required("data").checkedArray().elements {
      data.append(try part.hexadecimalBytes())
    }
    for part in try value.required("gasLimit").checkedArray().elements {
      gasLimits.append(try part.uint64())
    }
    for part in try value.required("value").checkedArray().elements { values.append(try part.quantity()) }
    if let lists = value["accessLists"] {
      for list in try lists.checkedArray().elements { accessLists.append(try Self.accessList(list)) }
    }
    if let list = value["blobVersionedHashes"] {
      var hashes: [Hash256] = []
      for part in try list.checkedArray().elements { hashes.append(try part.hash()) }
      blobHashes = hashes
    }
    if let list = value["authorizationList"] {
      var authorizations: [Authorization] = []
      for part in try list.checkedArray().elements { authorizations.append(try Authorization(part)) }
      self.authorizations = authorizations
    }
  }

  /// The type of the transaction (EIP-2718) with a variant of the data.
  public func type(dataIndex: Int) -> UInt8 {
    if authorizations != nil { return 4 }
    if blobHashes != nil { return 3 }
    if maximumFee != nil { return 2 }
    return accessList(dataIndex: dataIndex) == nil ? 0 : 1
  }

  /// The access list of a variant of the data.
  public func accessList(dataIndex: Int) -> [AccessListEntry]? {
    accessLists.indices.contains(dataIndex) ? accessLists[dataIndex] : nil
  }

  private static func accessList(_ value: JSONValue) throws(JSONError) -> [AccessListEntry]? {
    if value.isNull { return nil }
    var entries: [AccessListEntry] = []
    for part in try value.checkedArray().elements {
      var keys: [UInt256] = []
      for key in try part.required("storageKeys").checkedArray().elements { keys.append(try key.word()) }
      entries.append(AccessListEntry(address: try part.required("address").address(), keys: keys))
    }
    return entries
  }
}

extension StateTestTransaction.Authorization {
  init(_ value: JSONValue) throws(JSONError) {
    chainID = try value.required("chainId").word()
    address = try value.required("address").address()
    nonce = try value.required("nonce").uint64()
    // Filled tests have both names for the same number, generated ones one of them.
    guard let parity = value["yParity"] ?? value["v"] else {
      throw value.fault("an authorization with yParity")
    }
    self.parity = try parity.word()
    r = try value.required("r").word()
    s = try value.required("s").word()
  }
}
