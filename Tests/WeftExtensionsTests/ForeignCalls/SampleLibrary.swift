import Glibc
import Testing

/// The library of C functions in `Tests/ForeignSamples`, built once for a test run into a folder of its own, which goes away
/// with the process.
enum SampleLibrary {
  /// The folder of the library `samples.so`.
  static let folder: Result<String, Failure> = {
    var template = Array("/tmp/weft-foreign-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return .failure(Failure(text: "no temporary folder")) }
    let folder = String(cString: made)
    let package = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    let arguments = [
      "cc", "-std=c99", "-O1", "-shared", "-fPIC", "-I", package + "/Sources/CWeftABI/include",
      "-o", folder + "/samples.so", package + "/Tests/ForeignSamples/samples.c",
    ]
    atexit {
      guard case .success(let folder) = SampleLibrary.folder else { return }
      unlink(folder + "/samples.so")
      rmdir(folder)
    }
    let status = run(arguments)
    return status == 0 ? .success(folder) : .failure(Failure(text: "cc ended with status \(status)"))
  }()

  struct Failure: Error { var text: String }

  static func path() throws -> String { try folder.get() + "/samples.so" }

  private static func run(_ arguments: [String]) -> Int32 {
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, "cc", nil, nil, &pointers, environ) == 0 else { return -1 }
    var status: Int32 = -1
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
