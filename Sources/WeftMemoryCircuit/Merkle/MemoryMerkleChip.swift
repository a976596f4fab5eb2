import WeftCircuit
import WeftField
import WeftMemory

/// A node above touched leaves, as it was before the run or is after it.
public struct MemoryMerkleColumns<Cell>: ColumnLayout {
  /// 1 for the node before the run, −1 for the one after it, 0 for padding.
  public var direction: Cell
  /// 1 where the children's labels differ in the space, 0 where they differ in the address.
  public var isSpaceSection: Cell
  public var height: Cell
  public var heightInverse: Cell
  public var isRoot: Cell
  public var spaceLabel: Cell
  public var addressLabel: Cell
  public var hash: InlineArray<8, Cell>
  public var leftHash: InlineArray<8, Cell>
  public var rightHash: InlineArray<8, Cell>
  /// Whether the child is untouched: it is then that of the node before the run.
  public var isLeftUntouched: Cell
  public var isRightUntouched: Cell
}

/// The public values: the roots before and after the run.
struct MerkleRoots<Cell>: ColumnLayout {
  var initialRoot: InlineArray<8, Cell>
  var finalRoot: InlineArray<8, Cell>
}

/// The nodes of the memory's tree above the touched leaves, twice each, from the roots downwards: the roots are public,
/// the leaves come from the boundary. (reference/circuits.md §6.9)
public struct MemoryMerkleChip: Chip {
  public let dimensions: MemoryDimensions

  public init(_ dimensions: MemoryDimensions) { self.dimensions = dimensions }

  /// The name of every such AIR.
  public static var airName: String { "MemoryMerkle" }
  public var name: String { Self.airName }

  public func describe(in builder: CircuitBuilder) {
    let window = builder.main(MemoryMerkleColumns<Expression>.self)
    let (row, next) = (window.local, window.next)
    let roots = builder.publicValues(MerkleRoots<Expression>.self)
    let direction = row.direction
    builder.assertZero((1 - direction * direction) * direction, "the direction is −1, 0 or 1")
    for (flag, side) in [(row.isLeftUntouched, "left"), (row.isRightUntouched, "right")] {
      builder.assertBool(flag, "\(side) untouched is a bit")
      builder.when(direction + 1).assertZero(flag, "\(side) untouched after the run only")
    }
    constrainOrder(row, next, in: builder)

    builder.when(direction).assertEqual(row.height * row.heightInverse, 1, "no node below the leaves")
    builder.assertBool(row.isRoot, "isRoot is a bit")
    let root = builder.when(row.isRoot)
    root.assertEqual(row.height, Expression(dimensions.height), "the root is at the top")
    root.assertZero(row.spaceLabel, "the root has no space label")
    root.assertZero(row.addressLabel, "the root has no address label")
    root.when(next.isRoot).assertEqual(
      direction - next.direction, 2, "the roots are one before and one after")
    for i in 0..<8 {
      builder.whenFirstRow.assertEqual(row.hash[i], roots.initialRoot[i], "root before the run, element \(i)")
      builder.whenFirstRow.assertEqual(next.hash[i], roots.finalRoot[i], "root after the run, element \(i)")
    }

    sendNodes(row, in: builder)
    builder.lookup(
      .compression, row.leftHash.array + row.rightHash.array + row.hash.array, count: direction * direction,
      label: "hash of the children")
    builder.gatePadding(validity: direction * direction)
  }

  /// Heights fall by at most one from row to row; the spaces' section ends above the addresses' one, and the roots are
  /// the first two rows.
  private func constrainOrder(
    _ row: MemoryMerkleColumns<Expression>, _ next: MemoryMerkleColumns<Expression>,
    in builder: CircuitBuilder
  ) {
    let transition = builder.whenTransition
    let section = row.isSpaceSection - next.isSpaceSection
    transition.assertBool(row.height - next.height, "heights fall by one at most")
    transition.assertBool(section, "the spaces' section comes first")
    transition.assertBool(row.isRoot - next.isRoot, "the roots come first")
    let boundary = Expression(dimensions.addressHeight)
    transition.when(section).assertEqual(row.height, boundary + 1, "the spaces' section ends here")
    transition.when(section).assertEqual(next.height, boundary, "the addresses' section begins here")
    builder.whenFirstRow.assertEqual(row.isSpaceSection, 1, "the first row is in the spaces' section")
    builder.whenFirstRow.assertEqual(row.isRoot, 1, "the first row is a root")
    builder.whenFirstRow.assertEqual(next.isRoot, 1, "the second row is a root")
    builder.whenLastRow.assertZero(row.isSpaceSection, "the last row is in the addresses' section")
    builder.whenLastRow.assertZero(row.isRoot, "the last row is no root")
  }

  private func sendNodes(_ row: MemoryMerkleColumns<Expression>, in builder: CircuitBuilder) {
    let (direction, section) = (row.direction, row.isSpaceSection)
    let below = row.height - 1
    // In the spaces' section the space label gets another bit, below it the address label.
    let (space, address) = (row.spaceLabel * (1 + section), row.addressLabel * (2 - section))
    builder.send(
      .merkle, [direction, row.height, row.spaceLabel, row.addressLabel] + row.hash.array,
      count: (1 - row.isRoot) * direction, label: "node")
    builder.receive(
      .merkle, [direction + 2 * row.isLeftUntouched, below, space, address] + row.leftHash.array,
      count: direction, label: "left child")
    builder.receive(
      .merkle,
      [direction + 2 * row.isRightUntouched, below, space + section, address + (1 - section)]
        + row.rightHash.array, count: direction, label: "right child")
  }

  public func rowCount(for records: MerkleUpdate) -> Int? {
    2 * records.levels.reduce(0) { $0 + $1.count }
  }

  public func publicValues(for records: MerkleUpdate) -> [BabyBear] {
    let before = records.levels.last?.first?.before ?? records.tree.root
    return before.digest.array + records.tree.root.digest.array
  }

  public func fill(_ rows: TraceRows, from records: MerkleUpdate) throws(TraceError) {
    // Levels from the top, with the row in which each begins.
    var first = 0
    for height in stride(from: records.levels.count, to: 0, by: -1) {
      let level = records.levels[height - 1]
      let end = first + 2 * level.count
      let inverse = BabyBear(height).inverseOrZero
      let start = first
      try rows.restricted(to: first..<end).forEach(MemoryMerkleColumns<BabyBear>.self) { index, row in
        row = columns(level[(index - start) / 2], isFinal: index & 1 == 1, height: height, inverse: inverse)
      }
      first = end
    }
  }

  private func columns(
    _ node: MerkleUpdate.Node, isFinal: Bool, height: Int, inverse: BabyBear
  ) -> MemoryMerkleColumns<BabyBear> {
    let state = isFinal ? node.after : node.before
    let labels = dimensions.labels(index: node.index, height: height)
    return MemoryMerkleColumns(
      direction: isFinal ? .minusOne : .one, isSpaceSection: BabyBear(height > dimensions.addressHeight),
      height: BabyBear(height), heightInverse: inverse, isRoot: BabyBear(height == dimensions.height),
      spaceLabel: BabyBear(labels.space), addressLabel: BabyBear(labels.address),
      hash: state.digest.elements, leftHash: state.children?.left.digest.elements ?? Digest().elements,
      rightHash: state.children?.right.digest.elements ?? Digest().elements,
      isLeftUntouched: BabyBear(isFinal && !node.isLeftTouched),
      isRightUntouched: BabyBear(isFinal && !node.isRightTouched))
  }
}

extension MerkleUpdate {
  /// The hashes that the rows look up: two per node.
  var compressions: [CompressionRequest] {
    levels.reversed().flatMap { level in
      level.flatMap { node in
        [node.before, node.after].compactMap { state in
          state.children.map { CompressionRequest($0.left.digest, $0.right.digest) }
        }
      }
    }
  }
}
