import Glibc
import Weft

/// `weft extension list`: what is built in, and what the search path has.
enum ExtensionListCommand {
  static let command: Command = Command(
    name: "list",
    abstract: "List built-in and installed extensions",
    discussion: """
      The search path: the folders of WEFT_EXTENSION_PATH, the folder of this program,
      and lib/weft of the prefix it is installed under. Objects are tried out in a
      child process before they are opened here.
      """,
    options: [ExtensionOptions.allowsForeign, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  struct Report: Codable, Equatable {
    let builtIn: [ExtensionSummary]
    let extensions: [ExtensionSummary]
    let searchPath: [String]
    /// Files on the search path that are meant as extensions and cannot be loaded, and why.
    let problems: [String]
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let report = try report(allowsForeign: arguments.isSet(ExtensionOptions.allowsForeign))
    if arguments.isSet(WeftCommand.json) {
      try JSONOutput.write(report, to: console)
      return .done
    }
    let style = console.style(for: console.output)
    try console.output.write(report.builtIn.map { $0.text(style: style) }.joined(separator: "\n"))
    for item in report.extensions { try console.output.write("\n" + item.text(style: style)) }
    for problem in report.problems { try console.error.write("weft: \(problem)\n") }
    return .done
  }

  private static func report(allowsForeign: Bool) throws(CommandError) -> Report {
    let parts: [any VMExtension] = [
      RV32IExtension(), RV32MExtension(), CountersExtension(), GuestInstructionsExtension(),
    ]
    var builtIn: [ExtensionSummary] = []
    for part in parts { builtIn.append(try ExtensionSummary(part, path: nil, isBuiltIn: true)) }
    var found: [ExtensionSummary] = []
    var problems: [String] = []
    let searchPath = ExtensionLoader.standardSearchPath
    for path in files(searchPath) {
      do throws(CommandError) {
        let item = try ExtensionOptions.load(path, allowsForeign: allowsForeign)
        found.append(try ExtensionSummary(item, path: path))
      } catch { problems.append(error.message) }
    }
    return Report(builtIn: builtIn, extensions: found, searchPath: searchPath, problems: problems)
  }

  /// Shared objects that export the entry function, and manifests.
  private static func files(_ folders: [String]) -> [String] {
    var files: [String] = []
    for folder in folders {
      for name in names(in: folder) {
        let path = "\(folder)/\(name)"
        if name.hasSuffix(".so"), ExtensionLoader.isExtension(path) { files.append(path) }
        if name == "extension.json" { files.append(path) }
        if access("\(path)/extension.json", R_OK) == 0 { files.append("\(path)/extension.json") }
      }
    }
    return files
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
