import WeftCircuit

extension RV32Circuit {
  /// Attacks the chips of extensions in the traces of an honest run: every cell of some rows is changed, rows are copied,
  /// removed and exchanged, and nothing of that may be accepted.
  /// - Parameter options: how hard; what the lint has to know is the circuit's.
  /// - Returns: a report for each chip that has rows.
  public func auditExtensions(
    of made: RV32Traces, options: SoundnessAudit.Options = SoundnessAudit.Options()
  ) throws(TraceError) -> [SoundnessReport] {
    var options = options
    options.lint = lintOptions
    options.groupColumns = ExtensionColumns.groupNames
    let audit = SoundnessAudit(made.traces, tables: [RangeTable(), BitwiseTable()], options: options)
    var reports: [SoundnessReport] = []
    for chip in extensions {
      guard let trace = made.traces[chip.name] else { continue }
      reports.append(try audit.audit(trace))
    }
    return reports
  }

  /// The names of the chips of extensions.
  public var extensionNames: [String] { extensions.map(\.name) }
}
