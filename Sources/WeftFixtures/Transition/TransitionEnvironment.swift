import WeftEVM
import WeftJSON

/// The block of a state transition: the file `env.json` of transition tools. Numbers are hexadecimal digits behind
/// "0x", decimal digits, or JSON numbers.
public struct TransitionEnvironment: Sendable {
  /// An ommer: who mined it, and how many blocks before this one.
  public struct Ommer: Sendable, Hashable {
    public var age: UInt64
    public var coinbase: Address
  }

  public var coinbase: Address
  public var gasLimit: UInt64
  public var number: UInt64
  public var timestamp: UInt64
  public var difficulty: UInt256?
  public var random: UInt256?
  public var baseFee: UInt256?
  public var parentBaseFee: UInt256?
  public var parentGasUsed: UInt64?
  public var parentGasLimit: UInt64?
  public var excessBlobGas: UInt64?
  public var parentExcessBlobGas: UInt64?
  public var parentBlobGasUsed: UInt64?
  public var parentBeaconRoot: Hash256?
  public var blockHashes: [UInt64: Hash256] = [:]
  public var ommers: [Ommer] = []
  public var withdrawals: [Withdrawal]?

  /// Reads the object.
  public init(_ value: JSONValue) throws(JSONError) {
    let object = try value.checkedObject()
    func word(_ key: String) throws(JSONError) -> UInt256? {
      guard let member = object[key], !member.isNull else { return nil }
      return try member.anyNumber()
    }
    func number(_ key: String) throws(JSONError) -> UInt64? {
      guard let member = object[key], !member.isNull else { return nil }
      return try member.anyUInt64()
    }
    coinbase = try object.required("currentCoinbase").address()
    gasLimit = try object.required("currentGasLimit").anyUInt64()
    self.number = try object.required("currentNumber").anyUInt64()
    timestamp = try object.required("currentTimestamp").anyUInt64()
    difficulty = try word("currentDifficulty")
    random = try word("currentRandom")
    baseFee = try word("currentBaseFee")
    parentBaseFee = try word("parentBaseFee")
    parentGasUsed = try number("parentGasUsed")
    parentGasLimit = try number("parentGasLimit")
    excessBlobGas = try number("currentExcessBlobGas")
    parentExcessBlobGas = try number("parentExcessBlobGas")
    parentBlobGasUsed = try number("parentBlobGasUsed")
    parentBeaconRoot = try word("parentBeaconBlockRoot").map { Hash256(word: $0) }
    if let hashes = object["blockHashes"], !hashes.isNull {
      for (key, hash) in try hashes.checkedObject().members {
        blockHashes[try key.anyUInt64()] = try hash.hash()
      }
    }
    if let list = object["ommers"], !list.isNull {
      for ommer in try list.checkedArray().elements {
        ommers.append(
          Ommer(
            age: try ommer.required("delta").anyUInt64(), coinbase: try ommer.required("address").address()))
      }
    }
    if let list = object["withdrawals"], !list.isNull {
      var withdrawals: [Withdrawal] = []
      for item in try list.checkedArray().elements { withdrawals.append(try Withdrawal(json: item)) }
      self.withdrawals = withdrawals
    }
  }

  /// What is missing for a fork.
  public struct Missing: Error, Sendable, Hashable, CustomStringConvertible {
    public var fork: Fork
    public var members: String

    public var description: String { "\(fork) needs \(members)" }
  }

  /// The block as code sees it. What the environment does not give follows from its parent.
  public func block(
    _ fork: Fork, chainID: UInt64, schedule: BlobSchedule?
  ) throws(Missing) -> BlockEnvironment {
    var block = BlockEnvironment(
      coinbase: coinbase, number: number, timestamp: timestamp, gasLimit: gasLimit, blobSchedule: schedule,
      chainID: chainID)
    if fork >= .paris {
      guard let random else { throw Missing(fork: fork, members: "currentRandom") }
      block.random = random
    } else {
      guard let difficulty else { throw Missing(fork: fork, members: "currentDifficulty") }
      block.random = difficulty
    }
    if fork >= .london {
      if let baseFee {
        block.baseFee = baseFee
      } else if let parentBaseFee, let parentGasUsed, let parentGasLimit {
        block.baseFee = BlockRules.baseFee(
          parentBaseFee: parentBaseFee, parentGasUsed: parentGasUsed, parentGasLimit: parentGasLimit)
      } else {
        throw Missing(
          fork: fork, members: "currentBaseFee, or parentBaseFee, parentGasUsed and parentGasLimit")
      }
    }
    if let excessBlobGas {
      block.excessBlobGas = excessBlobGas
    } else if let schedule = schedule ?? BlobSchedule(fork) {
      block.excessBlobGas = schedule.nextExcess(
        excess: parentExcessBlobGas ?? 0, used: parentBlobGasUsed ?? 0,
        baseFee: UInt64(clamping: parentBaseFee ?? .zero), fork: fork)
    }
    let hashes = blockHashes
    block.hash = { hashes[$0] }
    return block
  }
}

extension Withdrawal {
  init(json value: JSONValue) throws(JSONError) {
    self.init(
      index: try value.required("index").anyUInt64(),
      validator: try value.required("validatorIndex").anyUInt64(),
      recipient: try value.required("address").address(), amount: try value.required("amount").anyUInt64())
  }
}

extension BlobSchedule {
  /// Reads `{target, max, baseFeeUpdateFraction}`.
  public init(json value: JSONValue) throws(JSONError) {
    self.init(
      target: try value.required("target").anyUInt64(), maximum: try value.required("max").anyUInt64(),
      updateFraction: try value.required("baseFeeUpdateFraction").anyUInt64())
  }
}
