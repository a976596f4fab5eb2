import WeftField
import WeftMemory

/// A file that keeps the contents of persistent memory between runs together with their Merkle root.
public struct PersistentMemoryFile: Hashable, Sendable {
  public let path: String
  public let dimensions: MemoryDimensions

  public init(_ path: String, _ dimensions: MemoryDimensions) {
    self.path = path
    self.dimensions = dimensions
  }

  /// Writes contents and root; the path then holds either the old file or the whole new one.
  /// - Returns: the root.
  @discardableResult
  public func save(_ image: MemoryImage) throws(PersistentMemoryFileError) -> Digest {
    let stated: MemoryImage
    let root: Digest
    do throws(MemoryCircuitError) {
      root = try image.merkleRoot(dimensions)
      stated = image.stating(root)
    } catch {
      throw .contents(error)
    }
    do throws(ImageFileError) { try stated.save(to: path) } catch { throw .file(error) }
    return root
  }

  /// Reads the contents; their root is computed again.
  /// - Throws: `imageRootMismatch` in `contents` where it is not the stated one, `noRoot` where none is stated.
  public func load() throws(PersistentMemoryFileError) -> MemoryImage {
    let image: MemoryImage
    do throws(ImageFileError) { image = try MemoryImage(contentsOf: path) } catch { throw .file(error) }
    guard image.statedRoot != nil else { throw .noRoot(path: path) }
    do throws(MemoryCircuitError) { try image.checkStatedRoot(dimensions) } catch { throw .contents(error) }
    return image
  }
}

/// Why a file of persistent memory cannot be written or used.
public enum PersistentMemoryFileError: Error, Hashable, Sendable, CustomStringConvertible {
  case file(ImageFileError)
  case contents(MemoryCircuitError)
  /// The file states no root.
  case noRoot(path: String)

  public var description: String {
    switch self {
    case .file(let error): error.description
    case .contents(let error): error.description
    case .noRoot(let path): "\(path) states no root for its contents"
    }
  }
}
