import WeftDigests
import WeftEVM
import WeftMachine
import WeftPrecompiles

/// Judges block tests. One runner has an EVM for every fork that it has met.
public struct BlockTestRunner {
  /// What became of a test.
  public enum Outcome: Sendable, Hashable {
    case passed
    /// One line for each thing that is wrong.
    case failed([String])
    case skipped(reason: String)
  }

  private var machines: [Fork: EVM] = [:]

  public init() {}

  /// Runs a test.
  public mutating func run(_ test: BlockTest) -> Outcome {
    guard let schedule = ForkSchedule(network: test.network) else {
      return .skipped(reason: "unknown network \(test.network)")
    }
    guard schedule.first >= .paris else { return .skipped(reason: "proof of work (\(schedule.first))") }
    let state = InMemoryState(fixtureAccounts: test.accounts)
    let genesis: Block
    do throws(RLPError) { genesis = try Block(decoding: test.genesis) } catch {
      return .failed(["the first block: \(error)"])
    }
    let root = StateRoot.root(of: state)
    guard genesis.header.stateRoot == root else {
      return .failed(["state root of the first block: expected \(genesis.header.stateRoot), got \(root)"])
    }
    var chain = BlockChain(genesis: genesis.header, state: state, chainID: test.chainID)
    var problems: [String] = []
    for (index, entry) in test.blocks.enumerated() {
      problems += append(entry, to: &chain, test, schedule).map { "block \(index + 1): \($0)" }
    }
    if chain.head.hash != test.lastHash {
      problems.append("hash of the last block: expected \(test.lastHash), got \(chain.head.hash)")
    }
    if let expected = test.finalAccounts {
      problems += PostStateDifference.lines(
        expected: expected, actual: StateTestExecution(state: chain.state, logs: []).accounts)
    }
    return problems.isEmpty ? .passed : .failed(problems)
  }

  private mutating func append(
    _ entry: BlockTest.Entry, to chain: inout BlockChain, _ test: BlockTest, _ schedule: ForkSchedule
  ) -> [String] {
    // The time of a block that cannot be read does not matter.
    let timestamp = (try? Block(decoding: entry.encoded))?.header.timestamp ?? 0
    let fork = schedule.fork(at: timestamp)
    let evm: EVM
    do throws(MachineError) { evm = try machine(fork) } catch { return ["\(error)"] }
    do throws(BlockError) {
      try chain.append(
        entry.encoded,
        rules: BlockChain.Rules(
          evm: evm, blobSchedule: test.blobSchedules[fork.testName], recovery: Secp256k1Recovery(),
          sha256: SHA256.digest))
    } catch {
      guard let reason = entry.exception else { return ["refused: \(error)"] }
      return Self.agrees(error, with: reason) ? [] : ["refused: \(error); expected \(reason)"]
    }
    return entry.exception.map { ["accepted; expected \($0.isEmpty ? "a refusal" : $0)"] } ?? []
  }

  private mutating func machine(_ fork: Fork) throws(MachineError) -> EVM {
    if let known = machines[fork] { return known }
    let evm = try EVM(fork: fork, extensions: [PrecompilesExtension()])
    machines[fork] = evm
    return evm
  }

  /// Whether a transaction was refused for the reason that the test names. Reasons of whole blocks have no common names
  /// with ours.
  private static func agrees(_ error: BlockError, with reason: String) -> Bool {
    guard case .refused(_, let refusal) = error, let expected = Refusal.expected(reason) else { return true }
    return expected.contains(Refusal(refusal))
  }
}
