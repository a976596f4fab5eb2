import Weft

/// `weft extension check`: loads an extension and runs the conformance kit on it.
enum ExtensionCheckCommand {
  private static let path = Operand(
    "PATH", .path("PATH"), help: "Shared object, manifest, or name on the search path")
  private static let cases = Option("cases", .count, help: "Random cases per instruction (default: 100)")
  private static let seed = Option("seed", .count, help: "Other random cases (default: 1)")

  static let command: Command = Command(
    name: "check",
    abstract: "Load an extension and try its instructions out",
    discussion: """
      Every instruction is executed on random registers and memory, on every engine
      in every mode. All must agree; the records must account for every byte that
      changed; declared ticks and registers must hold; going back to a snapshot must
      give the same again; no rule of the interface may be broken. What is for the
      EVM is called with any gas, in static calls, on both of its engines. Chips must
      accept an honest run, and reject every change of a cell of it.
      """,
    positionals: [path],
    options: [ExtensionOptions.allowsForeign, cases, seed, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  struct Report: Codable, Equatable {
    struct Check: Codable, Equatable {
      let name: String
      let cases: Int
      let problems: Int
    }

    let accepted: Bool
    let problems: [String]
    let `extension`: ExtensionSummary?
    let checks: [Check]
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let isJSON = arguments.isSet(WeftCommand.json)
    let path = try arguments.value(Self.path)
    let report = try check(path, arguments, console)
    if isJSON {
      try JSONOutput.write(report, to: console)
    } else {
      try console.output.write(text(report, path, console.style(for: console.output)))
    }
    return report.accepted ? .done : .extensionProblem
  }

  private static func check(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> Report {
    var kit = ConformanceKit()
    kit.companions = [PrecompilesExtension()]
    if let cases = try arguments.value(cases) { kit.casesPerInstruction = Int(clamping: cases) }
    if let seed = try arguments.value(seed) { kit.seed = seed }
    var loader = ExtensionLoader()
    loader.allowsForeign = arguments.isSet(ExtensionOptions.allowsForeign)
    let item: any VMExtension
    do throws(ExtensionLoadError) {
      item = try loader.load(path)
    } catch {
      return Report(accepted: false, problems: error.problems, extension: nil, checks: [])
    }
    let progress = Progress(console)
    let result = kit.check(item) { mnemonic, part in
      // A terminal that cannot be written to costs the progress line only.
      try? progress.show("\(Int(part * 100)) %  \(mnemonic)")
    }
    try progress.clear()
    return Report(
      accepted: result.isAccepted, problems: result.problems,
      extension: try ExtensionSummary(item, path: path),
      checks: result.checks.map { Report.Check(name: $0.name, cases: $0.cases, problems: $0.problems.count) })
  }

  private static func text(_ report: Report, _ path: String, _ style: Style) -> String {
    var text = report.extension?.text(style: style) ?? "\(path)\n"
    for check in report.checks where check.cases > 0 || check.problems > 0 {
      let mark = check.problems == 0 ? style.green("ok") : style.red("failed")
      text += "  \(mark)  \(check.name), \(check.cases) cases\n"
    }
    for problem in report.problems { text += "  \(style.red("problem")): \(problem)\n" }
    return text + (report.accepted ? style.green("accepted") : style.red("not accepted")) + "\n"
  }
}
