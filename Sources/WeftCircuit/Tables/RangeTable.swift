import WeftField

/// All numbers of 0 … `maximumBits` bits: row 2^b + v holds (v, b), row 0 holds (0, 0) as row 1 does.
///
/// Source: reference/circuits.md §5, VarRange(17); OpenVM v1.7 crates/circuits/primitives/src/var_range.
public struct RangeTable: LookupTable {
  struct Fixed<Cell>: ColumnLayout {
    var value: Cell
    var bits: Cell
  }

  struct Columns<Cell>: ColumnLayout {
    var multiplicity: Cell
  }

  /// The largest number of bits that is in the table of the system.
  public static var standardBits: Int { 17 }

  public let maximumBits: Int
  public let bus: Bus

  public init(maximumBits: Int = RangeTable.standardBits, bus: Bus = .range) {
    self.maximumBits = maximumBits
    self.bus = bus
  }

  public var name: String { "RangeTable" }
  private var height: Int { 2 << maximumBits }

  public func describe(in builder: CircuitBuilder) {
    let fixed = builder.preprocessed(Fixed.self).local
    let columns = builder.main(Columns.self).local
    builder.provide(bus, [fixed.value, fixed.bits], multiplicity: columns.multiplicity)
  }

  public func preprocessedTrace() throws(TraceError) -> Trace? {
    var trace = try Trace(height: height, width: 2)
    let bits = maximumBits
    try trace.withRows { rows throws(TraceError) in
      let pointer = try rows.bound(to: Fixed<BabyBear>.self)
      for b in 0...bits {
        for v in 0..<(1 << b) {
          pointer[(1 << b) + v] = Fixed(value: BabyBear(UInt32(v)), bits: BabyBear(UInt32(b)))
        }
      }
    }
    return trace
  }

  public var counterCount: Int { height }

  public func contains(_ message: [UInt32]) -> Bool {
    message.count == 2 && message[1] <= UInt32(maximumBits) && message[0] &>> message[1] == 0
  }

  public func tally(_ block: LookupBlock, into counters: UnsafeMutablePointer<UInt32>) {
    guard block.fieldCount == 2 else { return }
    let (values, bits) = (block.field(0), block.field(1))
    for lane in 0..<block.laneCount {
      let width = bits[lane]
      guard width <= UInt32(maximumBits), values[lane] &>> width == 0 else { continue }
      counters[Int(1 &<< width &+ values[lane])] &+= block.counts[lane]
    }
  }

  public func rowCount(for records: LookupCounts) -> Int? { height }

  public func fill(_ rows: TraceRows, from records: LookupCounts) throws(TraceError) {
    try rows.forEach(Columns<BabyBear>.self) { index, row in
      if index < records.counts.count { row.multiplicity = BabyBear(records.counts[index]) }
    }
  }
}
