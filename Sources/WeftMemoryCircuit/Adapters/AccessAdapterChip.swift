import WeftCircuit
import WeftField
import WeftMemory

/// A block that is halved, or joined from its halves.
public struct AccessAdapterColumns<let size: Int, Cell>: ColumnLayout {
  public var isValid: Cell
  /// 1 for a split, 0 for a merge.
  public var isSplit: Cell
  public var space: Cell
  public var pointer: Cell
  public var values: InlineArray<size, Cell>
  public var leftTimestamp: Cell
  public var rightTimestamp: Cell
  /// Whether the right half was accessed later than the left one.
  public var isRightLater: Cell
  public var comparison: DifferenceDigits<Cell>
}

/// The rows of an adapter: records of one size, sorted by address.
public struct AccessAdapterRows: Sendable {
  let source: MemoryTraceSource
  let order: [UInt32]

  public var count: Int { order.count }

  public init(_ source: MemoryTraceSource, size: Int) {
    self.source = source
    order = source.inputs.adapterRecords.rowOrder(size: size)
  }
}

/// Splits and merges of blocks of `size` cells (2, 4, 8, 16 or 32): the whole block is received and its halves are sent,
/// or the other way round. The whole has the later time of its halves. (reference/circuits.md §6.4)
public struct AccessAdapterChip<let size: Int>: Chip {
  public init() {}

  public var name: String { "AccessAdapter(\(size))" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(AccessAdapterColumns<size, Expression>.self).local
    builder.assertBool(row.isValid, "isValid is a bit")
    builder.assertBool(row.isSplit, "isSplit is a bit")
    builder.when(row.isSplit).assertEqual(
      row.leftTimestamp, row.rightTimestamp, "the halves of a split keep its time")
    LessThan.isLess(
      row.leftTimestamp, than: row.rightTimestamp, result: row.isRightLater, row.comparison,
      count: row.isValid, in: builder, label: "left before right")

    let time = row.isRightLater * row.rightTimestamp + (1 - row.isRightLater) * row.leftTimestamp
    let direction = row.isValid * (2 * row.isSplit - 1)
    let values = row.values.array
    let half = size / 2
    builder.receive(
      .memory, [row.space, row.pointer] + values + [time], count: direction, label: "whole block")
    builder.send(
      .memory, [row.space, row.pointer] + values[..<half] + [row.leftTimestamp], count: direction,
      label: "left half")
    builder.send(
      .memory, [row.space, row.pointer + Expression(half)] + values[half...] + [row.rightTimestamp],
      count: direction, label: "right half")
    builder.gatePadding(validity: row.isValid)
  }

  public func rowCount(for records: AccessAdapterRows) -> Int? {
    records.count == 0 ? nil : records.count
  }

  public func fill(_ rows: TraceRows, from records: AccessAdapterRows) throws(TraceError) {
    // Called through a protocol this code is not specialised for the size; what it calls is.
    switch size {
    case 2: try rows.fill(AccessAdapterColumns<2, BabyBear>.self, from: records, of: name)
    case 4: try rows.fill(AccessAdapterColumns<4, BabyBear>.self, from: records, of: name)
    case 8: try rows.fill(AccessAdapterColumns<8, BabyBear>.self, from: records, of: name)
    case 16: try rows.fill(AccessAdapterColumns<16, BabyBear>.self, from: records, of: name)
    default: try rows.fill(AccessAdapterColumns<32, BabyBear>.self, from: records, of: name)
    }
  }
}

extension TraceRows {
  fileprivate func fill<let size: Int>(
    _ layout: AccessAdapterColumns<size, BabyBear>.Type, from records: AccessAdapterRows, of air: String
  ) throws(TraceError) {
    try forEach(layout) { index, row throws(TraceError) in
      let filled: Bool? = records.source.inputs.adapterRecords.withRecord(Int(records.order[index])) {
        header, data in
        guard data.count == size else { return false }
        row.fill(header, data)
        return true
      }
      guard filled == true else {
        throw .badRecord(air: air, row: index, reason: "the record has another size")
      }
    }
  }
}

extension AccessAdapterColumns where Cell == BabyBear {
  @inline(__always)
  fileprivate mutating func fill(_ header: AccessAdapterRecords.Header, _ data: StoredCells) {
    isValid = .one
    isSplit = BabyBear(header.kind == .split)
    space = BabyBear(header.space.rawValue)
    pointer = BabyBear(header.pointer)
    for i in 0..<size { values[i] = BabyBear(data[i]) }
    leftTimestamp = BabyBear(header.leftTimestamp)
    rightTimestamp = BabyBear(header.rightTimestamp)
    (isRightLater, comparison) = LessThan.fill(header.leftTimestamp, header.rightTimestamp)
  }
}
