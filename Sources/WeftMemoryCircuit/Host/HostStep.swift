import WeftCircuit
import WeftField

/// The state of the machine while the host carries out an instruction, before one of its ticks.
public struct HostStepColumns<Cell>: ColumnLayout {
  /// Where the program goes on afterwards.
  public var nextPC: Cell
  public var timestamp: Cell
  /// Whether the instruction may access registers: environment calls have done so already.
  public var mayUseRegisters: Cell
  /// The last tick of the instruction: advice.
  public var isLast: Cell
  public var isValid: Cell
}

/// One tick of an instruction that the host carries out.
public struct HostStep: Hashable, Sendable {
  public var nextPC: UInt32
  public var timestamp: UInt32
  public var mayUseRegisters: Bool
  public var isLast: Bool

  public init(nextPC: UInt32, timestamp: UInt32, mayUseRegisters: Bool, isLast: Bool) {
    (self.nextPC, self.timestamp) = (nextPC, timestamp)
    (self.mayUseRegisters, self.isLast) = (mayUseRegisters, isLast)
  }
}

extension HostStepColumns where Cell == Expression {
  /// Takes the state from the row of the instruction or of the tick before, and passes it on one tick later: to the
  /// next tick, or, from the last one, to the next instruction. Time grows with every row, so that no row can follow
  /// itself, and by one only, so that it cannot wrap around.
  package func constrain(in builder: CircuitBuilder) {
    builder.assertBool(isValid, "isValid is a bit")
    builder.assertBool(isLast, "isLast is a bit")
    builder.receive(.host, [nextPC, timestamp, mayUseRegisters], count: isValid, label: "tick before")
    builder.send(
      .host, [nextPC, timestamp + 1, mayUseRegisters], count: isValid - isLast, label: "tick after")
    builder.send(.execution, [nextPC, timestamp + 1], count: isLast, label: "state after")
  }
}

extension HostStepColumns where Cell == BabyBear {
  package init(_ step: HostStep) {
    nextPC = BabyBear(step.nextPC)
    timestamp = BabyBear(step.timestamp)
    mayUseRegisters = BabyBear(step.mayUseRegisters)
    isLast = BabyBear(step.isLast)
    isValid = .one
  }
}

/// Ticks without an access.
public struct HostIdleChip: Chip {
  public init() {}

  public var name: String { "HostIdle" }
  /// Columns that the host may choose.
  public static var advice: [String] { ["isLast"] }

  public func describe(in builder: CircuitBuilder) {
    let step = builder.main(HostStepColumns<Expression>.self).local
    step.constrain(in: builder)
    builder.gatePadding(validity: step.isValid)
  }

  public func rowCount(for records: [HostStep]) -> Int? { records.isEmpty ? nil : records.count }

  public func fill(_ rows: TraceRows, from records: [HostStep]) throws(TraceError) {
    try rows.forEach(HostStepColumns<BabyBear>.self) { index, row in row = HostStepColumns(records[index]) }
  }
}
