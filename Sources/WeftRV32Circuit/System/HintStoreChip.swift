import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// A row for every word that is stored.
public struct HintStoreColumns<Cell>: ColumnLayout {
  /// One word.
  public var isSingle: Cell
  /// As many words as a register says.
  public var isBuffer: Cell
  /// Words from this row on.
  public var remaining: InlineArray<4, Cell>
  public var pc: Cell
  public var timestamp: Cell
  /// The register that holds the pointer.
  public var pointerRegister: Cell
  public var pointer: InlineArray<4, Cell>
  public var pointerAccess: MemoryReadAuxiliary<Cell>
  public var write: MemoryWriteAuxiliary<4, Cell>
  public var data: InlineArray<4, Cell>
  /// The first word of a buffer.
  public var isStart: Cell
  /// The register that holds the number of words.
  public var wordsRegister: Cell
  public var wordsAccess: MemoryReadAuxiliary<Cell>
}

/// What `weft.hint.storew` and `weft.hint.buffer` did.
public struct HintStoreRecords: Sendable {
  public struct Instruction: Hashable, Sendable {
    public var pc: UInt32
    public var timestamp: UInt32
    public var instruction: CircuitInstruction
    public var pointer: UInt32
    public var pointerTime: UInt32
    /// The time of the previous access to the register of the word count; 0 for a single word.
    public var wordsTime: UInt32
    /// The number of its first word among all words.
    public var firstWord: Int
  }

  public struct Word: Hashable, Sendable {
    public var data: UInt32
    public var previous: UInt32
    public var previousTime: UInt32
  }

  public var instructions: [Instruction] = []
  public var words: [Word] = []

  public init() {}

  /// The number of the instruction that stores a word.
  func instruction(ofWord word: Int) -> Int {
    var (low, high) = (0, instructions.count)
    while low < high {
      let middle = (low &+ high) / 2
      if instructions[middle].firstWord <= word { low = middle &+ 1 } else { high = middle }
    }
    return low &- 1
  }

  func wordCount(of instruction: Int) -> Int {
    let end = instruction + 1 < instructions.count ? instructions[instruction + 1].firstWord : words.count
    return end - instructions[instruction].firstWord
  }
}

/// Stores words of the hint stream, whose values are the host's advice, bytes: one word, or a buffer in several rows.
///
/// Source: reference/circuits.md §9.2, HintStore; OpenVM v1.7 extensions/rv32im/circuit/src/hintstore.
public struct HintStoreChip: Chip {
  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "HintStore" }
  public static var opcodes: [CircuitOpcode] { [.hintStoreWord, .hintBuffer] }
  /// Columns that the host may choose.
  public static var advice: [String] { ["data"] }

  public func describe(in builder: CircuitBuilder) {
    let window = builder.main(HintStoreColumns<Expression>.self)
    let (row, next) = (window.local, window.next)
    let valid = row.isSingle + row.isBuffer
    let begins = row.isSingle + row.isStart
    let continues = next.isBuffer - next.isStart
    let remaining = row.remaining.composed()
    /// In the memory's space, a distance.
    func pointer(_ bytes: InlineArray<4, Expression>) -> Expression {
      [bytes[0], bytes[1], bytes[2], addressBase.distance(topByte: bytes[3])].composed()
    }
    let place = pointer(row.pointer)

    builder.assertBool(row.isSingle, "isSingle is a bit")
    builder.assertBool(row.isBuffer, "isBuffer is a bit")
    builder.assertBool(row.isStart, "isStart is a bit")
    builder.assertBool(valid, "a row is of one kind")
    builder.when(row.isStart).assertEqual(row.isBuffer, 1, "only buffers start")
    builder.whenTransition.when(1 - valid).assertZero(next.isSingle + next.isBuffer, "padding comes last")
    builder.when(row.isSingle).assertZero(continues, "a single word is one row")
    builder.whenFirstRow.assertZero(row.isBuffer - row.isStart, "the first row begins an instruction")
    builder.when(valid).when(1 - continues).assertEqual(remaining, 1, "the last row has one word left")
    let further = builder.when(continues)
    further.assertEqual(remaining - next.remaining.composed(), 1, "one word less in the next row")
    further.assertEqual(pointer(next.pointer) - place, 4, "the next row stores the next word")
    further.assertEqual(next.timestamp, row.timestamp + 3, "the next row is 3 ticks later")
    let inside = builder.when(1 - begins)
    for (index, cell) in ([row.pc, row.pointerRegister] + row.pointerAccess.cells).enumerated() {
      inside.assertZero(cell, "only a first row has the instruction: \(index)")
    }
    for (index, cell) in ([row.wordsRegister] + row.wordsAccess.cells).enumerated() {
      builder.when(1 - row.isStart).assertZero(cell, "only a buffer has a count: \(index)")
    }
    builder.gatePadding(validity: valid)

    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: row.pointerRegister, row.pointer.array, at: row.timestamp, row.pointerAccess,
      enabled: begins, label: "pointer")
    memory.read(
      space: 1, pointer: row.wordsRegister, row.remaining.array, at: row.timestamp + 1, row.wordsAccess,
      enabled: row.isStart, label: "number of words")
    memory.write(
      space: 2, pointer: place, previous: row.write.previous.array, row.data.array, at: row.timestamp + 2,
      row.write.access, enabled: valid, label: "word")
    // A pointer of 29 bits, a count of 29 bits.
    builder.bytes(
      8 * addressBase.distance(topByte: row.pointer[3]), 8 * row.remaining[3], count: begins,
      label: "pointer and count")
    builder.bytes(row.data[0], row.data[1], count: valid, label: "word")
    builder.bytes(row.data[2], row.data[3], count: valid, label: "word")
    builder.requireBytes(row.data.array, enabled: valid, label: "word")
    let opcode =
      Expression(Int(CircuitOpcode.hintStoreWord.rawValue)) * row.isSingle
      + Expression(Int(CircuitOpcode.hintBuffer.rawValue)) * row.isBuffer
    builder.setRowsPerStep(remaining)
    builder.execute(
      opcode, [row.wordsRegister, row.pointerRegister, 0, 1, 2],
      from: ExecutionState(pc: row.pc, timestamp: row.timestamp), nextPC: row.pc + 4, step: 3 * remaining,
      count: begins)
  }

  public func rowCount(for records: HintStoreRecords) -> Int? {
    records.words.isEmpty ? nil : records.words.count
  }

  public func fill(_ rows: TraceRows, from records: HintStoreRecords) throws(TraceError) {
    var number = records.instruction(ofWord: rows.rows.lowerBound)
    try rows.forEach(HintStoreColumns<BabyBear>.self) { index, row throws(TraceError) in
      guard index < records.words.count, number >= 0 else {
        throw .badRecord(air: name, row: index, reason: "no instruction stores this word")
      }
      if number + 1 < records.instructions.count, records.instructions[number + 1].firstWord == index {
        number += 1
      }
      let (instruction, word) = (records.instructions[number], records.words[index])
      let offset = UInt32(truncatingIfNeeded: index - instruction.firstWord)
      let now = instruction.timestamp &+ 3 &* offset
      let isBuffer = instruction.instruction.opcode == .hintBuffer
      row.isSingle = BabyBear(!isBuffer)
      row.isBuffer = BabyBear(isBuffer)
      let count = UInt32(truncatingIfNeeded: records.wordCount(of: number))
      row.remaining = WeftRV32Circuit.Word(count &- offset)
      row.timestamp = BabyBear(now)
      row.pointer = WeftRV32Circuit.Word(instruction.pointer &+ 4 &* offset)
      row.write = MemoryWriteAuxiliary(
        access: MemoryAccessAuxiliary(previous: word.previousTime, now: now &+ 2),
        previous: WeftRV32Circuit.Word(word.previous))
      row.data = WeftRV32Circuit.Word(word.data)
      guard offset == 0 else { return }
      row.pc = BabyBear(instruction.pc)
      row.pointerRegister = instruction.instruction.b
      row.pointerAccess = MemoryAccessAuxiliary(previous: instruction.pointerTime, now: now)
      guard isBuffer else { return }
      row.isStart = .one
      row.wordsRegister = instruction.instruction.a
      row.wordsAccess = MemoryAccessAuxiliary(previous: instruction.wordsTime, now: now &+ 1)
    }
  }
}
