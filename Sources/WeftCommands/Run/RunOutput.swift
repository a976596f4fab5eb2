import Weft

/// Puts a finished run on the console: as one JSON object, or as a summary behind the guest's own output.
struct RunOutput {
  let report: RunReport
  let outcome: Outcome
  let options: RunOptions
  let guestOutput: GuestOutput
  let console: Console

  func write() throws(CommandError) -> ExitCode {
    let exitCode = outcome.exit.exitCode
    if options.isJSON {
      try JSONOutput.write(report, to: console)
      return exitCode
    }
    try guestOutput.finish()
    try console.error.write(RunSummary(report: report, exitCode: exitCode, style: console.style).text)
    return exitCode
  }
}
