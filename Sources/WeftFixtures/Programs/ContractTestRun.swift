import WeftEVM

/// What came of a program of `programs/evm`.
public struct ContractTestRun: Sendable {
  /// One for every call, in order.
  public var results: [EVMResult] = []
  /// One line for each thing that is not as expected.
  public var problems: [String] = []

  /// Carries out the calls.
  /// - Parameters:
  ///   - evm: of the fork that the test names.
  ///   - test: the program.
  /// - Throws: where a call can have no result.
  public init(_ test: ContractTest, on evm: EVM) throws(EVMError) {
    let state = JournaledState(test.state)
    for call in test.calls {
      let result = try evm.call(call.message, in: BlockEnvironment(), on: state)
      results.append(result)
      problems += Self.problems(of: call, result).map { "\(call.name): \($0)" }
    }
    var after = test.state
    after.apply(state.changes())
    compare(after, test.finalAccounts)
  }

  private static func problems(of call: ContractTest.Call, _ result: EVMResult) -> [String] {
    var problems: [String] = []
    func compare<T: Equatable>(_ what: String, _ expected: T, _ actual: T) {
      if expected != actual { problems.append("\(what): expected \(expected), got \(actual)") }
    }
    let status =
      switch result.status {
      case .success: "success"
      case .reverted: "revert"
      case .halted: "halt"
      }
    compare("status", call.status, status)
    compare("gas used", call.gasUsed, call.message.gas - result.gasLeft)
    compare("gas refund", call.gasRefund, result.refund)
    compare("created", call.created, result.createdAddress)
    // A creation gives back the code; the format has that in the state.
    let output = result.createdAddress == nil ? result.output : []
    compare("return data", HexadecimalBytes.text(call.output), HexadecimalBytes.text(output))
    compare("logs", call.logs, result.isSuccess ? result.logs : [])
    return problems
  }

  private mutating func compare(
    _ state: InMemoryState, _ expected: [Address: ContractTest.FinalAccount]
  ) {
    let addresses = Set(state.accounts.keys).union(expected.keys).sorted { $0.word < $1.word }
    for address in addresses {
      guard let account = expected[address] else {
        problems.append("account \(address) should not exist")
        continue
      }
      let entry = state.accounts[address] ?? InMemoryState.Entry()
      if entry.nonce != account.nonce {
        problems.append("account \(address): nonce: expected \(account.nonce), got \(entry.nonce)")
      }
      if entry.balance != account.balance {
        problems.append("account \(address): balance: expected \(account.balance), got \(entry.balance)")
      }
      if Keccak256.hash(entry.code) != account.codeHash {
        problems.append("account \(address): other code than expected")
      }
      if entry.storage != account.storage {
        problems.append("account \(address): other storage than expected")
      }
    }
  }
}
