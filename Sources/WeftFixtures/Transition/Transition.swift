import WeftEVM
import WeftJSON
import WeftMachine
import WeftPrecompiles

/// A state transition as transition tools carry it out: accounts, a block and transactions go in; accounts and the
/// results of a block come out. Transactions that are refused are left out and listed.
public struct Transition {
  /// What one transition is made from.
  public struct Options: Sendable {
    public var fork: Fork
    public var chainID: UInt64 = 1
    /// `nil` for the fork's own.
    public var blobSchedule: BlobSchedule?
    /// Reward of the miner in Wei; `nil` for the fork's own, and none where `paysReward` is false.
    public var reward: UInt256?
    public var paysReward = true
    /// Executes the first transaction alone: no system contract, no reward, no withdrawal.
    public var isStateTest = false

    public init(fork: Fork) { self.fork = fork }
  }

  /// A transaction that could be read, with its index in the input.
  private struct Entry {
    var index: Int
    var transaction: SignedTransaction
  }

  /// A transaction that is not part of the block.
  public struct Rejection: Sendable, Hashable {
    public var index: Int
    public var reason: String
  }

  public let options: Options
  public let environment: TransitionEnvironment
  private let before: InMemoryState
  private var entries: [Entry] = []
  private var rejections: [Rejection] = []
  /// The encodings of all transactions that could be read.
  public private(set) var encodedTransactions: [[UInt8]] = []

  /// - Parameters:
  ///   - accounts: the object of `alloc.json`.
  ///   - environment: the object of `env.json`.
  ///   - transactions: the array of `txs.json`, or a string with the encoding of a list of transactions.
  public init(
    accounts: [FixtureAccount], environment: TransitionEnvironment, transactions: JSONValue, options: Options
  ) throws(JSONError) {
    self.options = options
    self.environment = environment
    before = InMemoryState(fixtureAccounts: accounts)
    if transactions.isString {
      try readEncoded(transactions)
    } else if !transactions.isNull {
      for (index, value) in try transactions.checkedArray().elements.enumerated() {
        add(index, try TransitionTransaction.read(value, fork: options.fork))
      }
    }
  }

  /// The transactions as one string with the encoding of their list.
  public var encodedBody: String {
    var encoder = RLPEncoder()
    encoder.list { list in
      for encoding in encodedTransactions {
        // A legacy transaction is a list in the list, any other a byte string.
        if (encoding.first ?? 0) >= 0xc0 { list.appendEncoded(encoding) } else { list.append(encoding) }
      }
    }
    return HexadecimalBytes.text(encoder.bytes)
  }

  private mutating func add(_ index: Int, _ transaction: SignedTransaction) {
    entries.append(Entry(index: index, transaction: transaction))
    encodedTransactions.append(transaction.encoded)
  }

  private mutating func readEncoded(_ text: JSONValue) throws(JSONError) {
    let bytes = try text.hexadecimalBytes()
    let items: [RLPValue]
    do throws(RLPError) { items = try RLPValue(decoding: bytes).items() } catch {
      throw text.error("the encoded transactions: \(error)")
    }
    for (index, item) in items.enumerated() {
      let encoding = item.isList ? item.encoding : (try? item.bytes()) ?? []
      encodedTransactions.append(encoding)
      do throws(TransactionError) {
        entries.append(
          Entry(index: index, transaction: try SignedTransaction(decoding: encoding, fork: options.fork)))
      } catch {
        rejections.append(Rejection(index: index, reason: "\(error)"))
      }
    }
  }

  /// What a transition fails with.
  public enum Failure: Error, CustomStringConvertible {
    case environment(TransitionEnvironment.Missing)
    case machine(MachineError)
    case evm(EVMError)

    public var description: String {
      switch self {
      case .environment(let missing): missing.description
      case .machine(let error): error.description
      case .evm(let error): "\(error)"
      }
    }
  }

  /// Carries the transition out.
  public func run(observer: (any TransitionObserver)? = nil) throws(Failure) -> TransitionResult {
    let block: BlockEnvironment
    do throws(TransitionEnvironment.Missing) {
      block = try environment.block(options.fork, chainID: options.chainID, schedule: options.blobSchedule)
    } catch { throw .environment(error) }
    let evm: EVM
    do throws(MachineError) {
      evm = try EVM(fork: options.fork, extensions: [PrecompilesExtension()])
    } catch { throw .machine(error) }
    let state = JournaledState(before)
    let before = before
    var execution = BlockExecution(evm, in: block, on: state) { () throws(EVMError) in
      var after = before
      after.apply(state.changes())
      return StateRoot.root(of: after)
    }
    var result = TransitionResult(block: block, fork: options.fork)
    result.rejected = rejections
    do throws(BlockError) {
      try carryOut(&execution, evm, &result, observer)
    } catch {
      if case .failed(let failure) = error { throw .evm(failure) }
      result.blockException = "\(error)"
    }
    result.rejected.sort { $0.index < $1.index }
    var after = before
    after.apply(state.changes())
    result.finish(execution, withdrawals: environment.withdrawals ?? [], state: after)
    return result
  }

  private func carryOut(
    _ execution: inout BlockExecution, _ evm: EVM, _ result: inout TransitionResult,
    _ observer: (any TransitionObserver)?
  ) throws(BlockError) {
    let number = environment.number
    if !options.isStateTest {
      try execution.begin(
        parentHash: number == 0 ? nil : environment.blockHashes[number &- 1],
        parentBeaconRoot: environment.parentBeaconRoot)
    }
    for entry in options.isStateTest ? entries.prefix(1) : entries[...] {
      let transaction: EVMTransaction
      do throws(TransactionError) {
        transaction = try entry.transaction.executable(
          fork: options.fork, chainID: UInt256(options.chainID), recovery: Secp256k1Recovery())
      } catch {
        result.rejected.append(Rejection(index: entry.index, reason: "\(error)"))
        continue
      }
      let hash = entry.transaction.hash
      let index = result.transactions.count
      evm.inspector = observer?.willExecute(index, hash: hash)
      defer { evm.inspector = nil }
      do throws(ExecutionError) {
        let outcome = try execution.execute(transaction)
        result.transactions.append((hash, entry.transaction.encoded))
        observer?.didExecute(index, outcome)
      } catch {
        switch error {
        case .refused(let refusal):
          result.rejected.append(Rejection(index: entry.index, reason: "\(refusal)"))
        case .failed(let failure): throw .failed(failure)
        }
      }
    }
    if options.isStateTest { return }
    if options.paysReward, options.fork < .paris {
      try execution.payRewards(
        options.reward ?? BlockRules.miningReward(options.fork),
        ommers: environment.ommers.map { ($0.age, $0.coinbase) })
    }
    try execution.finish(withdrawals: environment.withdrawals ?? [])
  }
}
