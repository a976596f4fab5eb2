import FuzzDriver
import Glibc
import Weft

/// Any code with any call data under any fork ends the same way on both engines.
@main
struct FuzzEVM {
  /// EVMs are made once: that takes longer than most calls. What they keep is decoded code.
  nonisolated(unsafe) private static var evms: [Fork: EVM] = [:]

  static func main() {
    exit(
      fuzz { start, count in
        guard let input = FuzzInput(UnsafeBufferPointer(start: start, count: count)),
          let evm = FuzzEVM.evm(input.fork)
        else { return -1 }
        let expected = run(input, evm, .reference)
        let actual = run(input, evm, .threaded)
        if actual != expected {
          print("reference: \(String(describing: expected))")
          print("threaded: \(String(describing: actual))")
          abort()
        }
        return 0
      })
  }

  private static func evm(_ fork: Fork) -> EVM? {
    if let known = evms[fork] { return known }
    var configuration = EVM.Configuration()
    configuration.memoryLimit = 4 << 20
    configuration.codeCacheLimit = 1 << 20
    evms[fork] = try? EVM(fork: fork, extensions: [PrecompilesExtension()], configuration: configuration)
    return evms[fork]
  }
}

/// What must be equal.
private struct FinalState: Equatable {
  var result: EVMResult
  var changes: StateChanges
}

/// - Returns: nil where there is no result, which must be so on both engines.
private func run(_ input: FuzzInput, _ evm: EVM, _ engine: Engine) -> FinalState? {
  evm.engine = engine
  let state = JournaledState(input.state)
  guard let result = try? evm.call(input.message, in: BlockEnvironment(), on: state) else { return nil }
  return FinalState(result: result, changes: state.changes())
}
