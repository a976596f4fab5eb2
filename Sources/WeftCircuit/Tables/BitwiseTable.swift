import WeftField

/// All pairs of bytes with their exclusive or: row 256·x + y. Looked up as `[x, y, 0, 0]` (both are bytes) or as
/// `[x, y, x ⊕ y, 1]`.
///
/// Source: reference/circuits.md §5, Bitwise(8).
public struct BitwiseTable: LookupTable {
  struct Fixed<Cell>: ColumnLayout {
    var x: Cell
    var y: Cell
    var xor: Cell
  }

  struct Columns<Cell>: ColumnLayout {
    var rangeMultiplicity: Cell
    var xorMultiplicity: Cell
  }

  public let bus: Bus

  public init(bus: Bus = .bitwise) { self.bus = bus }

  public var name: String { "BitwiseTable" }
  private var height: Int { 1 << 16 }

  public func describe(in builder: CircuitBuilder) {
    let fixed = builder.preprocessed(Fixed.self).local
    let columns = builder.main(Columns.self).local
    builder.provide(bus, [fixed.x, fixed.y, 0, 0], multiplicity: columns.rangeMultiplicity)
    builder.provide(bus, [fixed.x, fixed.y, fixed.xor, 1], multiplicity: columns.xorMultiplicity)
  }

  public func preprocessedTrace() throws(TraceError) -> Trace? {
    var trace = try Trace(height: height, width: 3)
    try trace.withRows { rows throws(TraceError) in
      try rows.forEach(Fixed<BabyBear>.self) { index, row in
        let (x, y) = (UInt32(index >> 8), UInt32(index & 255))
        row = Fixed(x: BabyBear(x), y: BabyBear(y), xor: BabyBear(x ^ y))
      }
    }
    return trace
  }

  /// Two counters per row: pairs, then exclusive ors.
  public var counterCount: Int { 2 * height }

  public func contains(_ message: [UInt32]) -> Bool {
    guard message.count == 4, message[0] < 256, message[1] < 256 else { return false }
    return message[3] == 0 && message[2] == 0 || message[3] == 1 && message[2] == message[0] ^ message[1]
  }

  public func tally(_ block: LookupBlock, into counters: UnsafeMutablePointer<UInt32>) {
    guard block.fieldCount == 4 else { return }
    let (xs, ys, zs, operations) = (block.field(0), block.field(1), block.field(2), block.field(3))
    for lane in 0..<block.laneCount {
      let (x, y) = (xs[lane], ys[lane])
      guard x < 256, y < 256 else { continue }
      let index = Int(256 &* x &+ y) &* 2
      switch operations[lane] {
      case 0 where zs[lane] == 0: counters[index] &+= block.counts[lane]
      case 1 where zs[lane] == x ^ y: counters[index &+ 1] &+= block.counts[lane]
      default: continue
      }
    }
  }

  public func rowCount(for records: LookupCounts) -> Int? { height }

  public func fill(_ rows: TraceRows, from records: LookupCounts) throws(TraceError) {
    try rows.forEach(Columns<BabyBear>.self) { index, row in
      guard 2 &* index &+ 1 < records.counts.count else { return }
      row.rangeMultiplicity = BabyBear(records.counts[2 &* index])
      row.xorMultiplicity = BabyBear(records.counts[2 &* index &+ 1])
    }
  }
}
