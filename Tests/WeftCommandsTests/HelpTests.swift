import Testing

@testable import WeftCommands

@Suite("Help, version, completions")
struct HelpTests {
  static let paths = WeftCommand.root.withDescendants().map { Array($0.path.dropFirst()) }

  @Test(arguments: paths)
  func everyCommandHasHelpThatFitsTheScreen(path: [String]) throws {
    let run = CommandLineRun(path + ["--help"])
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix((["weft"] + path).joined(separator: " ") + ": "))
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let command = try #require(WeftCommand.root.withDescendants().first { $0.path == ["weft"] + path })
      .command
    for option in command.allOptions { #expect(run.output.contains("  --\(option.name)")) }
    for positional in command.positionals { #expect(run.output.contains("  \(positional.name)  ")) }
    for subcommand in command.subcommands { #expect(run.output.contains("  \(subcommand.name)  ")) }
  }

  @Test func theLayoutOfTheHelp() {
    let help = CommandLineRun(["completions", "--help"]).output
    #expect(
      help == """
        weft completions: Print a shell completion script

        Usage: weft completions SHELL [OPTION]…

        Arguments:
          SHELL  bash, zsh or fish

        Options:
          --color auto|always|never  Colour messages (default: auto)
          --help                     Show this help

        bash: source <(weft completions bash)
        zsh:  weft completions zsh > "${fpath[1]}/_weft"
        fish: weft completions fish | source

        """)
  }

  @Test func versionsAsTextAndAsData() throws {
    #expect(CommandLineRun(["--version"]).output == "weft \(Version.current.version)\n")
    let version: Version = try CommandLineRun(["--version", "--json"]).decoded()
    #expect(version == .current)
  }

  @Test(arguments: Shell.allCases)
  func completionScriptsKnowEveryName(shell: Shell) {
    let run = CommandLineRun(["completions", shell.rawValue])
    #expect(run.exitCode == .done)
    for (path, command) in WeftCommand.root.withDescendants() {
      for subcommand in command.subcommands { #expect(run.output.contains(subcommand.name)) }
      for option in command.allOptions {
        #expect(run.output.contains(option.name), "\(path) --\(option.name)")
      }
    }
    #expect(run.output.contains("reference threaded"))
  }

  @Test(arguments: [
    ("weft ''", ["run", "trace", "check", "evm", "extension", "bench", "demo", "completions"]),
    ("weft be", ["bench"]),
    ("weft bench ''", ["rv32", "evm", "precompiles", "extensions", "memory", "trace"]),
    ("weft run --eng", ["--engine"]),
    ("weft run --engine ''", ["reference", "threaded"]),
    ("weft run --engine = thr", ["threaded"]),
    ("weft run --mode =", ["fast", "metered", "recorded", "recorded-log"]),
    ("weft run --max-instructions ''", []),
    ("weft --color never run --exit ''", ["ecall", "tohost"]),
    ("weft completions z", ["zsh"]),
  ])
  func bashCompletes(words: String, offers: [String]) throws {
    let script =
      CommandLineRun(["completions", "bash"]).output + """
        COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _weft
        printf '%s\\n' "${COMPREPLY[@]}"
        """
    let result = try ChildProcess(executable: "bash", arguments: ["-s"]).run(input: Array(script.utf8))
    #expect(result.status == 0)
    #expect(String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init) == offers)
  }

  @Test func quotesInHelpTextsStayText() {
    #expect("it's".shellQuoted == "'it'\\''s'")
  }
}
