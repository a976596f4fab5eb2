import Testing

@testable import WeftCommands

@Suite("Bad input and usage")
struct BadInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// "DIR" stands for the test's folder.
  @Test(arguments: [
    (["run"], ExitCode.usage, "weft run: missing PROGRAM; see 'weft run --help'"),
    (["rum"], .usage, "weft: unknown command 'rum'; did you mean 'run'?"),
    (["run", "g", "--engin", "x"], .usage, "weft run: unknown option '--engin'; did you mean '--engine'?"),
    (
      ["run", "g", "--engine", "fast"], .usage,
      "weft run: --engine: 'fast' is not one of reference, threaded"
    ),
    (
      ["run", "g", "--max-instructions", "abc"], .usage,
      "weft run: --max-instructions: 'abc' is not a whole number"
    ),
    (
      ["run", "g", "--max-instructions", "-1"], .usage,
      "weft run: --max-instructions: '-1' is not a whole number"
    ),
    (
      ["run", "g", "--max-instructions=18446744073709551616"], .usage,
      "weft run: --max-instructions: '18446744073709551616' is too large, the limit is 18446744073709551615"
    ),
    (
      ["run", "g", "--memory", "5000"], .usage,
      "weft run: --memory: 5000 bytes is not a multiple of 4096 from 4096 to 4294967296"
    ),
    (
      ["run", "g", "--memory", "1G", "--mode", "recorded"], .usage,
      "weft run: --memory: 1073741824 bytes is not a multiple of 4096 from 4096 to 536870912"
    ),
    (
      ["run", "g", "--timeout", "soon"], .usage,
      "weft run: --timeout: 'soon' is not a time in seconds such as 2 or 0.5"
    ),
    (
      ["run", "g", "--signature", "s"], .usage, "weft run: --signature needs --environment machine"
    ),
    (["run", "g", "--exit", "tohost"], .usage, "weft run: --exit tohost needs --environment machine"),
    (["check", "g", "--exit", "tohost"], .usage, "weft check: --exit tohost needs --environment machine"),
    (
      ["run", "g", "--profile", "p", "--mode", "metered"], .usage,
      "weft run: --profile needs --mode fast, got 'metered'"
    ),
    (
      ["run", "g", "--input", "-", "--input", "-"], .usage, "weft run: '-' can be read only once"
    ),
    (
      ["run", "g", "--color", "red"], .usage, "weft run: --color: 'red' is not one of auto, always, never"
    ),
    (
      ["completions", "tcsh"], .usage,
      "weft completions: SHELL: 'tcsh' is not one of bash, zsh, fish"
    ),
    (["run", "DIR/absent"], .badInput, "weft: DIR/absent: cannot open: No such file or directory"),
    (["run", "DIR"], .badInput, "weft: DIR: is a directory"),
    (["run", "DIR/text"], .badInput, "weft: DIR/text: not an ELF file (bad magic) (e_ident, offset 0x0)"),
    (["run", "DIR/good", "--input", "DIR/absent"], .badInput, "weft: DIR/absent: No such file or directory"),
    (["run", "DIR/good", "--input", "DIR"], .badInput, "weft: DIR: Is a directory"),
    (
      ["demo", "--programs", "DIR"], .badInput,
      "weft: DIR/rv32/hello/hello.elf: No such file or directory"
    ),
    (
      ["bench", "rv32", "--programs", "DIR"], .badInput,
      "weft: DIR/rv32: no such folder; name one with --programs"
    ),
    (
      ["bench", "rv32", "--programs", "DIR", "--guest", "x"], .badInput,
      "weft: DIR/rv32/x/x.elf: No such file or directory"
    ),
    (
      ["bench", "rv32", "--guest", "../x"], .usage,
      "weft bench rv32: --guest: '../x' is not the name of a guest"
    ),
  ])
  func oneLineAndTheRightExitCode(arguments: [String], exitCode: ExitCode, message: String) throws {
    try folder.write(Array("just text".utf8), to: "text")
    try folder.write(TinyGuest.exiting(0), to: "good")
    let arguments = arguments.map { $0.replacing("DIR", with: folder.path) }
    let message = message.replacing("DIR", with: folder.path)

    let run = CommandLineRun(arguments)
    #expect(run.exitCode == exitCode)
    #expect(run.errors == message + "\n")
    #expect(run.output == "")
  }

  @Test(arguments: [
    (["run", "/absent", "--json"], "input", ExitCode.badInput),
    (["run", "--json"], "usage", .usage),
    (["--json", "run", "--bogus"], "usage", .usage),
    (["bench", "--json"], "usage", .usage),
  ])
  func errorsAreDataUnderJSON(arguments: [String], domain: String, exitCode: ExitCode) throws {
    let run = CommandLineRun(arguments)
    let report: ErrorReport = try run.decoded()
    #expect(report.error.domain == domain)
    #expect(report.error.code == exitCode.rawValue)
    #expect(run.exitCode == exitCode)
    #expect(run.errors.hasSuffix("\(report.error.message)\n"))
  }

  @Test func namesInMessagesAreFiltered() {
    let run = CommandLineRun(["run", "a\u{1b}]0;title\u{07}b\u{1b}[31m"])
    #expect(run.errors == "weft: ab: cannot open: No such file or directory\n")
  }

  @Test func noCommandShowsTheHelpAsAnError() {
    for arguments in [[], ["bench"]] {
      let run = CommandLineRun(arguments)
      #expect(run.exitCode == .usage)
      #expect(run.output == "")
      #expect(run.errors.contains("Commands:\n"))
    }
  }
}
