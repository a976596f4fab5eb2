import Glibc
import Weft

/// The files of a new extension.
struct ExtensionProject {
  enum Language: String, Sendable, CaseIterable { case c, swift, manifest }

  struct File {
    /// Inside the project's folder.
    var path: String
    var text: String
  }

  let name: String
  let language: Language
  private(set) var files: [File] = []

  /// - Parameter package: where headers and overlay are copied from.
  init(name: String, language: Language, package: PackageFolder) throws(CommandError) {
    self.name = name
    self.language = language
    switch language {
    case .c:
      files = [
        File(path: "\(name).c", text: fill(ProjectTemplates.c)),
        File(path: "Makefile", text: fill(ProjectTemplates.makefile)),
        File(path: "README.md", text: fill(ProjectTemplates.readme)),
      ]
      files += try headers(package, into: "include")
    case .manifest:
      files = [
        File(path: "extension.json", text: fill(ProjectTemplates.manifest)),
        File(path: "README.md", text: fill(ProjectTemplates.readme)),
      ]
    case .swift:
      guard let kit = package.kit else {
        throw CommandError(
          .extension, "the Swift overlay is not installed; run weft from its package, or use --language c")
      }
      files = [
        File(path: "Package.swift", text: fill(ProjectTemplates.package)),
        File(path: "Sources/\(moduleName)/\(moduleName).swift", text: fill(ProjectTemplates.swift)),
        File(path: "README.md", text: fill(ProjectTemplates.readme)),
        // A C target needs a source file beside its headers.
        File(path: "Sources/CWeftABI/weft_abi.c", text: "#include \"weft_air.h\"\n"),
      ]
      files += try headers(package, into: "Sources/CWeftABI/include")
      for file in try PackageFolder.names(in: kit) where file.hasSuffix(".swift") {
        files.append(try copy("\(kit)/\(file)", to: "Sources/WeftExtensionKit/\(file)"))
      }
    }
  }

  /// Commands that build and check the project from the folder that it lies in.
  func commands(in folder: String) -> [String] {
    let place = folder.hasPrefix("/") ? folder : "./" + folder
    switch language {
    case .c: return ["make -C \(folder)", "weft extension check \(place)/lib\(name).so"]
    case .swift:
      return [
        "swift build -c release --package-path \(folder)",
        "weft extension check \(place)/.build/release/lib\(moduleName).so",
      ]
    case .manifest: return ["weft extension check --allow-foreign \(place)/extension.json"]
    }
  }

  /// Writes the files into a folder that must not exist, or be empty.
  func write(to folder: String) throws(CommandError) {
    if access(folder, F_OK) == 0 {
      let names = try PackageFolder.names(in: folder)
      guard names.isEmpty else { throw .output(folder, "is there already, and not empty") }
    }
    try Self.makeFolder(folder)
    for file in files {
      var path = folder
      for part in file.path.split(separator: "/").dropLast() {
        path += "/\(part)"
        try Self.makeFolder(path)
      }
      let output = try OutputFile(path: "\(folder)/\(file.path)")
      try output.commit(file.text)
    }
  }

  private static func makeFolder(_ path: String) throws(CommandError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .output(path, FileDescriptor.Failure(code: errno).description)
    }
  }

  private func headers(_ package: PackageFolder, into folder: String) throws(CommandError) -> [File] {
    var files: [File] = []
    for name in ["weft_handler.h", "weft_extension.h", "weft_air.h"] {
      files.append(try copy("\(package.include)/\(name)", to: "\(folder)/\(name)"))
    }
    return files
  }

  private func copy(_ source: String, to path: String) throws(CommandError) -> File {
    let bytes = try InputFile.read(source, console: .buffered())
    return File(path: path, text: String(decoding: bytes, as: UTF8.self))
  }

  /// `bit-tricks` as a Swift module: `BitTricks`.
  var moduleName: String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private func fill(_ template: String) -> String {
    template
      .replacing("@NAME@", with: name)
      .replacing("@MODULE@", with: moduleName)
      .replacing("@IDENTIFIER@", with: name.replacing("-", with: "_"))
      .replacing("@COMMANDS@", with: commands(in: name).map { "    \($0)" }.joined(separator: "\n"))
  }
}

extension String {
  /// All occurrences of a text replaced.
  fileprivate func replacing(_ text: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      result += rest[..<range.lowerBound]
      result += other
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
