import Weft

/// Puts a finished run on the console: as one JSON object, or as the guest's output and a summary.
struct RunOutput {
  let report: RunReport
  let outcome: Outcome
  let options: RunOptions
  let console: Console

  func write() throws(CommandError) -> ExitCode {
    let exitCode = outcome.exit.exitCode
    if options.isJSON {
      try JSONOutput.write(report, to: console)
      return exitCode
    }
    try Self.writeGuestOutput(outcome.output, to: console.output)
    try Self.writeGuestOutput(outcome.errorOutput, to: console.error)
    try console.error.write(RunSummary(report: report, exitCode: exitCode, style: console.style).text)
    return exitCode
  }

  /// Files and pipes get the bytes as they are, terminals what cannot harm them.
  private static func writeGuestOutput(_ bytes: [UInt8], to channel: Channel) throws(CommandError) {
    guard channel.isTerminal else { return try channel.write(bytes) }
    let filtered = OutputFilter.filter(bytes)
    try channel.write(filtered)
    // The summary shares the screen and begins a line of its own.
    if let last = filtered.last, last != UInt8(ascii: "\n") { try channel.write("\n") }
  }
}
