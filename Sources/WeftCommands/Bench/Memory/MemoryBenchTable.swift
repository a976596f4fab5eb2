/// The result of `weft bench memory` for people.
struct MemoryBenchTable {
  let report: MemoryBenchReport
  let style: Style

  var text: String {
    let machine = report.machine
    let frames = machine.framePointers.map { $0 ? ", frame pointers kept" : ", frame pointers omitted" } ?? ""
    let sections = [
      "\(machine.cpu), \(machine.cores) cores, \(machine.os)\n"
        + "\(machine.compiler), \(machine.build) build\(frames)\n",
      table(.fresh, title: "fresh, ns per iteration").text(style: style),
      table(.steady, title: "steady, ns per operation").text(style: style),
      verdict,
    ]
    return sections.joined(separator: "\n")
  }

  private func table(_ form: MemoryVariant.Form, title: String) -> TextTable {
    var table = TextTable(header: [title, "C", "EVMMemory", "ratio", "bar", "", "by handle", "flat"])
    for item in report.cases where item.form == form && item.engine == MemoryVariant.Kind.memory.rawValue {
      func other(_ kind: MemoryVariant.Kind) -> String {
        let found = report.cases.first {
          $0.form == form && $0.name == item.name && $0.engine == kind.rawValue
        }
        return found.map { nanoseconds($0.value) } ?? "–"
      }
      table.rows.append([
        item.name, nanoseconds(item.peers["C"] ?? 0), nanoseconds(item.value),
        NumberText.fixed(item.ratio, digits: 2), bar(item),
        item.isWithinBar.map { $0 ? "ok" : "missed" } ?? "", other(.byHandle), other(.flat),
      ])
    }
    return table
  }

  private func bar(_ item: MemoryBenchReport.Case) -> String {
    item.bar.map { "≤ " + NumberText.fixed($0, digits: 2) } ?? "–"
  }

  private func nanoseconds(_ value: Double) -> String {
    NumberText.fixed(value, digits: value < 10 ? 2 : value < 1000 ? 1 : 0)
  }

  private var verdict: String {
    let missed = report.bars.missed
    let count = report.bars.met + missed.count
    return missed.isEmpty
      ? "\(count) rows with a bar, all within it\n"
      : style.yellow(
        "\(missed.count) of \(count) rows with a bar missed it: \(missed.joined(separator: ", "))") + "\n"
  }
}
