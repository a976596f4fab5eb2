import Glibc

/// Why a directory of traces cannot be written or read: always with the file that it is about.
public struct ExportError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: Sendable, Hashable {
    /// The system refused, with its own words: no space, no permission, no such file.
    case system(operation: String, message: String)
    /// Something is in the directory, and going on from it was not asked for.
    case notEmpty
    /// Another process writes to the directory.
    case inUse
    /// The format is of a version that is not known here.
    case unknownVersion(String)
    /// The contents are not what the format says, at an offset where that can be told.
    case malformed(offset: Int?, problem: String)
    /// The bytes are not those that were written.
    case checksum(expected: String, actual: String)
    /// What is there belongs to another run: what differs, as it should be and as it is.
    case otherRun(what: String, expected: String, found: String)
    /// The traces cannot be written as they are.
    case traces(String)
  }

  public let file: String
  public let reason: Reason

  public init(_ file: String, _ reason: Reason) {
    self.file = file
    self.reason = reason
  }

  /// The last error of the system.
  static func system(_ file: String, _ operation: String, code: Int32 = errno) -> ExportError {
    let message = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return ExportError(file, .system(operation: operation, message: message))
  }

  static func malformed(_ file: String, _ problem: String, at offset: Int? = nil) -> ExportError {
    ExportError(file, .malformed(offset: offset, problem: problem))
  }

  public var description: String {
    let text =
      switch reason {
      case .system(let operation, let message): "\(operation): \(message)"
      case .notEmpty: "not empty; resuming goes on from what is there"
      case .inUse: "another process writes to it"
      case .unknownVersion(let found):
        "format version \(found), this version of Weft reads \(ExportFormat.version)"
      case .malformed(let offset, let problem): (offset.map { "offset \($0): " } ?? "") + problem
      case .checksum(let expected, let actual): "SHA-256 is \(actual), the manifest says \(expected)"
      case .otherRun(let what, let expected, let found):
        "of another run: \(what) is \(found), not \(expected)"
      case .traces(let problem): problem
      }
    return "\(file): \(text)"
  }
}
