/// A block that is being executed: what comes before its transactions, the transactions, what comes after them.
///
/// ```swift
/// var block = BlockExecution(evm, in: environment, on: state)
/// try block.begin(parentHash: parent.hash, parentBeaconRoot: root)
/// for transaction in transactions { _ = try block.execute(transaction) }
/// try block.finish(withdrawals: withdrawals)
/// ```
///
/// Rules of all forks but the difficulty and the state of the DAO.
public struct BlockExecution {
  /// Gives the state root as it is now: receipts have it before Byzantium.
  public typealias StateRootProvider = () throws(EVMError) -> Hash256

  private let evm: EVM
  public let environment: BlockEnvironment
  public let state: JournaledState
  private let stateRoot: StateRootProvider

  /// One for every transaction so far.
  public private(set) var receipts: [TransactionReceipt] = []
  public private(set) var gasUsed: UInt64 = 0
  public private(set) var blobGasUsed: UInt64 = 0
  /// What goes to the beacon chain; complete when the block is finished.
  public private(set) var requests = ExecutionRequests()

  /// - Parameters:
  ///   - evm: of the block's fork.
  ///   - environment: the block as code sees it.
  ///   - state: the state before the block; afterwards that behind it.
  ///   - stateRoot: needed before Byzantium only.
  public init(
    _ evm: EVM, in environment: BlockEnvironment, on state: JournaledState,
    stateRoot: @escaping StateRootProvider = { () throws(EVMError) in .zero }
  ) {
    self.evm = evm
    self.environment = environment
    self.state = state
    self.stateRoot = stateRoot
  }

  private var fork: Fork { evm.fork }

  /// Logs of all transactions, in order.
  public var logs: [Log] { receipts.flatMap(\.logs) }

  /// Calls the contracts that keep the history. Contracts that are not there are passed over, and how a call ends does
  /// not matter.
  public mutating func begin(parentHash: Hash256?, parentBeaconRoot: Hash256?) throws(BlockError) {
    if fork >= .cancun, let parentBeaconRoot {
      _ = try call(.beaconRoots, input: parentBeaconRoot.bytes, isRequired: false)
    }
    if fork >= .prague, let parentHash {
      _ = try call(.blockHashes, input: parentHash.bytes, isRequired: false)
    }
  }

  /// Executes the next transaction.
  /// - Throws: `refused` for one that may not be part of the block; nothing has changed then.
  public mutating func execute(_ transaction: EVMTransaction) throws(ExecutionError) -> TransactionResult {
    let blobGas = UInt64(transaction.blobHashes.count) &* BlobSchedule.gasPerBlob
    let maximum = (environment.blobSchedule ?? BlobSchedule(fork))?.maximum ?? 0
    let blobGasLeft = maximum &* BlobSchedule.gasPerBlob &- blobGasUsed
    if transaction.kind == .blob, fork >= .cancun, blobGas > blobGasLeft {
      throw .refused(.blockBlobGasLimitExceeded(gas: blobGas, left: blobGasLeft))
    }
    let result = try evm.execute(
      transaction, in: environment, on: state, gasLeft: environment.gasLimit &- gasUsed)
    gasUsed &+= result.gasUsed
    blobGasUsed &+= result.blobGasUsed
    let outcome: TransactionReceipt.Outcome
    do throws(EVMError) {
      outcome =
        fork >= .byzantium ? .status(isSuccess: result.isSuccess) : .stateRoot(try stateRoot())
    } catch { throw .failed(error) }
    receipts.append(
      TransactionReceipt(
        kind: transaction.kind, outcome: outcome, cumulativeGasUsed: gasUsed, logs: result.logs))
    return result
  }

  /// Pays miner and ommers.
  /// - Parameters:
  ///   - reward: in Wei, `BlockRules.miningReward` where the fork's own is meant.
  ///   - ommers: who mined them, and how many blocks before this one.
  public mutating func payRewards(
    _ reward: UInt256, ommers: [(age: UInt64, coinbase: Address)] = []
  ) throws(BlockError) {
    let share = reward.shiftedRight(5) &* UInt256(UInt64(ommers.count))
    try credit([(environment.coinbase, reward &+ share)])
    for ommer in ommers {
      try credit([(ommer.coinbase, (UInt256(8 &- min(8, ommer.age)) &* reward).shiftedRight(3))])
    }
  }

  /// Pays withdrawals and collects requests.
  public mutating func finish(withdrawals: [Withdrawal] = []) throws(BlockError) {
    try credit(withdrawals.map { ($0.recipient, $0.wei) })
    guard fork >= .prague else { return }
    var deposits: [UInt8] = []
    for log in logs {
      if let deposit = try DepositEvent.deposit(in: log) { deposits += deposit }
    }
    requests.append(.deposit, deposits)
    requests.append(.withdrawal, try call(.withdrawalRequests, input: [], isRequired: true))
    requests.append(.consolidation, try call(.consolidationRequests, input: [], isRequired: true))
  }

  // MARK: Parts

  /// Adds to balances.
  private func credit(_ payments: [(recipient: Address, amount: UInt256)]) throws(BlockError) {
    do throws(DatabaseError) {
      for payment in payments { try state.credit(payment.recipient, with: payment.amount) }
    } catch { throw .failed(.database(error)) }
    state.finishPayments(clearsEmptyAccounts: fork >= .spuriousDragon)
  }

  /// Calls a system contract; the result is what it returns.
  /// - Parameter isRequired: whether a missing contract or a failing call makes the block invalid.
  private func call(
    _ contract: SystemContract, input: [UInt8], isRequired: Bool
  ) throws(BlockError) -> [UInt8] {
    let address = contract.address
    let hasCode: Bool
    do throws(DatabaseError) { hasCode = try !state.code(at: address).isEmpty } catch {
      throw .failed(.database(error))
    }
    if !hasCode {
      if isRequired { throw .missingSystemContract(address) }
      return []
    }
    let message = EVMMessage(
      caller: SystemContract.caller, target: address, input: input, gas: SystemContract.gas,
      gasPrice: environment.baseFee, transfersValue: false)
    let result: EVMResult
    do throws(EVMError) { result = try evm.call(message, in: environment, on: state) } catch {
      throw .failed(error)
    }
    if result.isSuccess { return result.output }
    if isRequired { throw .failedSystemContract(address, result.status) }
    return []
  }
}
