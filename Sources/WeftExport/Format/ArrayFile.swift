import WeftField

/// A file of cells as a manifest lists it.
public struct ArrayFile: Sendable, Hashable {
  public let name: String
  public let height: Int
  public let width: Int
  /// SHA-256 of the whole file, 64 hexadecimal digits.
  public let sha256: String

  var byteCount: Int { ArrayHeader.byteCount + 4 * height * width }

  /// Cells that are converted, hashed and written at a time: one MiB, which stays in the processor's cache.
  static var chunkCells: Int { 1 << 18 }
}
