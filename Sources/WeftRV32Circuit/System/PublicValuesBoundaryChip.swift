import WeftCircuit
import WeftField
import WeftMemory
import WeftMemoryCircuit

/// The last contents of the space of public values.
public struct PublicValuesRecords: Sendable {
  /// Words by their number; those that were not touched are 0 at time 0.
  public var words: [(value: UInt32, timestamp: UInt32)]

  public init(_ words: [(value: UInt32, timestamp: UInt32)]) { self.words = words }
}

/// The boundary of the space of public values in volatile mode: every word begins with 0, and what it holds at the end
/// is public, byte by byte.
///
/// Source: reference/circuits.md §6.7.
public struct PublicValuesBoundaryChip: Chip {
  struct Columns<Cell>: ColumnLayout {
    var finalData: InlineArray<4, Cell>
    var finalTimestamp: Cell
  }

  /// Words that the largest boundary holds: the preprocessed part has one column for each.
  public static var maximumWordCount: Int { 1 << 10 }

  /// Words, a power of two.
  public let wordCount: Int

  /// A boundary for at least `wordCount` words.
  public init(wordCount: Int) throws(RV32CircuitError) {
    guard wordCount <= Self.maximumWordCount else {
      throw .tooManyPublicValues(count: wordCount, limit: Self.maximumWordCount)
    }
    self.wordCount = Trace.paddedHeight(max(wordCount, 1))
  }

  public var name: String { "PublicValuesBoundary" }

  public func describe(in builder: CircuitBuilder) {
    let pointer = builder.preprocessedColumns("pointer", count: 1).local[0]
    let isWord = builder.preprocessedColumns("isWord", count: wordCount).local
    let row = builder.main(Columns<Expression>.self).local
    let values = builder.publicValues("value", count: 4 * wordCount)
    for byte in 0..<4 {
      let published = isWord.indices.map { isWord[$0] * values[4 * $0 + byte] }.sum()
      builder.assertEqual(row.finalData[byte], published, "byte \(byte) is public")
    }
    let space = Expression(3)
    builder.send(
      .memory, [space, pointer, 0, 0, 0, 0, 0], count: 1, label: "initial block")
    builder.receive(
      .memory, [space, pointer] + row.finalData.array + [row.finalTimestamp], count: 1,
      label: "final block")
  }

  /// What the space holds at the end of a run.
  func records(_ source: MemoryTraceSource) -> PublicValuesRecords {
    let touched = source.inputs.equipartition
    return PublicValuesRecords(
      (0..<wordCount).map { word in
        let address = MemoryAddress(.publicValues, UInt32(4 * word))
        guard let block = touched.block(at: address) else { return (0, 0) }
        let value = touched.values(of: block).reversed().reduce(UInt32(0)) { $0 << 8 | $1 }
        return (value, block.timestamp)
      })
  }

  public func preprocessedTrace() throws(TraceError) -> Trace? {
    var trace = try Trace(height: wordCount, width: 1 + wordCount)
    for word in 0..<wordCount {
      trace[word, 0] = BabyBear(4 * word)
      trace[word, 1 + word] = .one
    }
    return trace
  }

  public func rowCount(for records: PublicValuesRecords) -> Int? { wordCount }

  public func fill(_ rows: TraceRows, from records: PublicValuesRecords) throws(TraceError) {
    try rows.forEach(Columns<BabyBear>.self) { index, row in
      guard index < records.words.count else { return }
      row.finalData = Word(records.words[index].value)
      row.finalTimestamp = BabyBear(records.words[index].timestamp)
    }
  }

  public func publicValues(for records: PublicValuesRecords) -> [BabyBear] {
    (0..<wordCount).flatMap { index in
      Word(index < records.words.count ? records.words[index].value : 0).array
    }
  }
}
