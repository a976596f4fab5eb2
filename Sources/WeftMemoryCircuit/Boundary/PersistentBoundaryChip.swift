import WeftCircuit
import WeftField
import WeftMemory

/// A touched leaf of persistent memory, as it was before the run or is after it.
public struct PersistentBoundaryColumns<let blocks: Int, Cell>: ColumnLayout {
  /// 1 for the leaf before the run, −1 for the one after it, 0 for padding.
  public var direction: Cell
  public var space: Cell
  public var label: Cell
  public var values: InlineArray<8, Cell>
  public var hash: InlineArray<8, Cell>
  /// When each block of the leaf was last accessed; 0 before the run.
  public var timestamps: InlineArray<blocks, Cell>
}

/// The beginning and the end of persistent memory: every touched leaf of eight cells, `blocks` blocks, twice, linked to
/// the Merkle tree by its hash. Blocks of more than eight cells are split and merged at the border.
///
/// That no leaf begins twice follows from the tree, which asks for each once. (reference/circuits.md §6.8)
public struct PersistentBoundaryChip<let blocks: Int>: Chip {
  public init() {}

  /// Cells of a block.
  public static var blockSize: Int { MemoryInterface.leafSize / blocks }

  public var name: String { "PersistentBoundary(\(Self.blockSize))" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(PersistentBoundaryColumns<blocks, Expression>.self).local
    let direction = row.direction
    builder.assertZero((1 - direction * direction) * direction, "the direction is −1, 0 or 1")
    for i in 0..<blocks {
      builder.when(direction).when(direction + 1).assertZero(
        row.timestamps[i], "block \(i) begins at time 0")
    }
    builder.send(
      .merkle,
      [direction, 0, row.space - Expression(Int(MemoryDimensions.firstSpace)), row.label] + row.hash.array,
      count: direction, label: "leaf")
    builder.lookup(
      .compression, row.values.array + [Expression](repeating: 0, count: 8) + row.hash.array,
      count: direction * direction, label: "hash of the leaf")
    let size = Self.blockSize
    for i in 0..<blocks {
      let pointer = row.label * Expression(MemoryInterface.leafSize) + Expression(i * size)
      builder.send(
        .memory,
        [row.space, pointer] + row.values.array[i * size..<(i + 1) * size] + [row.timestamps[i]],
        count: direction, label: "block \(i)")
    }
    builder.gatePadding(validity: direction * direction)
  }

  public func rowCount(for records: PersistentLeaves) -> Int? {
    records.isRequired ? 2 * records.count : records.count == 0 ? nil : 2 * records.count
  }

  public func fill(_ rows: TraceRows, from records: PersistentLeaves) throws(TraceError) {
    guard records.blocksPerLeaf == blocks else {
      throw .badRecord(
        air: name, row: rows.rows.lowerBound, reason: "the leaves have \(records.blocksPerLeaf) blocks")
    }
    try rows.forEach(PersistentBoundaryColumns<blocks, BabyBear>.self) { index, row in
      let (number, isFinal) = (index / 2, index & 1 == 1)
      let leaf = records.leaves[number]
      row.direction = isFinal ? .minusOne : .one
      row.space = BabyBear(leaf.space)
      row.label = BabyBear(leaf.label)
      row.values = (isFinal ? records.finalCells : records.initialCells)[number].elements
      row.hash = (isFinal ? records.finalHashes : records.initialHashes)[number].elements
      guard isFinal else { return }
      for i in 0..<blocks { row.timestamps[i] = BabyBear(records.timestamps[number &* blocks &+ i]) }
    }
  }
}
