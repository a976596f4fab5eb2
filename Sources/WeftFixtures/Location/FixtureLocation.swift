import WeftDigests
import Glibc
import WeftPrecompiles

/// Where the official Ethereum tests are: never in this package.
///
/// The folder or archive that `WEFT_FIXTURES` names, else `../shared/fixtures` beside the package. An archive is
/// unpacked once into the user's cache, under the hash of its contents.
public enum FixtureLocation {
  /// The folder that `WEFT_FIXTURES` names, if it is set.
  public static var environmentFolder: String? { getenv("WEFT_FIXTURES").map { String(cString: $0) } }

  /// Name of the archive in a folder of fixtures.
  private static let archiveName = "evm-dev.tar.xz"
  /// Folders that the tests' top folder has.
  private static let marks = ["eest-v5.4.0", "legacytests", "ethereum-tests", "evm-benchmarks"]

  /// The places that are looked at, in order.
  public static func places(packageRoot: String) -> [String] {
    if let folder = environmentFolder { return [folder] }
    return ["\(packageRoot)/../shared/fixtures"]
  }

  /// The top folder of the tests, `nil` where there are none.
  ///
  /// - Parameter packageRoot: the folder that has `Package.swift`.
  /// - Throws: a place that is there but cannot be used: an archive that does not unpack.
  public static func find(packageRoot: String) throws(FixtureError) -> String? {
    for place in places(packageRoot: packageRoot) {
      for folder in [place, "\(place)/dev"] where isTop(folder) { return folder }
      let archive = isFile(place) ? place : "\(place)/\(archiveName)"
      if isFile(archive) { return try unpacked(archive) }
    }
    return nil
  }

  /// The line that tells that tests were not found, and where they were looked for.
  public static func absence(packageRoot: String, skipped: String) -> String {
    "official Ethereum tests not found (WEFT_FIXTURES, ../shared/fixtures): skipped \(skipped)"
  }

  private static func isTop(_ folder: String) -> Bool {
    marks.contains { access("\(folder)/\($0)", F_OK) == 0 }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func unpacked(_ archive: String) throws(FixtureError) -> String {
    let name = try hash(archive)
    let caches =
      getenv("XDG_CACHE_HOME").map { String(cString: $0) }
      ?? getenv("HOME").map { "\(String(cString: $0))/.cache" } ?? "/tmp"
    let folder = "\(caches)/weft/fixtures/\(name)"
    if !isTop("\(folder)/dev") {
      // Unpacked beside it and moved: a folder of that name is always whole.
      let partial = "\(folder).\(getpid()).partial"
      try run(["mkdir", "-p", partial], for: archive)
      try run(["tar", "-xJf", archive, "-C", partial], for: archive)
      if rename(partial, folder) != 0 {
        let code = errno
        try run(["rm", "-rf", partial], for: archive)
        // Another process may have been first.
        guard isTop("\(folder)/dev") else {
          throw FixtureError(file: folder, reason: FixtureFile.message(code))
        }
      }
    }
    return "\(folder)/dev"
  }

  private static func hash(_ archive: String) throws(FixtureError) -> String {
    guard let file = fopen(archive, "re") else {
      throw FixtureError(file: archive, reason: FixtureFile.message(errno))
    }
    defer { fclose(file) }
    var digest = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    guard ferror(file) == 0 else { throw FixtureError(file: archive, reason: "cannot be read") }
    return digest.finishedText()
  }

  private static func run(_ words: [String], for archive: String) throws(FixtureError) {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], nil, nil, arguments, environ)
    guard code == 0 else {
      throw FixtureError(file: archive, reason: "\(words[0]): \(FixtureFile.message(code))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      throw FixtureError(file: archive, reason: "\(words[0]) failed (status \(status))")
    }
  }
}
