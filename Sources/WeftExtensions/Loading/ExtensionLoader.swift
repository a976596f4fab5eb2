import Glibc
import WeftMachine

/// Finds and loads extensions: shared objects, and manifests named `*.json`.
///
/// ```swift
/// let bits = try ExtensionLoader().load("libWeftBits.so")
/// var machine = try Machine(program, extensions: [bits])
/// ```
///
/// A path with a slash is taken as it is. A bare name is looked up in the folders of `WEFT_EXTENSION_PATH`, beside the
/// executable, and in the `lib/weft` of the prefix that the executable is installed under; never in the working
/// directory.
public struct ExtensionLoader: Sendable {
  /// Folders in which bare names are looked up, in order.
  public var searchPath: [String]
  /// Tries unknown objects out in a child process first; `nil` loads them at once.
  public var probe: ObjectProbe? = ObjectProbe()
  /// Whether manifests may bring functions of foreign libraries in: native code that nothing checks.
  public var allowsForeign = false

  public init(searchPath: [String] = ExtensionLoader.standardSearchPath) {
    self.searchPath = searchPath
  }

  /// `WEFT_EXTENSION_PATH`, the executable's folder, `<prefix>/lib/weft`.
  public static var standardSearchPath: [String] {
    var folders = (environment("WEFT_EXTENSION_PATH") ?? "").split(separator: ":").map(String.init)
    if let folder = executableFolder {
      folders += [folder, folder + "/../lib/weft"]
    }
    return folders
  }

  private static var executableFolder: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }

  /// Where an extension is: the path itself, or the first folder that has a file of this name.
  ///
  /// A name without an ending, `bits`, also stands for `libbits.so`, `bits.json` and `bits/extension.json`.
  /// - Throws: an error that lists where it was looked for.
  public func locate(_ name: String) throws(ExtensionLoadError) -> String {
    if name.utf8.contains(0x2f) { return name }
    let isFileName = name.hasSuffix(".so") || name.hasSuffix(".json")
    let candidates = isFileName ? [name] : [name, "lib\(name).so", "\(name).json", "\(name)/extension.json"]
    for folder in searchPath {
      for candidate in candidates {
        let path = "\(folder)/\(candidate)"
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { return path }
      }
    }
    var problem = "no such extension"
    if access(name, F_OK) == 0 {
      problem += "; a file of the working directory is named with its path: ./\(name)"
    } else if searchPath.isEmpty {
      problem += "; WEFT_EXTENSION_PATH names folders to look in"
    } else {
      problem += "; looked in \(searchPath.joined(separator: ", "))"
    }
    throw ExtensionLoadError(path: name, problems: [problem])
  }

  /// Loads an extension by path or name.
  /// - Throws: everything that is wrong with it.
  public func load(_ name: String) throws(ExtensionLoadError) -> any VMExtension {
    let path = try locate(name)
    if path.hasSuffix(".json") { return try ForeignExtension(manifest: path, allowForeign: allowsForeign) }
    return try ObjectLoader(probe: probe).load(path)
  }
}
