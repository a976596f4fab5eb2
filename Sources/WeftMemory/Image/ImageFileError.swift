/// Why an image file could not be written or was refused.
public enum ImageFileError: Error, Hashable, Sendable {
  /// A system call failed; `code` is its `errno`.
  case system(call: String, path: String, code: Int32)
  case notAFile(path: String)
  case tooLarge(path: String, byteCount: Int, limit: Int)
  /// The file ends at `offset`, inside the part named.
  case truncated(offset: Int, part: String)
  case badMagic
  case unsupportedVersion(UInt32)
  case checksum(expected: UInt64, actual: UInt64)
  /// A field that no writer produces, at a byte offset of the file.
  case malformed(offset: Int, reason: String)
}

extension ImageFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let call, let path, let code): "\(call) failed for \(path): error \(code)"
    case .notAFile(let path): "\(path) is not a regular file"
    case .tooLarge(let path, let byteCount, let limit):
      "\(path) has \(byteCount) bytes, at most \(limit) are accepted"
    case .truncated(let offset, let part): "the image file ends at offset \(offset), inside its \(part)"
    case .badMagic: "not a memory image: the file does not begin with \"WeftMem1\""
    case .unsupportedVersion(let version): "image version \(version) is not supported"
    case .checksum(let expected, let actual):
      "the image file is damaged: checksum \(String(actual, radix: 16)), "
        + "stated \(String(expected, radix: 16))"
    case .malformed(let offset, let reason): "malformed image file at offset \(offset): \(reason)"
    }
  }
}
