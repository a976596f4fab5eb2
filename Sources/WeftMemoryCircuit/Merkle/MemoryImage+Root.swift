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

  /// The image with a root stated for it, which readers check.
  package func stating(_ root: Digest) -> MemoryImage {
    var image = self
    image.statedRoot = root.array.map(\.canonical)
    return image
  }

  /// Demands that the contents have the root that the image states, where it states one.
  /// - Throws: `imageRootMismatch`.
  public func checkStatedRoot(_ dimensions: MemoryDimensions) throws(MemoryCircuitError) {
    if statedRoot != nil { try checkStatedRoot(is: try merkleRoot(dimensions)) }
  }

  /// The same where the root of the contents is known.
  package func checkStatedRoot(is actual: Digest) throws(MemoryCircuitError) {
    guard let stated = statedRoot else { return }
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
