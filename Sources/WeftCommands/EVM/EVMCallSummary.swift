/// The result of a call for people: return data on standard output, the rest on standard error.
struct EVMCallSummary {
  let report: EVMCallReport
  let style: Style

  func write(to console: Console) throws(CommandError) {
    try console.output.write(report.returnData + "\n")
    try console.error.write(text)
  }

  var text: String {
    var rows: [(String, String)] = [
      ("gas", "\(NumberText.grouped(report.gasUsed)) used, \(NumberText.grouped(report.gasLeft)) left"),
      ("time", NumberText.seconds(report.seconds)), ("rules", "\(report.fork), \(report.engine) engine"),
    ]
    if report.gasRefund != 0 { rows.insert(("refund", "\(report.gasRefund)"), at: 1) }
    if let created = report.created { rows.append(("created", created)) }
    for (index, log) in report.logs.enumerated() {
      let topics = log.topics.isEmpty ? "" : " topics \(log.topics.joined(separator: " "))"
      rows.append((index == 0 ? "logs" : "", "\(log.address)\(topics) data \(log.data)"))
    }
    for (index, change) in report.stateChanges.enumerated() {
      rows.append((index == 0 ? "changes" : "", Self.text(of: change)))
      for (slot, value) in change.storage.sorted(by: { $0.key < $1.key }) {
        rows.append(("", "  \(slot) = \(value)"))
      }
    }
    for (index, item) in (report.opcodes ?? []).prefix(10).enumerated() {
      rows.append(
        (
          index == 0 ? "most gas" : "",
          "\(item.name) \(NumberText.grouped(UInt64(max(0, item.gas)))), \(item.count) times"
        ))
    }
    let lines = rows.map { style.dim("  " + $0.0.padded(to: 10)) + $0.1 }
    return ([title] + lines).joined(separator: "\n") + "\n"
  }

  private var title: String {
    let name = style.bold(report.target.count > 60 ? String(report.target.prefix(57)) + "…" : report.target)
    let reason = report.message.map { ": \($0)" } ?? ""
    let status =
      switch report.status {
      case .success: style.green("success")
      case .revert: style.yellow("reverted\(reason.filteredForTerminal)")
      case .halt: style.red("halted\(reason)")
      }
    return "\(name): \(status)"
  }

  private static func text(of change: EVMCallReport.Change) -> String {
    if change.deleted { return "\(change.address) is gone" }
    var text = "\(change.address) nonce \(change.nonce ?? 0), balance \(change.balance ?? "0")"
    if let hash = change.codeHash { text += ", code \(hash.prefix(10))…" }
    return text
  }
}
