import Weft

/// Extensions that a command brings into its machine.
struct ExtensionOptions: Equatable {
  static let paths = Option(
    "extension", .path("PATH"), repeatable: true,
    help: "Extension to bring in: a shared object, a manifest, or a name on the search path")
  static let allowsForeign = Flag(
    "allow-foreign", help: "Let manifests bring in functions of C libraries, which run unchecked")

  let paths: [String]
  let allowsForeign: Bool

  init(_ arguments: Arguments) throws(CommandError) {
    paths = try arguments.values(Self.paths)
    allowsForeign = arguments.isSet(Self.allowsForeign)
  }

  func load() throws(CommandError) -> [any VMExtension] {
    var extensions: [any VMExtension] = []
    for path in paths { extensions.append(try Self.load(path, allowsForeign: allowsForeign)) }
    return extensions
  }

  static func load(_ path: String, allowsForeign: Bool) throws(CommandError) -> any VMExtension {
    var loader = ExtensionLoader()
    loader.allowsForeign = allowsForeign
    do throws(ExtensionLoadError) {
      return try loader.load(path)
    } catch { throw CommandError(.extension, "\(error)") }
  }
}
