import Glibc
import Weft

/// `weft extension new`: a project that builds and passes `weft extension check` as it stands.
enum ExtensionNewCommand {
  private static let name = Operand("NAME", .extensionName, help: "Name: lower-case letters, digits, hyphens")
  private static let language = Option(
    "language", .choice(ExtensionProject.Language.self), help: "What it is written in (default: c)")
  private static let directory = Option(
    "directory", .path("DIR", completion: .directories), help: "Folder to make (default: NAME, here)")

  static let command: Command = Command(
    name: "new",
    abstract: "Begin an extension",
    discussion: """
      c         a shared object with a step function and a full handler
      swift     the same as a Swift package of its own
      manifest  instructions from functions of libraries that are there already
      """,
    positionals: [name],
    options: [language, directory, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  struct Report: Codable, Equatable {
    let directory: String
    let files: [String]
    /// Shell commands that build and check it.
    let commands: [String]
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let name = try arguments.value(name)
    let project = try ExtensionProject(
      name: name, language: try arguments.value(language) ?? .c, package: PackageFolder.find())
    let folder = try arguments.value(directory) ?? name
    try project.write(to: folder)
    let report = Report(
      directory: folder, files: project.files.map(\.path), commands: project.commands(in: folder))
    try console.write(report, arguments) { _ in
      "\(folder): \(project.files.count) files. Build and check it:\n"
        + report.commands.map { "  \($0)\n" }.joined()
    }
    return .done
  }
}

extension ValueType where Value == String {
  /// The name of an extension.
  fileprivate static let extensionName = ValueType(placeholder: "NAME") { text throws(InvalidValue) in
    let allowed = text.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }
    guard allowed, let first = text.utf8.first, (0x61...0x7a).contains(first), text.utf8.count <= 64 else {
      throw InvalidValue(
        reason: "is no extension name: lower-case letters, digits and hyphens, a letter first")
    }
    return text
  }
}
