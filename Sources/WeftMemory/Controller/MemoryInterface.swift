/// How a proof ties the memory of a run to the world outside.
public enum MemoryInterface: Sendable, Hashable {
  /// Memory begins with zeros and its end is forgotten.
  case volatile
  /// As `volatile`, but memory may begin with an image that is committed together with the program.
  case imageTable
  /// Memory begins and ends with a Merkle root, so that segments chain.
  case persistent

  /// Cells of a leaf of the Merkle tree.
  public static var leafSize: Int { 8 }

  /// Cells per block at the beginning and the end of a run, for a space with blocks of `blockSize`.
  /// Where a space's block is smaller than a leaf, the leaf has a time per block.
  public func boundarySize(blockSize: Int) -> Int {
    self == .persistent ? min(blockSize, Self.leafSize) : blockSize
  }
}
