/// The result of `weft bench evm` for people.
struct EVMBenchTable {
  let report: EVMBenchReport
  let style: Style

  var text: String {
    let machine = report.machine
    var sections = [
      "\(machine.cpu), \(machine.cores) cores, \(machine.os)\n\(machine.compiler), \(machine.build) build\n"
    ]
    for engine in ["transaction", "call"] {
      let cases = report.cases.filter { $0.engine == engine }
      if !cases.isEmpty { sections.append(table(engine, cases).text(style: style)) }
    }
    if !report.operations.isEmpty { sections.append(operations.text(style: style)) }
    let means = report.ratios.sorted { $0.key < $1.key }.map { name, ratio in
      "geometric mean over the main cases, \(name) ÷ Weft: \(style.bold(NumberText.fixed(ratio, digits: 2)))\n"
    }
    if !means.isEmpty { sections.append(means.joined()) }
    if report.cases.contains(where: { !$0.reference.isEmpty }) {
      sections.append(
        "(reference) figures were measured elsewhere, not in this run; µs, ratio = theirs ÷ Weft\n")
    }
    if let factor = report.machineFactor {
      sections.append(
        """
        (derived) figures are the reference ones times \(NumberText.fixed(factor, digits: 2)): what pyrevm takes in this \
        run ÷ what it took where they were measured

        """)
    }
    if !report.problems.isEmpty {
      sections.append(report.problems.map { style.yellow("left out: \($0)") + "\n" }.joined())
    }
    return sections.joined(separator: "\n")
  }

  private func table(_ engine: String, _ cases: [EVMBenchReport.Case]) -> TextTable {
    let peers = Set(cases.flatMap(\.peers.keys)).sorted()
    let references = Set(cases.flatMap(\.reference.keys)).sorted()
    var table = TextTable(header: [engine, "gas", "µs", "Mgas/s", "ns/instruction"])
    for name in peers { table.header += [name, "ratio"] }
    for name in references { table.header += ["\(name) (reference)", "ratio"] }
    let derived = Set(cases.flatMap(\.derived.keys)).sorted()
    for name in derived { table.header += ["\(name) (derived)", "ratio"] }
    for item in cases {
      var row = [
        item.name, NumberText.grouped(item.gas), Self.time(item.value),
        NumberText.fixed(item.mgas, digits: 0),
        NumberText.fixed(item.nanosecondsPerInstruction, digits: 2),
      ]
      let others =
        peers.map { item.peers[$0] } + references.map { item.reference[$0] }
        + derived.map { item.derived[$0] }
      for value in others {
        row.append(value.map(Self.time) ?? "–")
        row.append(value.map { NumberText.fixed($0 / item.value, digits: 2) } ?? "–")
      }
      table.rows.append(row)
    }
    return table
  }

  private var operations: TextTable {
    var table = TextTable(header: ["operation", "ns", "mark"])
    for item in report.operations {
      table.rows.append([
        item.name, NumberText.fixed(item.nanoseconds, digits: 1),
        item.mark.map { NumberText.fixed($0, digits: 0) } ?? "–",
      ])
    }
    return table
  }

  /// Microseconds with three digits that mean something.
  private static func time(_ value: Double) -> String {
    NumberText.fixed(value, digits: value < 10 ? 2 : value < 100 ? 1 : 0)
  }
}
