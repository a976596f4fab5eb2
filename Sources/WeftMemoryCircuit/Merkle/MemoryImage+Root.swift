import WeftCircuit
import WeftField
import WeftMemory

extension MemoryImage {
  /// The Merkle root of the contents.
  public func merkleRoot(
    _ dimensions: MemoryDimensions, threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) -> Digest {
    try MemoryMerkleTree(self, dimensions, threads: threads).root.digest
  }

  /// The image with its root stated, for a file whose readers check it.
  public func statingRoot(_ dimensions: MemoryDimensions) throws(MemoryCircuitError) -> MemoryImage {
    var image = self
    image.statedRoot = try merkleRoot(dimensions).array.map(\.canonical)
    return image
  }

  /// Demands that the contents have the root that the image states, where it states one.
  /// - Throws: `imageRootMismatch`.
  public func checkStatedRoot(_ dimensions: MemoryDimensions) throws(MemoryCircuitError) {
    guard let stated = statedRoot else { return }
    let actual = try merkleRoot(dimensions)
    let expected = Digest(stated.map { BabyBear($0) }) ?? Digest()
    guard expected == actual else { throw .imageRootMismatch(expected: expected, actual: actual) }
  }
}

extension FinalizedMemory {
  /// The root of the contents at the end: the initial root of the next segment.
  public borrowing func finalRoot() throws(MemoryCircuitError) -> Digest {
    try image.merkleRoot(MemoryDimensions(configuration))
  }
}
