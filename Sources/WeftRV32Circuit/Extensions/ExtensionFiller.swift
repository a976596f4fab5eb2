import CWeftABI
import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit

/// Fills the rows of one execution of an extension's instruction: its own columns by the extension's function, the others
/// from the records of memory.
struct ExtensionFiller {
  private let chip: ExtensionChip
  private let execution: ExtensionRecords.Execution
  private let source: MemoryTraceSource
  /// Values of the nodes that say whether accesses happen.
  private var values: [BabyBear]
  /// Accesses so far, per phase.
  private var counts: [Int]

  /// Rows that the extension fills at once.
  private static var chunkRows: Int { 256 }

  init(_ chip: ExtensionChip, _ execution: ExtensionRecords.Execution, _ source: MemoryTraceSource) {
    self.chip = chip
    self.execution = execution
    self.source = source
    values = [BabyBear](repeating: .zero, count: chip.content.nodes.count)
    counts = [Int](repeating: 0, count: chip.content.phaseCount)
  }

  private func fault(_ row: Int, _ reason: String) -> TraceError {
    .badRecord(air: chip.name, row: execution.firstRow + row, reason: reason)
  }

  /// Notes how many accesses every phase has, and how many stand before some of the rows.
  mutating func count(into execution: inout ExtensionRecords.Execution) throws(TraceError) {
    var progress: [Int] = []
    try forEachRow(0..<execution.rowCount) { filler, row, cells throws(TraceError) in
      if row % ExtensionRecords.progressRows == 0 { progress += filler.counts }
      filler.advance(over: cells)
    }
    execution.progress = progress
    execution.phaseTotals = counts
    let total = counts.reduce(0, +)
    guard total == execution.accessCount else {
      throw fault(
        0, "the rows of an execution state \(total) accesses, the run made \(execution.accessCount)")
    }
  }

  /// Fills rows of the execution, numbered in it; `target` gives the cells of a row of the trace.
  mutating func fill(
    _ rows: Range<Int>, _ target: (Int) -> UnsafeMutableBufferPointer<BabyBear>?
  ) throws(TraceError) {
    var start = rows.lowerBound
    if chip.content.isLoop {
      let note = start / ExtensionRecords.progressRows
      counts = Array(execution.progress[note * counts.count..<(note + 1) * counts.count])
      start = note * ExtensionRecords.progressRows
    }
    try forEachRow(start..<rows.upperBound) { filler, row, cells throws(TraceError) in
      guard rows.contains(row), let target = target(row) else { return filler.advance(over: cells) }
      try filler.fill(row, cells, into: target)
    }
  }

  /// Calls a closure for rows with their cells, in which the extension's own and what belongs to the row are filled.
  private mutating func forEachRow(
    _ rows: Range<Int>, _ body: (inout ExtensionFiller, Int, [BabyBear]) throws(TraceError) -> Void
  ) throws(TraceError) {
    let width = chip.content.columnCount
    var cells = [BabyBear](repeating: .zero, count: chip.columns.width)
    var own: [UInt32] = []
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.chunkRows) {
      let chunk = first..<min(first + Self.chunkRows, rows.upperBound)
      own = [UInt32](repeating: 0, count: max(1, width * chunk.count))
      let status = ExtensionRecords.withRecord(of: execution, chip, source) { record in
        own.withUnsafeMutableBufferPointer { own in
          own.baseAddress.map { chip.chip.fill(record, rows: chunk, into: $0) } ?? weft_status(WEFT_FAILED)
        }
      }
      guard status == weft_status(WEFT_OK) else {
        throw fault(first, "the extension's fill function returned status \(status)")
      }
      for row in chunk {
        for column in 0..<width {
          guard let value = BabyBear(canonical: own[(row - first) * width + column]) else {
            throw fault(
              row,
              "the extension fills column \(column) of its own with \(own[(row - first) * width + column]), "
                + "which is no element of the field")
          }
          cells[chip.columns.own + column] = value
        }
        fillFrame(row, &cells)
        try body(&self, row, cells)
      }
    }
  }

  /// The columns that do not depend on memory: which row it is, and the first row's registers and immediate.
  private func fillFrame(_ row: Int, _ cells: inout [BabyBear]) {
    let columns = chip.columns
    let isFirst = row == 0
    cells[columns.isFirst] = BabyBear(isFirst)
    cells[columns.isLast] = BabyBear(row == execution.rowCount - 1)
    cells[columns.isValid] = .one
    for (index, register) in columns.registers.enumerated() {
      let value = isFirst ? ExtensionRecords.word(source, execution.firstEntry + index) : 0
      for byte in 0..<4 { cells[register.bytes + byte] = BabyBear(value.byte(byte)) }
    }
    let instruction = CircuitInstruction.extensionInstruction(0, chip.chip, word: execution.word)
    if let immediate = columns.immediate { cells[immediate] = isFirst ? instruction.c : .zero }
    if let sign = columns.immediateIsNegative { cells[sign] = isFirst ? instruction.g : .zero }
  }

  private mutating func isEnabled(_ cells: [BabyBear]) -> [Bool] {
    chip.evaluate(chip.enabledNodes, cells, next: cells, into: &values)
    return chip.content.accesses.map { values[$0.enabled] == .one }
  }

  private mutating func advance(over cells: [BabyBear]) {
    for (access, isEnabled) in zip(chip.content.accesses, isEnabled(cells)) where isEnabled {
      counts[access.phase] += 1
    }
  }

  private mutating func fill(
    _ row: Int, _ cells: [BabyBear], into target: UnsafeMutableBufferPointer<BabyBear>
  ) throws(TraceError) {
    var cells = cells
    let (columns, isFirst) = (chip.columns, row == 0)
    let readCount = columns.registers.count
    let instruction = CircuitInstruction.extensionInstruction(0, chip.chip, word: execution.word)
    cells[columns.pc] = BabyBear(execution.programCounter &- chip.addressBase.address)

    // Where the accesses of every phase begin among those of the execution.
    var begins = [0]
    for total in execution.phaseTotals.dropLast() { begins.append((begins.last ?? 0) + total) }
    let time = Int(execution.timestamp) + readCount
    for phase in columns.times.indices {
      cells[columns.times[phase]] = BabyBear(time + begins[phase] + counts[phase])
      if phase > 0 { cells[columns.starts[phase - 1]] = BabyBear(time + begins[phase]) }
    }

    for (index, register) in columns.registers.enumerated() {
      guard isFirst else { break }
      switch register.which {
      case .rs1: cells[register.pointer] = instruction.b
      case .rs2: cells[register.pointer] = chip.chip.form == .s ? instruction.a : instruction.c
      case .rd: cells[register.pointer] = instruction.a
      }
      try fillAge(execution.firstEntry + index, at: register.age, row, &cells)
    }

    for (number, isEnabled) in isEnabled(cells).enumerated() where isEnabled {
      let (access, place) = (chip.content.accesses[number], columns.accesses[number])
      let index = begins[access.phase] + counts[access.phase]
      counts[access.phase] += 1
      let entry = execution.firstEntry + readCount + index
      let found: Bool? =
        index < execution.accessCount
        ? source.inputs.records.withRecord(entry) { header, kind, data, previous in
          guard header.access.space == chip.spaceID(access.space), previous.count == access.cellCount,
            (kind == .write) == access.isWrite
          else { return false }
          for cell in 0..<access.cellCount { cells[place.cells + cell] = BabyBear(previous[cell]) }
          return true
        } : nil
      guard found == true else {
        throw fault(row, "'\(access.label)' is not what the run did as its access \(index)")
      }
      try fillAge(entry, at: place.age, row, &cells)
    }

    if let result = columns.result {
      cells[result.pointer] = instruction.a
      cells[result.isWritten] = instruction.f
      if row == execution.rowCount - 1, !instruction.f.isZero {
        let entry = execution.firstEntry + readCount + execution.accessCount
        try fillAge(entry, at: result.age, row, &cells)
        source.inputs.records.withRecord(entry) { _, _, _, previous in
          for byte in 0..<4 { cells[result.before + byte] = BabyBear(previous[byte]) }
        }
      }
    }
    if !chip.content.isLoop, counts[0] != execution.accessCount {
      throw fault(row, "the row states \(counts[0]) accesses, the run made \(execution.accessCount)")
    }
    _ = target.update(fromContentsOf: cells)
  }

  private func fillAge(
    _ entry: Int, at column: Int, _ row: Int, _ cells: inout [BabyBear]
  ) throws(TraceError) {
    let age = source.inputs.records.withRecord(entry) { header, _, _, _ in
      DifferenceDigits<BabyBear>(assertingLess: header.previousTimestamp, than: header.timestamp)
    }
    guard let age else { throw fault(row, "the run has no access \(entry)") }
    (cells[column], cells[column + 1]) = (age.low, age.high)
  }
}

extension ExtensionChip {
  public func rowCount(for records: ExtensionRecords) -> Int? {
    records.rowCount == 0 ? nil : records.rowCount
  }

  public func fill(_ rows: TraceRows, from records: ExtensionRecords) throws(TraceError) {
    var row = rows.rows.lowerBound
    while row < rows.rows.upperBound {
      let execution = records.executions[records.execution(ofRow: row)]
      let end = min(execution.firstRow + execution.rowCount, rows.rows.upperBound)
      var filler = ExtensionFiller(self, execution, records.source)
      try filler.fill(row - execution.firstRow..<end - execution.firstRow) {
        rows.cells(execution.firstRow + $0)
      }
      row = end
    }
  }
}
