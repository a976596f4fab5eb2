import WeftEVM
import WeftMachine

/// Judges VM tests: one frame, without a transaction, a transfer or calls around it.
public struct VMTestRunner {
  private var evm: EVM?
  /// Takes the lines of a trace (EIP-3155); `nil` for no trace.
  public var trace: (@Sendable (String) -> Void)?

  public init() {}

  /// Whether a file's tests take long for their own sake.
  public static func isSlow(path: String) -> Bool { path.contains("/vmPerformance/") }

  /// Runs a test; one line for each thing that is wrong.
  public mutating func problems(of test: VMTest) -> [String] {
    do throws(MachineError) {
      if evm == nil { evm = try EVM(fork: .frontier) }
    } catch {
      return ["\(error)"]
    }
    return evm.map { problems(of: test, $0) } ?? []
  }

  private func problems(of test: VMTest, _ evm: EVM) -> [String] {
    let execution = test.execution
    let state = JournaledState(before(test))
    let message = EVMMessage(
      caller: execution.caller, target: execution.address, value: execution.value, input: execution.data,
      gas: execution.gas, code: execution.code, gasPrice: execution.gasPrice, origin: execution.origin)
    let tracer = trace.map { EIP3155Tracer(write: $0) }
    evm.inspector = tracer
    defer { evm.inspector = nil }
    let result: EVMResult
    do throws(EVMError) {
      result = try evm.call(
        message, in: test.environment.block(.frontier, schedule: nil, chainID: 1), on: state)
    } catch {
      return ["\(error)"]
    }
    tracer?.finish(
      output: result.output, gasUsed: execution.gas &- result.gasLeft, isSuccess: result.isSuccess)
    guard let expected = test.result else {
      if case .halted = result.status { return [] }
      return ["ended with: \(result.status), expected an exceptional halt"]
    }
    guard result.isSuccess else { return ["ended with: \(result.status), expected success"] }
    var problems: [String] = []
    if result.gasLeft != expected.gas {
      problems.append("gas left: expected \(expected.gas), got \(result.gasLeft)")
    }
    if result.output != expected.output {
      problems.append(
        "output: expected \(HexadecimalBytes.text(expected.output)), got \(HexadecimalBytes.text(result.output))"
      )
    }
    let logs = LogsHash.hash(of: result.logs)
    if logs != expected.logsHash { problems.append("logs hash: expected \(expected.logsHash), got \(logs)") }
    var after = before(test)
    after.apply(state.changes())
    return problems
      + PostStateDifference.lines(expected: expected.accounts, actual: accounts(after, of: test))
  }

  /// The state that the call begins with. The format knows no transfer, calls make one: the value is taken from the
  /// callee before, and given to the caller.
  private func before(_ test: VMTest) -> InMemoryState {
    var state = InMemoryState(fixtureAccounts: test.accounts)
    let (caller, callee, value) = (test.execution.caller, test.execution.address, test.execution.value)
    if caller != callee {
      state.accounts[caller, default: InMemoryState.Entry()].balance &+= value
      state.accounts[callee, default: InMemoryState.Entry()].balance &-= value
    }
    return state
  }

  /// Accounts to compare. A caller that the test does not know was only there to have something to give.
  private func accounts(_ state: InMemoryState, of test: VMTest) -> [FixtureAccount] {
    let known = Set(test.accounts.map(\.address))
    return StateTestExecution(state: state, logs: []).accounts.filter {
      known.contains($0.address) || $0.address != test.execution.caller || !$0.balance.isZero
    }
  }
}
