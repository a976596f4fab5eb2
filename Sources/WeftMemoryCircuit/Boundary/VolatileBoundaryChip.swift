import WeftCircuit
import WeftField
import WeftMemory

/// A touched block of volatile memory: where it lies, what it holds at the end and since when.
public struct VolatileBoundaryColumns<let size: Int, Cell>: ColumnLayout {
  public var space: Cell
  /// The block's index, 17 bits and the rest. The pointer is the index times the size.
  public var label: DifferenceDigits<Cell>
  public var finalData: InlineArray<size, Cell>
  public var finalTimestamp: Cell
  public var isValid: Cell
  /// Whether the next row differs in the space, or first in the label.
  public var spaceDiffers: Cell
  public var labelDiffers: Cell
  /// The inverse of the difference to the next row.
  public var inverse: Cell
  /// The difference to the next row less one.
  public var distance: DifferenceDigits<Cell>
}

/// The same where memory may begin with an image.
public struct ImageBoundaryColumns<let size: Int, Cell>: ColumnLayout {
  public var block: VolatileBoundaryColumns<size, Cell>
  /// Whether the block begins with cells of the image, which `initial` then holds.
  public var isImage: Cell
  public var initial: InlineArray<size, Cell>
}

/// The beginning and the end of volatile memory: every touched block of its spaces is sent once, zero or as the image
/// has it, at time 0, and received once at the end.
///
/// Rows are strictly ascending, so that no block begins twice. (reference/circuits.md §6.5, §6.6)
public struct VolatileBoundaryChip<let size: Int>: Chip {
  public let boundary: BoundaryClass
  /// Whether memory may begin with an image.
  public let hasImage: Bool
  /// Whether the AIR is in the trace set of a run that touched none of its blocks.
  public let isRequired: Bool

  /// - Parameter boundary: a class with blocks of `size` cells.
  public init(_ boundary: BoundaryClass, hasImage: Bool = false, isRequired: Bool = false) {
    self.boundary = boundary
    self.hasImage = hasImage
    self.isRequired = isRequired
  }

  public var name: String { "\(hasImage ? "ImageBoundary" : "VolatileBoundary")(\(boundary.shortName))" }

  public func describe(in builder: CircuitBuilder) {
    if hasImage {
      let window = builder.main(ImageBoundaryColumns<size, Expression>.self)
      let row = window.local
      builder.assertBool(row.isImage, "isImage is a bit")
      builder.when(row.isImage).assertEqual(row.block.isValid, 1, "blocks of the image are valid")
      for i in 0..<size {
        builder.when(1 - row.isImage).assertZero(row.initial[i], "other blocks begin with zeros, cell \(i)")
      }
      let label = row.block.label.value
      builder.receive(
        .image, [row.block.space, label] + row.initial.array, count: row.isImage, label: "block of the image")
      describe(row.block, window.next.block, initial: row.initial.array, in: builder)
    } else {
      let window = builder.main(VolatileBoundaryColumns<size, Expression>.self)
      describe(
        window.local, window.next, initial: [Expression](repeating: 0, count: size), in: builder)
    }
  }

  private func describe(
    _ row: VolatileBoundaryColumns<size, Expression>, _ next: VolatileBoundaryColumns<size, Expression>,
    initial: [Expression], in builder: CircuitBuilder
  ) {
    let valid = row.isValid
    builder.assertBool(valid, "isValid is a bit")
    let transition = builder.whenTransition
    transition.when(next.isValid).assertEqual(valid, 1, "valid rows come first")

    constrainSpace(row, in: builder)
    let label = row.label.value
    row.label.check(bits: boundary.labelBits, count: valid, in: builder, label: "label")

    let (first, second) = (row.spaceDiffers, row.labelDiffers)
    let (spaceStep, labelStep) = (next.space - row.space, next.label.value - label)
    transition.assertBool(first, "spaceDiffers is a bit")
    transition.assertBool(second, "labelDiffers is a bit")
    transition.assertBool(first + second, "one difference is marked at most")
    let ordered = transition.when(next.isValid)
    ordered.assertZero((1 - first) * spaceStep, "the space is the same unless it is marked")
    ordered.assertEqual(first + second, 1, "a difference is marked")
    transition.when(first).assertEqual(spaceStep * row.inverse, 1, "a marked space differs")
    transition.when(second).assertEqual(labelStep * row.inverse, 1, "a marked label differs")
    ordered.assertEqual(
      first * spaceStep + second * labelStep - 1, row.distance.value, "rows are strictly ascending")
    row.distance.check(count: next.isValid, in: builder, label: "distance to the next row")
    // The last valid row has no successor: nothing may be written there.
    for (cell, column) in [
      (first, "spaceDiffers"), (second, "labelDiffers"), (row.inverse, "inverse"),
      (row.distance.low, "low digit"), (row.distance.high, "high digit"),
    ] {
      transition.when(1 - next.isValid).assertZero(cell, "no successor: \(column)")
      builder.whenLastRow.assertZero(cell, "last row: \(column)")
    }

    let pointer = label * Expression(size)
    builder.send(
      .memory, [row.space, pointer] + initial + [0], count: valid, label: "initial block")
    builder.receive(
      .memory, [row.space, pointer] + row.finalData.array + [row.finalTimestamp], count: valid,
      label: "final block")
    builder.gatePadding(validity: valid)
  }

  /// The space belongs to the class.
  private func constrainSpace(_ row: VolatileBoundaryColumns<size, Expression>, in builder: CircuitBuilder) {
    let offset = row.space - Expression(Int(boundary.firstSpace.rawValue))
    let label = "the space belongs to the boundary"
    switch boundary.log2Count {
    case 0: builder.when(row.isValid).assertZero(offset, label)
    case 1: builder.when(row.isValid).assertZero(offset * (offset - 1), label)
    default:
      builder.rangeCheck(offset, bits: Expression(boundary.log2Count), count: row.isValid, label: label)
    }
  }

  public func rowCount(for records: BoundaryBlocks) -> Int? {
    records.count == 0 && !isRequired ? nil : records.count
  }

  public func fill(_ rows: TraceRows, from records: BoundaryBlocks) throws(TraceError) {
    guard records.boundary == boundary, boundary.blockSize == size, hasImage || records.image == nil else {
      throw .badRecord(
        air: name, row: rows.rows.lowerBound, reason: "the rows are those of \(records.boundary)")
    }
    let image = records.image?.blocks.cells ?? []
    let hasImage = hasImage
    let first = rows.rows.lowerBound
    let inverses = try records.inverseSteps(after: rows.rows, of: self)
    try records.touched.withCells { final throws(TraceError) in
      try image.span.withUnsafeBufferPointer { initial throws(TraceError) in
        if hasImage {
          try rows.forEach(ImageBoundaryColumns<size, BabyBear>.self) { index, row in
            let block = records.blocks[index]
            Self.fill(&row.block, records, index, inverse: inverses[index &- first])
            if block.final != BoundaryBlocks.Block.none {
              Self.copy(final, block.final, into: &row.block.finalData)
            } else {
              Self.copy(initial, block.initial, into: &row.block.finalData)
            }
            guard block.initial != BoundaryBlocks.Block.none else { return }
            row.isImage = .one
            Self.copy(initial, block.initial, into: &row.initial)
          }
        } else {
          try rows.forEach(VolatileBoundaryColumns<size, BabyBear>.self) { index, row in
            Self.fill(&row, records, index, inverse: inverses[index &- first])
            Self.copy(final, records.blocks[index].final, into: &row.finalData)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func copy(
    _ cells: UnsafeBufferPointer<UInt32>, _ offset: UInt32, into target: inout InlineArray<size, BabyBear>
  ) {
    let offset = Int(offset)
    guard offset + size <= cells.count else { return }
    for i in 0..<size { target[i] = BabyBear(cells[offset &+ i]) }
  }

  /// Everything but the cells.
  @inline(__always)
  private static func fill(
    _ row: inout VolatileBoundaryColumns<size, BabyBear>, _ records: BoundaryBlocks, _ index: Int,
    inverse: BabyBear
  ) {
    let block = records.blocks[index]
    row.space = BabyBear(block.space)
    row.label = DifferenceDigits(of: block.label)
    row.finalTimestamp = BabyBear(block.timestamp)
    row.isValid = .one
    guard let step = records.step(after: index) else { return }
    row.spaceDiffers = BabyBear(step.isInSpace)
    row.labelDiffers = BabyBear(!step.isInSpace)
    row.inverse = inverse
    row.distance = DifferenceDigits(of: step.difference &- 1)
  }
}
