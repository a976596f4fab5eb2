import WeftCircuit
import WeftField

/// A full round: the cubes of the S-boxes, and the state after it.
public struct Poseidon2FullRound<Cell>: ColumnLayout {
  public var cubes: InlineArray<16, Cell>
  public var state: InlineArray<16, Cell>
}

/// A partial round: the cube of the one S-box, and its result.
public struct Poseidon2PartialRound<Cell>: ColumnLayout {
  public var cube: Cell
  public var power: Cell
}

/// A permutation of 16 elements, round by round.
public struct Poseidon2Columns<Cell>: ColumnLayout {
  public var inputs: InlineArray<16, Cell>
  public var firstRounds: InlineArray<4, Poseidon2FullRound<Cell>>
  public var partialRounds: InlineArray<13, Poseidon2PartialRound<Cell>>
  public var lastRounds: InlineArray<4, Poseidon2FullRound<Cell>>
  public var multiplicity: Cell
}

extension Expression: Poseidon2Word {
  public var halved: Expression { divided(by: 2) }
}

/// The table of two-to-one hashes: every row is a Poseidon2 permutation, looked up by its input and the first eight
/// elements of its output. (reference/circuits.md §6.10)
public struct Poseidon2Chip: Chip {
  public init() {}

  public var name: String { "Poseidon2" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(Poseidon2Columns<Expression>.self).local
    var state = row.inputs.array
    var steps = ConstrainingSteps(builder: builder, columns: Array(row.cells[16...]))
    state.withUnsafeMutableBufferPointer { state in
      if let base = state.baseAddress { Poseidon2.permute16(base, &steps) }
    }
    builder.provide(
      .compression, row.inputs.array + row.lastRounds[3].state.array[..<8], multiplicity: row.multiplicity,
      label: "hash")
  }

  public func rowCount(for records: CompressionRecords) -> Int? { records.count }

  public func fill(_ rows: TraceRows, from records: CompressionRecords) throws(TraceError) {
    try Self.fill(rows) { row, element in
      let request = records.requests[row]
      return element < 8 ? request.left[element] : request.right[element &- 8]
    } multiplicity: {
      BabyBear(records.multiplicities[$0])
    }
  }

  /// Rows of padding hash zeros.
  public func fillPadding(_ row: TraceRows) throws(TraceError) {
    try Self.fill(row) { _, _ in
      .zero
    } multiplicity: { _ in
      .zero
    }
  }

  /// Fills rows, as many at once as a vector has lanes.
  @inline(__always)
  private static func fill(
    _ rows: TraceRows, input: (_ row: Int, _ element: Int) -> BabyBear, multiplicity: (Int) -> BabyBear
  ) throws(TraceError) {
    let columns = try rows.bound(to: Poseidon2Columns<BabyBear>.self)
    let (lanes, recorded) = (PackedBabyBear.count, Poseidon2.recordCount16)
    // The inputs, which become the outputs, and behind them what is written down.
    withUnsafeTemporaryAllocation(of: PackedBabyBear.self, capacity: 32 + recorded) { words in
      guard let state = words.baseAddress else { return }
      let inputs = state + 16
      let cells = UnsafeMutableRawPointer(inputs).assumingMemoryBound(to: BabyBear.self)
      var first = rows.rows.lowerBound
      while first < rows.rows.upperBound {
        let count = min(lanes, rows.rows.upperBound &- first)
        for element in 0..<16 {
          for lane in 0..<lanes {
            cells[element &* lanes &+ lane] = lane < count ? input(first &+ lane, element) : .zero
          }
        }
        state.update(from: inputs, count: 16)
        Poseidon2.record16(packed: state, into: inputs + 16)
        for lane in 0..<count {
          let row = UnsafeMutableRawPointer(columns + (first &+ lane)).assumingMemoryBound(to: BabyBear.self)
          var column = 0
          while column < 16 &+ recorded {
            row[column] = cells[column &* lanes &+ lane]
            column &+= 1
          }
          row[column] = multiplicity(first &+ lane)
        }
        first &+= lanes
      }
    }
  }
}

/// States that the columns hold what a permutation writes down.
private struct ConstrainingSteps: Poseidon2Steps {
  let builder: CircuitBuilder
  let columns: [Expression]
  var next = 0

  init(builder: CircuitBuilder, columns: [Expression]) {
    self.builder = builder
    self.columns = columns
  }

  private mutating func take() -> (column: Expression, place: String) {
    defer { next += 1 }
    // 32 columns of every full round, 2 of every partial one.
    let place =
      switch next {
      case ..<128: "first round \(next / 32 + 1), \(next % 16)"
      case ..<154: "partial round \((next - 128) / 2 + 1)"
      default: "last round \((next - 154) / 32 + 1), \((next - 154) % 16)"
      }
    return (columns[next], place)
  }

  mutating func power7(_ x: Expression) -> Expression {
    let (cube, place) = take()
    builder.assertEqual(x * x * x, cube, "\(place): cube")
    return cube * cube * x
  }

  mutating func commit(_ value: Expression) -> Expression {
    let (column, place) = take()
    builder.assertEqual(value, column, "\(place): state")
    return column
  }
}
