import WeftCircuit
import WeftField
import WeftMemory

/// A block of a program's start image.
public struct ImageTableColumns<let size: Int, Cell>: ColumnLayout {
  public var isReal: Cell
  public var space: Cell
  public var label: Cell
  public var data: InlineArray<size, Cell>
}

/// The start image of a program's spaces of one class, committed with the program: every block must be taken over by the
/// boundary, once. (reference/circuits.md §6.6)
public struct ImageTableChip<let size: Int>: Chip {
  public let boundary: BoundaryClass

  /// - Parameter boundary: a class with blocks of `size` cells.
  public init(_ boundary: BoundaryClass) { self.boundary = boundary }

  public var name: String { "ImageTable(\(boundary.shortName))" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.cached(ImageTableColumns<size, Expression>.self).local
    builder.assertBool(row.isReal, "isReal is a bit")
    builder.send(
      .image, [row.space, row.label] + row.data.array, count: row.isReal, label: "block of the image")
  }

  /// Always present: without it the blocks of the image could begin with zeros.
  public func rowCount(for records: ImageBlocks) -> Int? { records.count }

  public func fill(_ rows: TraceRows, from records: ImageBlocks) throws(TraceError) {}

  public func cachedTraces(for records: ImageBlocks, height: Int) throws(TraceError) -> [Trace] {
    guard records.boundary == boundary, boundary.blockSize == size, records.count <= height else {
      throw .badRecord(air: name, row: 0, reason: "the image is that of \(records.boundary)")
    }
    var trace = try Trace(height: height, width: ImageTableColumns<size, BabyBear>.width)
    try trace.withRows { (rows: TraceRows) throws(TraceError) in
      try rows.restricted(to: 0..<records.count).forEach(ImageTableColumns<size, BabyBear>.self) {
        index, row in
        let blocks = records.blocks
        row = ImageTableColumns(
          isReal: .one, space: BabyBear(blocks.addresses[index].space.rawValue),
          label: BabyBear(records.label(index)),
          data: InlineArray { BabyBear(blocks.cells[index * size + $0]) })
      }
    }
    return [trace]
  }
}
