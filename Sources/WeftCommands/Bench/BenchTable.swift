/// The result of a benchmark for people.
struct BenchTable {
  let report: BenchReport
  let style: Style

  var text: String {
    let machine = report.machine
    let frames = machine.framePointers.map { $0 ? ", frame pointers kept" : ", frame pointers omitted" } ?? ""
    var sections = [
      "\(machine.cpu), \(machine.cores) cores, \(machine.os)\n"
        + "\(machine.compiler), \(machine.build) build\(frames)\n",
      speeds.text(style: style), modes.text(style: style),
    ]
    if !report.ratios.isEmpty { sections.append(means) }
    if !report.problems.isEmpty {
      sections.append(report.problems.map { style.yellow("left out: \($0)") + "\n" }.joined())
    }
    return sections.joined(separator: "\n")
  }

  private var peerNames: [String] { report.ratios.keys.sorted() }

  /// Whole runs: the main engine and its peers.
  private var speeds: TextTable {
    var table = TextTable(nameColumns: 2, header: ["guest", "engine", "MIPS"])
    for name in peerNames { table.header += [name, "ratio"] }
    table.header += ["instructions", "start-up"]
    for item in report.cases where item.ratio == nil {
      var row = [item.name, item.engine, NumberText.mips(item.value)]
      for name in peerNames {
        let peer = item.peers[name]
        row.append(peer.map(NumberText.mips) ?? "–")
        row.append(peer.map { NumberText.fixed(item.value / $0, digits: 2) } ?? "–")
      }
      row.append(NumberText.grouped(item.instructions))
      row.append(NumberText.seconds(item.startUpSeconds))
      table.rows.append(row)
    }
    return table
  }

  /// The first instructions in other engines and modes.
  private var modes: TextTable {
    var table = TextTable(
      nameColumns: 2, header: ["guest", "engine and mode", "MIPS", "ratio", "bytes/instruction"])
    for item in report.cases {
      guard let ratio = item.ratio else { continue }
      table.rows.append([
        item.name, item.engine, NumberText.mips(item.value), NumberText.fixed(ratio, digits: 2),
        item.bytesPerInstruction.map { NumberText.fixed($0, digits: 1) } ?? "–",
      ])
    }
    return table
  }

  private var means: String {
    peerNames.map { name in
      let ratio = NumberText.fixed(report.ratios[name] ?? 0, digits: 2)
      return "geometric mean of ratios to \(name): \(style.bold(ratio))\n"
    }.joined()
  }
}
