import WeftEVM
import WeftMachine
import WeftPrecompiles

/// Judges cases of state tests. One for each thread: it keeps an EVM for every fork.
public struct StateTestRunner {
  private var evms: [Fork: EVM] = [:]
  /// Takes the lines of a trace (EIP-3155); `nil` for no trace.
  public var trace: (@Sendable (String) -> Void)?

  public init() {}

  /// Runs one case and compares.
  public mutating func run(
    _ item: StateTestCase, of test: StateTest, fork: Fork, forkName: String, file: StateTestFile
  ) -> StateTestOutcome {
    let execution: StateTestExecution
    do throws(StateTestStop) {
      execution = try execute(item.indexes, of: test, fork: fork, forkName: forkName, suite: file.suite)
    } catch {
      switch error {
      case .missingPrecompile(let name): return .skipped(reason: "precompile not available: \(name)")
      case .failed(let message):
        return .failed(failure(item, test, forkName, file, problems: [message]))
      }
    }
    var problems = refusalProblems(execution, item, suite: file.suite)
    if let bytes = item.transactionBytes {
      problems += SignedTransactionCheck.problems(bytes, of: test, item, refusal: execution.refusal)
    }
    let root = StateRoot.root(of: execution.state)
    if root != item.stateRoot {
      problems.append("state root: expected \(item.stateRoot), got \(root)")
    }
    let logs = LogsHash.hash(of: execution.logs)
    if logs != item.logsHash { problems.append("logs hash: expected \(item.logsHash), got \(logs)") }
    if problems.isEmpty { return .passed }
    if let status = execution.status {
      problems.append("the call ended with: \(status), gas used \(execution.gasUsed)")
    }
    var differences: [String] = []
    if root != item.stateRoot, let expected = try? item.expectedAccounts() {
      differences = PostStateDifference.lines(expected: expected, actual: execution.accounts)
    }
    return .failed(failure(item, test, forkName, file, problems: problems, differences: differences))
  }

  /// Executes a variant of a test's transaction.
  public mutating func execute(
    _ indexes: StateTestCase.Indexes, of test: StateTest, fork: Fork, forkName: String, suite: StateTestSuite
  ) throws(StateTestStop) -> StateTestExecution {
    let state = InMemoryState(fixtureAccounts: test.accounts)
    guard let transaction = test.transaction.transaction(indexes) else {
      return refused(.malformed, state, test, fork, suite)
    }
    let evm = try evm(fork)
    let tracer = trace.map { EIP3155Tracer(write: $0) }
    evm.inspector = tracer
    defer { evm.inspector = nil }
    let journaled = JournaledState(state)
    let block = test.environment.block(fork, schedule: test.blobSchedules[forkName], chainID: test.chainID)
    do throws(ExecutionError) {
      let result = try evm.execute(transaction, in: block, on: journaled)
      var after = state
      after.apply(journaled.changes())
      tracer?.finish(output: result.returnData, gasUsed: result.gasUsed, isSuccess: result.isSuccess)
      return StateTestExecution(
        state: after, logs: result.logs, gasUsed: result.gasUsed, status: result.status)
    } catch {
      switch error {
      case .refused(let refusal):
        return refused(Refusal(refusal), state, test, fork, suite, message: "\(refusal)")
      case .failed(.missingPrecompile(let name)): throw .missingPrecompile(name)
      case .failed(let error): throw .failed("\(error)")
      }
    }
  }

  private func refused(
    _ refusal: Refusal, _ state: InMemoryState, _ test: StateTest, _ fork: Fork, _ suite: StateTestSuite,
    message: String = "the value has more than 256 bits"
  ) -> StateTestExecution {
    var state = state
    if suite.invalidTransactionCreatesCoinbase, fork < .spuriousDragon,
      state.accounts[test.environment.coinbase] == nil
    {
      state.accounts[test.environment.coinbase] = InMemoryState.Entry()
    }
    return StateTestExecution(state: state, logs: [], refusal: refusal, refusalMessage: message)
  }

  private mutating func evm(_ fork: Fork) throws(StateTestStop) -> EVM {
    if let evm = evms[fork] { return evm }
    do throws(MachineError) {
      var configuration = EVM.Configuration()
      // Some tests take a megabyte in each of 1,024 frames. Only what is touched takes memory.
      configuration.memoryLimit = 4 << 30
      let evm = try EVM(fork: fork, extensions: [PrecompilesExtension()], configuration: configuration)
      evms[fork] = evm
      return evm
    } catch {
      throw .failed("\(error)")
    }
  }

  private func refusalProblems(
    _ execution: StateTestExecution, _ item: StateTestCase, suite: StateTestSuite
  ) -> [String] {
    guard let text = item.expectedException else {
      // The oldest tests have invalid transactions that nothing but the state root tells.
      if execution.refusal == nil || suite == .legacyConstantinople { return [] }
      return ["the transaction was refused: \(execution.refusalMessage)"]
    }
    guard let expected = Refusal.expected(text) else { return ["unknown name of an exception: \(text)"] }
    guard let refusal = execution.refusal else {
      return ["the transaction was executed, expected the refusal \(text)"]
    }
    if expected.contains(refusal) { return [] }
    return ["the transaction was refused: \(execution.refusalMessage); expected \(text)"]
  }

  private func failure(
    _ item: StateTestCase, _ test: StateTest, _ forkName: String, _ file: StateTestFile, problems: [String],
    differences: [String] = []
  ) -> StateTestFailure {
    StateTestFailure(
      file: file.path, test: test.name, fork: forkName, indexes: "\(item.indexes)", problems: problems,
      differences: differences)
  }
}

/// Why a case has no result.
public enum StateTestStop: Error, Sendable, Hashable {
  /// It calls a precompiled contract that nothing carries out.
  case missingPrecompile(String)
  case failed(String)
}

/// What a case's transaction came to.
public struct StateTestExecution: Sendable {
  /// The state afterwards.
  public var state: InMemoryState
  public var logs: [Log]
  public var gasUsed: UInt64 = 0
  /// `nil` where the transaction was refused.
  public var status: EVMResult.Status?
  /// Why the transaction was refused.
  public var refusal: Refusal?
  public var refusalMessage = ""

  /// The accounts of the state, for comparison.
  var accounts: [FixtureAccount] {
    state.accounts.map { address, entry in
      FixtureAccount(
        address: address, nonce: entry.nonce, balance: entry.balance, code: entry.code,
        storage: entry.storage.map { FixtureAccount.Slot(key: $0.key, value: $0.value) })
    }
  }
}
