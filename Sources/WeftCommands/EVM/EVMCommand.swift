import WeftEVM

/// `weft evm`: the Ethereum Virtual Machine by itself.
enum EVMCommand {
  static let command: Command = Command(
    name: "evm",
    abstract: "Call contracts, carry out blocks, replay Ethereum's tests",
    subcommands: [
      EVMCallCommand.command, StateTestCommand.command, BlockTestCommand.command, TransitionCommand.command,
    ])
}

extension ValueType where Value == String {
  /// A fork, or rules that an extension defines, which is loaded later.
  static let forkName = ValueType(
    placeholder: "FORK", completion: .words(Fork.allCases.map { $0.testName.lowercased() })
  ) { text throws(InvalidValue) in text }
}

extension ValueType where Value == Fork {
  /// A fork by the name that the official tests use, or another common one, in any case.
  static let fork = ValueType(
    placeholder: "FORK", completion: .words(Fork.allCases.map { $0.testName.lowercased() })
  ) { text throws(InvalidValue) in
    guard let fork = Fork(name: text) else {
      throw InvalidValue(
        reason: "is not a fork; known are " + Fork.allCases.map(\.testName).joined(separator: ", "))
    }
    return fork
  }
}
