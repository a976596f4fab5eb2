import WeftCircuit
import WeftField

public struct ServiceColumns<Cell>: ColumnLayout {
  public var pc: Cell
  public var timestamp: Cell
  /// The two halves of the instruction's word, and whether it may jump: what the program table says.
  public var word: InlineArray<2, Cell>
  public var mayJump: Cell
  /// Where the program goes on: advice where the instruction may jump.
  public var nextPC: Cell
  /// The instruction accesses something: advice.
  public var continues: Cell
  public var isValid: Cell
}

/// An instruction that the host carried out and no chip explains.
public struct ServiceRecord: Hashable, Sendable {
  public var pc: UInt32
  public var timestamp: UInt32
  public var instruction: CircuitInstruction
  public var nextPC: UInt32
  public var continues: Bool

  public init(
    pc: UInt32, timestamp: UInt32, instruction: CircuitInstruction, nextPC: UInt32, continues: Bool
  ) {
    (self.pc, self.timestamp, self.instruction) = (pc, timestamp, instruction)
    (self.nextPC, self.continues) = (nextPC, continues)
  }
}

/// Instructions of extensions without chips, and others that the host carries out: that they stand in the program is
/// constrained, and so is every access that they make, by the rows of `HostAccessChip`; what they mean is not.
public struct ServiceChip: Chip {
  public init() {}

  public var name: String { "Service" }
  public static var opcodes: [CircuitOpcode] { [.service] }
  /// Columns that the host may choose.
  public static var advice: [String] { ["nextPC", "continues"] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(ServiceColumns<Expression>.self).local
    let valid = row.isValid
    builder.assertBool(valid, "isValid is a bit")
    builder.assertBool(row.mayJump, "mayJump is a bit")
    builder.assertBool(row.continues, "continues is a bit")
    builder.when(valid - row.mayJump).assertEqual(row.nextPC, row.pc + 4, "the next instruction follows")
    builder.gatePadding(validity: valid)
    builder.lookup(
      .program,
      [row.pc, Expression(Int(CircuitOpcode.service.rawValue)), row.word[0], row.word[1], row.mayJump]
        + [0, 0, 0, 0], count: valid, label: "the instruction")
    builder.receive(.execution, [row.pc, row.timestamp], count: valid, label: "state before")
    builder.send(
      .execution, [row.nextPC, row.timestamp], count: valid - row.continues, label: "state after")
    builder.send(
      .host, [row.nextPC, row.timestamp, 1], count: row.continues, label: "accesses follow")
  }

  public func rowCount(for records: [ServiceRecord]) -> Int? { records.isEmpty ? nil : records.count }

  public func fill(_ rows: TraceRows, from records: [ServiceRecord]) throws(TraceError) {
    try rows.forEach(ServiceColumns<BabyBear>.self) { index, row in
      let record = records[index]
      row.pc = BabyBear(record.pc)
      row.timestamp = BabyBear(record.timestamp)
      row.word = [record.instruction.a, record.instruction.b]
      row.mayJump = record.instruction.c
      row.nextPC = BabyBear(record.nextPC)
      row.continues = BabyBear(record.continues)
      row.isValid = .one
    }
  }
}
