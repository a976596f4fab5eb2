import FoundationEssentials

@testable import WeftCommands

/// One run of the tool inside the test process.
struct CommandLineRun {
  let exitCode: ExitCode
  let output: String
  let errors: String

  init(_ arguments: [String], console: Console = .buffered()) {
    exitCode = WeftCommand.run(arguments: arguments, console: console)
    output = String(decoding: console.output.contents, as: UTF8.self)
    errors = String(decoding: console.error.contents, as: UTF8.self)
  }

  /// All of standard output as one JSON value: fails where there is anything else.
  func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(output.utf8))
  }
}
