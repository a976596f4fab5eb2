import WeftField
import WeftMemory

/// The leaves that a run touched in spaces of one boundary width: their cells, hashes and times, before and after.
public struct PersistentLeaves: Sendable {
  struct Leaf: Sendable {
    var space: UInt32
    var label: UInt32
  }

  /// Blocks of a leaf, each with a time of its own.
  public let blocksPerLeaf: Int
  /// Whether the boundary is in the trace set of a run that touched none of its leaves.
  public let isRequired: Bool
  /// Ascending by space and label.
  private(set) var leaves: [Leaf] = []
  private(set) var initialCells: [Digest] = []
  private(set) var finalCells: [Digest] = []
  private(set) var initialHashes: [Digest] = []
  private(set) var finalHashes: [Digest] = []
  /// `blocksPerLeaf` of every leaf.
  private(set) var timestamps: [UInt32] = []

  public var count: Int { leaves.count }

  /// The leaves of the spaces whose boundary has blocks of `blockSize` cells: 1, 2, 4 or 8.
  init(
    blockSize: Int, isRequired: Bool, touched: TimestampedEquipartition, initial image: MemoryImage,
    hasher: some MemoryHasher, threads: Int
  ) {
    blocksPerLeaf = MemoryInterface.leafSize / blockSize
    self.isRequired = isRequired
    let leafSize = UInt32(MemoryInterface.leafSize)
    var reader = PageReader(image)
    touched.withCells { cells in
      for block in touched.blocks where block.size == blockSize {
        let (space, label) = (block.address.space.rawValue, block.address.pointer / leafSize)
        let offset = Int(block.address.pointer % leafSize)
        if leaves.last.map({ $0.space != space || $0.label != label }) ?? true {
          leaves.append(Leaf(space: space, label: label))
          let before = reader.leaf(MemoryAddress(block.address.space, label * leafSize))
          initialCells.append(before)
          // Blocks that nobody touched stay as they were.
          finalCells.append(before)
          timestamps += repeatElement(0, count: blocksPerLeaf)
        }
        for i in 0..<blockSize {
          finalCells[leaves.count - 1][offset + i] = BabyBear(cells[block.offset + i])
        }
        timestamps[(leaves.count - 1) * blocksPerLeaf + offset / blockSize] = block.timestamp
      }
    }
    initialHashes = hasher.hash(leaves: initialCells, threads: threads)
    finalHashes = hasher.hash(leaves: finalCells, threads: threads)
  }

  /// The hashes that the rows look up: two per leaf.
  var compressions: [CompressionRequest] {
    leaves.indices.flatMap { [CompressionRequest(initialCells[$0]), CompressionRequest(finalCells[$0])] }
  }

  /// The leaves of the tree after the run.
  func merkleLeaves(in dimensions: MemoryDimensions) throws(MemoryCircuitError) -> [MerkleLeaf] {
    var result: [MerkleLeaf] = []
    for (leaf, hash) in zip(leaves, finalHashes) {
      let address = MemoryAddress(
        AddressSpaceID(leaf.space), leaf.label * UInt32(MemoryInterface.leafSize))
      guard let index = dimensions.leafIndex(address) else { throw .imageOutOfRange(address) }
      result.append(MerkleLeaf(index: index, digest: hash))
    }
    return result
  }
}

/// Reads leaves of an image, mostly several of one page.
struct PageReader {
  let image: MemoryImage
  private var id: MemoryImage.PageID?
  private var cells: [UInt32] = []

  init(_ image: MemoryImage) { self.image = image }

  mutating func leaf(_ address: MemoryAddress) -> Digest {
    let page = MemoryImage.PageID(space: address.space, index: address.pointer >> 12)
    if page != id {
      id = page
      cells = image.pageCells(page)
    }
    guard !cells.isEmpty else { return Digest() }
    let start = Int(address.pointer & UInt32(MemoryImage.pageSize - 1))
    return Digest(InlineArray { BabyBear(cells[start + $0]) })
  }
}
