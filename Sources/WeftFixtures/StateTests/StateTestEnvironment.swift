import WeftEVM
import WeftJSON

/// The block that a state test's transaction is in.
public struct StateTestEnvironment: Sendable, Hashable {
  public var coinbase: Address
  public var gasLimit: UInt64
  public var number: UInt64
  public var timestamp: UInt64
  public var difficulty: UInt256 = .zero
  /// The value of PREVRANDAO, where the test has one.
  public var random: UInt256?
  public var baseFee: UInt256?
  public var excessBlobGas: UInt64?

  init(_ value: JSONValue) throws(JSONError) {
    coinbase = try value.required("currentCoinbase").address()
    gasLimit = try value.required("currentGasLimit").uint64()
    number = try value.required("currentNumber").uint64()
    timestamp = try value.required("currentTimestamp").uint64()
    if let difficulty = value["currentDifficulty"] { self.difficulty = try difficulty.word() }
    if let random = value["currentRandom"] { self.random = try random.word() }
    if let baseFee = value["currentBaseFee"] { self.baseFee = try baseFee.word() }
    if let excess = value["currentExcessBlobGas"] { excessBlobGas = try excess.uint64() }
  }
}
