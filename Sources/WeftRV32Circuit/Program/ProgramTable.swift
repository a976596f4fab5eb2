import WeftCircuit
import WeftField

/// The program: an instruction per address, looked up by whoever executes one. Its columns are committed to apart
/// from the run's, so that the commitment tells which program was executed.
///
/// Padded with `terminate 1` at the addresses that follow. Source: reference/circuits.md §7; OpenVM v1.7
/// crates/vm/src/system/program/air.rs.
public struct ProgramTable: LookupTable {
  struct Line<Cell>: ColumnLayout {
    var pc: Cell
    var opcode: Cell
    var operands: InlineArray<7, Cell>
  }

  struct Columns<Cell>: ColumnLayout {
    var frequency: Cell
  }

  public let bus = Bus.program
  public var name: String { ProgramAIR().name }
  /// Lines before padding.
  public let lineCount: Int
  /// The committed part.
  let lines: Trace
  /// The distance of the first slot from the circuit's base.
  private let firstDistance: UInt32
  /// The line of every slot; −1 for those without an instruction.
  private let lineOfSlot: [Int32]
  /// Lines of distances that have two.
  private let secondLines: [UInt32: Int]
  /// The lines as canonical numbers, nine each.
  private let numbers: [UInt32]

  public init(_ program: CircuitProgram) throws(TraceError) {
    let firstDistance = program.distance(program.firstAddress)
    var entries: [(distance: UInt32, instruction: CircuitInstruction)] = []
    var lineOfSlot = [Int32](repeating: -1, count: program.instructions.count)
    for slot in program.instructions.indices where program.isPresent[slot] {
      lineOfSlot[slot] = Int32(entries.count)
      entries.append((firstDistance + 4 * UInt32(slot), program.instructions[slot]))
    }
    var secondLines: [UInt32: Int] = [:]
    for line in program.emulated {
      secondLines[program.distance(line.address)] = entries.count
      entries.append((program.distance(line.address), line.instruction))
    }
    lineCount = entries.count
    let height = Trace.paddedHeight(entries.count)
    var distance = firstDistance + 4 * UInt32(program.instructions.count)
    while entries.count < height {
      entries.append((distance, CircuitInstruction(.terminate, c: .one)))
      distance += 4
    }
    var trace = try Trace(height: height, width: Line<BabyBear>.width)
    try trace.withRows { (rows: TraceRows) throws(TraceError) in
      try rows.forEach(Line<BabyBear>.self) { index, row in
        let (distance, instruction) = entries[index]
        row.pc = BabyBear(distance)
        row.opcode = BabyBear(instruction.opcodeNumber)
        let (a, b, c, d) = (instruction.a, instruction.b, instruction.c, instruction.d)
        row.operands = [a, b, c, d, instruction.e, instruction.f, instruction.g]
      }
    }
    lines = trace
    numbers = (0..<trace.cellCount).map { trace.elements[$0].canonical }
    self.firstDistance = firstDistance
    self.lineOfSlot = lineOfSlot
    self.secondLines = secondLines
  }

  public func describe(in builder: CircuitBuilder) { ProgramAIR().describe(in: builder) }

  public var counterCount: Int { lines.height }

  public func contains(_ message: [UInt32]) -> Bool {
    message.count == 9 && line(of: { message[$0] }) != nil
  }

  /// The line that holds a message, given field by field.
  @inline(__always)
  private func line(of field: (Int) -> UInt32) -> Int? {
    let pc = field(0)
    let slot = Int((pc &- firstDistance) >> 2)
    var line: Int
    if slot < lineOfSlot.count {
      line = Int(lineOfSlot[slot])
      guard line >= 0 else { return nil }
    } else {
      // Padding stands behind all other lines, in the order of its addresses.
      line = lineCount &+ (slot &- lineOfSlot.count)
      guard line < lines.height else { return nil }
    }
    if matches(line, field) { return line }
    guard let second = secondLines[pc] else { return nil }
    line = second
    return matches(line, field) ? line : nil
  }

  @inline(__always)
  private func matches(_ line: Int, _ field: (Int) -> UInt32) -> Bool {
    var difference: UInt32 = 0
    for index in 0..<9 { difference |= numbers[9 &* line &+ index] ^ field(index) }
    return difference == 0
  }

  public func tally(_ block: LookupBlock, into counters: UnsafeMutablePointer<UInt32>) {
    guard block.fieldCount == 9 else { return }
    for lane in 0..<block.laneCount where block.counts[lane] != 0 {
      if let line = line(of: { block.field($0)[lane] }) { counters[line] &+= block.counts[lane] }
    }
  }

  public func rowCount(for records: LookupCounts) -> Int? { lines.height }

  public func fill(_ rows: TraceRows, from records: LookupCounts) throws(TraceError) {
    try rows.forEach(Columns<BabyBear>.self) { index, row in
      if index < records.counts.count { row.frequency = BabyBear(records.counts[index]) }
    }
  }

  public func cachedTraces(for records: LookupCounts, height: Int) throws(TraceError) -> [Trace] { [lines] }
}

/// The AIR of every program's table.
struct ProgramAIR: AIR {
  let name = "Program"

  func describe(in builder: CircuitBuilder) {
    let line = builder.cached(ProgramTable.Line.self).local
    let columns = builder.main(ProgramTable.Columns.self).local
    builder.provide(
      .program, [line.pc, line.opcode] + line.operands.array, multiplicity: columns.frequency,
      label: "instruction")
  }
}
