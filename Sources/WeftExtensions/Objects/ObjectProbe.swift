import CProbe
import CWeftABI
import Glibc
import Synchronization

/// Loads an unknown object in a child process first: a corrupt or hostile one can end its process inside the dynamic
/// linker, before any check.
///
/// It shows that the object loads and that its entry function comes back: the table is read by the host, which looks
/// before it reads. An object that passed is not tried again, in this process or a later one: its SHA-256 is
/// remembered, in memory and as an empty file in the user's cache directory.
public struct ObjectProbe: Sendable {
  /// Where hashes of objects that passed are kept, an absolute path; `nil` keeps them in memory only.
  public var cacheFolder: String?
  /// How long an object may take to load.
  public var milliseconds = 5000

  public init(cacheFolder: String? = ObjectProbe.standardCacheFolder) {
    self.cacheFolder = cacheFolder
  }

  /// `$XDG_CACHE_HOME/weft/probed`, or `~/.cache/weft/probed`.
  public static var standardCacheFolder: String? {
    if let folder = environment("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/weft/probed" }
    return environment("HOME").map { $0 + "/.cache/weft/probed" }
  }

  private static let passed = Mutex<Set<String>>([])

  /// Tries the object out, unless one with its contents has passed before.
  /// - Returns: what it did; `nil` when it passed.
  func problem(_ file: LibraryFile, symbol: String) -> String? {
    let hash = file.sha256Text
    if Self.passed.withLock({ $0.contains(hash) }) { return nil }
    if let cacheFolder, cacheFolder.hasPrefix("/"), access("\(cacheFolder)/\(hash)", F_OK) == 0 {
      Self.passed.withLock { _ = $0.insert(hash) }
      return nil
    }
    var host = weft_host()
    host.struct_size = UInt32(MemoryLayout<weft_host>.size)
    host.abi_version = UInt32(WEFT_ABI_VERSION)
    let result = HostVersion.withText { version in
      host.version = version
      return weft_probe(file.path, symbol, &host, Int32(clamping: milliseconds))
    }
    switch result.outcome {
    case Int32(WEFT_PROBE_PASSED):
      // What was tried out may be another file by now than the one that was hashed.
      guard file.isUnchanged else { return "was changed while it was being loaded" }
      Self.passed.withLock { _ = $0.insert(hash) }
      remember(hash)
      return nil
    case Int32(WEFT_PROBE_REFUSED):
      let text = withUnsafeBytes(of: result.message) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      return SharedLibrary.linkerText(text, about: file.path)
    case Int32(WEFT_PROBE_KILLED):
      let name = strsignal(result.code).map { String(cString: $0) } ?? "unknown"
      return "loading it ends the process with signal \(result.code) (\(name.lowercased()))"
    case Int32(WEFT_PROBE_EXITED):
      return "loading it ends the process with exit code \(result.code)"
    case Int32(WEFT_PROBE_HUNG):
      return "loading it takes longer than \(milliseconds) ms"
    default:
      let reason = strerror(result.code).map { String(cString: $0) } ?? "error \(result.code)"
      return "cannot be tried out, there is no child process: \(reason.lowercased())"
    }
  }

  private func remember(_ hash: String) {
    guard let cacheFolder, cacheFolder.hasPrefix("/") else { return }
    var path = ""
    for part in cacheFolder.split(separator: "/", omittingEmptySubsequences: true) {
      path += "/" + part
      mkdir(path, 0o700)
    }
    // A cache that cannot be written costs time, nothing else.
    let file = open("\(cacheFolder)/\(hash)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if file >= 0 { close(file) }
  }
}

/// An environment variable that is set and not empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
