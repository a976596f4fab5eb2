import FoundationEssentials
import Glibc

/// Where the headers of the extension ABI are: in the package that this program was built from, or installed.
struct PackageFolder {
  /// Folder with `weft_extension.h`.
  let include: String
  /// Folder of the Swift overlay's sources; `nil` where only headers are installed.
  let kit: String?

  static func find() throws(CommandError) -> PackageFolder {
    if let path = getenv("WEFT_INCLUDE").map({ String(cString: $0) }), isInclude(path) {
      return PackageFolder(include: path, kit: nil)
    }
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    var folder = executable[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if isInclude("\(folder)/Sources/CWeftABI/include") {
        return PackageFolder(
          include: "\(folder)/Sources/CWeftABI/include", kit: "\(folder)/Sources/WeftExtensionKit")
      }
      if isInclude("\(folder)/include/weft") {
        return PackageFolder(include: "\(folder)/include/weft", kit: nil)
      }
    }
    throw CommandError(
      .extension,
      "weft_extension.h is neither in the package of this program nor installed under its prefix; "
        + "WEFT_INCLUDE names its folder")
  }

  private static func isInclude(_ path: String) -> Bool { access("\(path)/weft_extension.h", R_OK) == 0 }

  /// The names of the files in a folder.
  static func names(in folder: String) throws(CommandError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch { throw CommandError.input(folder, "cannot be read") }
  }
}
