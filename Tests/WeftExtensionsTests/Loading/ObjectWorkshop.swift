import Foundation
import Synchronization

@testable import WeftExtensions

/// Makes the shared objects of the tests: compiles C sources once, and stamps copies with the name of a case.
enum ObjectWorkshop {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Where `folder` is. The processes of exit tests end without what `atexit` has, so theirs are put into the folder of
  /// the process that made them: set it there before anything else.
  nonisolated(unsafe) static var outerFolder = NSTemporaryDirectory()

  /// A folder for this process; it goes away with it.
  static let folder: String = {
    let path = URL(filePath: outerFolder).appending(path: "weft-objects-\(getpid())").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = ObjectWorkshop.removal
    return path
  }()
  private static let removal: Void = {
    atexit { ObjectWorkshop.remove() }
    return
  }()
  // A process that was forked off leaves the folder alone.
  private static let owner = getpid()
  private static func remove() {
    if getpid() == owner { try? FileManager.default.removeItem(atPath: folder) }
  }

  private static let packageRoot = URL(filePath: #filePath).appending(path: "../../../..").standardized.path

  static func source(_ name: String) -> String { "\(packageRoot)/Tests/WeftHostileExtensions/\(name)" }

  // MARK: Compiling

  // Of a kind that ThreadSanitizer knows.
  private static let lock = NSLock()
  private nonisolated(unsafe) static var objects: [String: String] = [:]

  /// Compiles a source of `WeftHostileExtensions` as a shared object; each combination once.
  /// - Parameter flags: for the compiler, `-DNAME` for example.
  static func compile(
    _ source: String, _ flags: [String] = [], compiler: String = "cc", isShared: Bool = true
  ) throws -> String {
    let key = ([source, compiler, "\(isShared)"] + flags).joined(separator: " ")
    return try lock.withLock {
      if let known = objects[key] { return known }
      let path = "\(folder)/lib\(source.split(separator: ".")[0])-\(objects.count).so"
      try run(
        compiler,
        (isShared ? ["-shared", "-fPIC"] : []) + [
          "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I\(packageRoot)/Sources/CWeftABI/include",
        ] + flags + ["-o", path, Self.source(source)])
      objects[key] = path
      return path
    }
  }

  /// Runs a tool and waits for it.
  static func run(_ tool: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    let output = Pipe()
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(tool): " + String(decoding: text, as: UTF8.self))
    }
  }

  /// Whether a compiler is there.
  static func has(_ tool: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { access("\($0)/\(tool)", X_OK) == 0 }
  }

  // MARK: Files

  private static let count = Atomic<Int>(0)

  /// A path for a new file.
  static func newPath(_ name: String = "object.so") -> String {
    "\(folder)/\(count.wrappingAdd(1, ordering: .relaxed).newValue)-\(name)"
  }

  static func file(_ bytes: [UInt8], _ name: String = "object.so") throws -> String {
    let path = newPath(name)
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  /// A copy of an object in which `selected_case` names this case; `argument` is what it gets.
  static func object(
    _ source: String, case name: String, argument: String? = nil, _ flags: [String] = []
  ) throws -> String {
    var bytes = try bytes(compile(source, flags))
    let marker = Array("WEFT-TEST-CASE:".utf8)
    let text = Array("\(name) \(getpid())\(argument.map { " " + $0 } ?? "")".utf8) + [0]
    guard let place = bytes.firstRange(of: marker)?.upperBound, text.count <= 240 else {
      throw Failure(description: "\(source) has no marker, or '\(name)' is too long")
    }
    bytes.replaceSubrange(place..<place + text.count, with: text)
    return try file(bytes, "\(name).so")
  }
}

extension ObjectLoader {
  /// Asks for nothing that is in the user's cache.
  static func test(milliseconds: Int = 60_000) -> ObjectLoader {
    var probe = ObjectProbe(cacheFolder: nil)
    probe.milliseconds = milliseconds
    return ObjectLoader(probe: probe)
  }

  /// What is wrong with an object; empty when it was loaded.
  func problems(_ path: String) -> [String] {
    do throws(ExtensionLoadError) {
      _ = try load(path)
      return []
    } catch { return error.problems }
  }
}
