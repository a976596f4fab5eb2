import Glibc
import Weft
import WeftFixtures

/// Measures one variant of a benchmark's transaction: the whole transaction, and the call alone.
struct EVMBenchmark {
  /// "sha1_divs/5311".
  let name: String
  let isMain: Bool
  let file: StateTestFile
  let test: StateTest
  let item: StateTestCase
  let fork: Fork
  let forkName: String

  /// All variants of the tests in some files.
  static func all(_ files: [String]) throws(CommandError) -> [EVMBenchmark] {
    var benchmarks: [EVMBenchmark] = []
    do throws(FixtureError) {
      for path in files {
        let file = try StateTestFile(path: path)
        for test in try file.tests() {
          for group in test.groups {
            guard let fork = group.fork else { continue }
            for item in group.cases {
              let label = test.labels["\(item.indexes.data)"] ?? "\(item.indexes)"
              benchmarks.append(
                EVMBenchmark(
                  name: "\(test.name)/\(label)", isMain: path.contains("/main/"), file: file, test: test,
                  item: item, fork: fork, forkName: group.forkName))
            }
          }
        }
      }
    } catch {
      throw .input(error.file, error.reason)
    }
    return benchmarks
  }

  /// Times of one kind of execution.
  struct Measurement {
    var gas: UInt64
    var instructions: UInt64
    /// Seconds of one execution, one value for each sample.
    var samples: [Double]
  }

  /// Checks that the transaction gives the expected state root and logs.
  func verify(_ runner: inout StateTestRunner) throws(CommandError) {
    switch runner.run(item, of: test, fork: fork, forkName: forkName, file: file) {
    case .passed: return
    case .failed(let failure):
      throw CommandError(.mismatch, "\(name): \(failure.problems.joined(separator: "; "))")
    case .skipped(let reason): throw CommandError(.mismatch, "\(name): \(reason)")
    }
  }

  /// Whole transactions: validity, fees, execution, journal. The state before is the same each time; no root.
  func measureTransactions(_ evm: EVM, seconds: Double) throws(CommandError) -> Measurement {
    guard let transaction = test.transaction.transaction(item.indexes) else {
      throw CommandError(.mismatch, "\(name): no transaction")
    }
    let block = test.environment.block(fork, schedule: test.blobSchedules[forkName], chainID: test.chainID)
    let state = InMemoryState(fixtureAccounts: test.accounts)
    return try measure(evm, seconds: seconds) { () throws(CommandError) in
      let journaled = JournaledState(state)
      return Prepared {
        do throws(ExecutionError) {
          return try evm.execute(transaction, in: block, on: journaled).gasUsed
        } catch { return nil }
      }
    }
  }

  /// The outermost call alone; code and, where the call leaves it as it was, state have been loaded before.
  func measureCalls(_ evm: EVM, seconds: Double) throws(CommandError) -> Measurement {
    guard let transaction = test.transaction.transaction(item.indexes) else {
      throw CommandError(.mismatch, "\(name): no transaction")
    }
    let block = test.environment.block(fork, schedule: test.blobSchedules[forkName], chainID: test.chainID)
    let state = InMemoryState(fixtureAccounts: test.accounts)
    let shared = JournaledState(state)
    let message = EVMMessage(
      caller: transaction.sender, target: transaction.recipient, value: transaction.value,
      input: transaction.data,
      gas: transaction.gasLimit)
    func gas(on state: JournaledState) -> UInt64? {
      do throws(EVMError) {
        let result = try evm.call(message, in: block, on: state)
        return result.isSuccess ? message.gas - result.gasLeft : nil
      } catch { return nil }
    }
    // Where the call finds the state as it left it, one state serves all calls.
    let isRepeatable = gas(on: shared) == gas(on: shared)
    return try measure(evm, seconds: seconds) { () throws(CommandError) in
      let journaled = isRepeatable ? shared : JournaledState(state)
      if let target = message.target { _ = try? journaled.code(at: target) }
      return Prepared { gas(on: journaled) }
    }
  }

  /// An execution that is set up: it gives its gas, `nil` where it failed.
  private struct Prepared {
    let run: () -> UInt64?
  }

  /// Takes samples until the time is used up, at least five. Setting the state up is not measured. Short executions are
  /// repeated within a sample: the clock itself takes some 30 ns.
  private func measure(
    _ evm: EVM, seconds: Double, prepare: () throws(CommandError) -> Prepared
  ) throws(CommandError) -> Measurement {
    let counter = InstructionCounter()
    evm.inspector = counter
    let counted = try prepare().run()
    evm.inspector = nil
    guard let gas = counted, try prepare().run() == gas else {
      throw CommandError(.mismatch, "\(name): the execution failed, or the engines use other gas")
    }
    let first = ProcessorTime.now
    _ = try prepare().run()
    let estimate = max(1e-7, ProcessorTime.now - first)
    let repetitions = max(1, min(1000, Int(200e-6 / estimate)))
    var samples: [Double] = []
    var spent = 0.0
    while samples.count < 5 || spent < seconds {
      var prepared: [Prepared] = []
      for _ in 0..<repetitions { prepared.append(try prepare()) }
      let begin = ProcessorTime.now
      var isEqual = true
      for execution in prepared { isEqual = execution.run() == gas && isEqual }
      let time = ProcessorTime.now - begin
      guard isEqual else { throw CommandError(.mismatch, "\(name): gas differs from run to run") }
      samples.append(time / Double(repetitions))
      spent += time
    }
    return Measurement(gas: gas, instructions: counter.count, samples: samples)
  }
}

/// Time that the thread has spent on a processor, in seconds: what other processes take does not count.
enum ProcessorTime {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Counts instructions.
private final class InstructionCounter: EVMInspector {
  var count: UInt64 = 0

  func step(_ step: StepInfo, _ frame: FrameView) { count += 1 }
}
