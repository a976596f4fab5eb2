import Weft
import WeftEVM
import WeftFixtures
import WeftPrecompiles

/// Contracts that call one another three deep, on both engines.
enum ContractsChapter {
  private static let name = "nested"

  static func show(_ folder: ProgramsFolder, _ console: Console) throws(CommandError) {
    let style = console.style(for: console.output)
    let path = "\(folder.path)/evm/\(name)"
    let test: ContractTest
    do throws(FixtureError) { test = try ContractTest(folder: path) } catch {
      throw .input(error.file, error.reason)
    }
    let tree = CallTree()
    try run(test, engine: .reference, inspector: tree, path)
    var times: [String] = []
    for engine in Engine.allCases {
      let clock = ContinuousClock()
      let begin = clock.now
      try run(test, engine: engine, inspector: nil, path)
      let seconds = begin.duration(to: clock.now).inSeconds
      times.append("\(engine.rawValue) \(NumberText.seconds(seconds))")
    }
    let calls = "\(test.calls.count) calls, rules of \(test.rules.name)"
    try console.output.write(style.bold(name) + style.dim("  \(path), \(calls)") + "\n")
    // The calls below the first one.
    for (index, node) in tree.nodes.enumerated() where index == 0 || node.depth > 0 {
      if tree.nodes[..<index].count(where: { $0.depth == 0 }) > 1 { break }
      try console.output.write("  \(style.cyan("│")) \(node)\n")
    }
    try console.output.write(
      "  " + style.green("expected status, gas, output, logs and state on both engines")
        + style.dim(" (\(times.joined(separator: ", ")))") + "\n\n")
  }

  /// Carries out the program and demands what it must give.
  private static func run(
    _ test: ContractTest, engine: Engine, inspector: (any EVMInspector)?, _ path: String
  ) throws(CommandError) {
    let problems: [String]
    do {
      let evm = try EVM(rules: test.rules, extensions: [PrecompilesExtension()])
      evm.engine = engine
      evm.inspector = inspector
      problems = try ContractTestRun(test, on: evm).problems
    } catch { throw CommandError(.machine, "\(path): \(error)") }
    guard problems.isEmpty else {
      throw CommandError(.mismatch, "\(path): " + problems.joined(separator: "; "))
    }
  }
}
