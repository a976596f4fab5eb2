import WeftCircuit
import WeftField
import WeftMemory
import WeftMemoryCircuit

public struct HostRegisterColumns<Cell>: ColumnLayout {
  public var access: HostAccessColumns<4, Cell>
  /// The register is x0, which nobody may change.
  public var isZeroRegister: Cell
  /// Of the pointer to another register.
  public var pointerInverse: Cell
}

/// Accesses of instructions that no chip explains to registers. Whatever they do, x0 stays 0, on which the meaning of
/// all other instructions rests; and environment calls have their own accesses to registers.
public struct HostRegisterChip: Chip {
  public init() {}

  public var name: String { "HostAccess(1)" }
  /// Columns that the host may choose.
  public static var advice: [String] { ["access.step.isLast", "access.data"] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(HostRegisterColumns<Expression>.self).local
    let (access, valid) = (row.access, row.access.step.isValid)
    access.constrain(
      space: Expression(Int(AddressSpaceID.registers.rawValue)), kind: .byte, in: builder)
    builder.assertEqual(access.step.mayUseRegisters, valid, "calls do not access registers here")
    IsZero.constrain(
      access.pointer, result: row.isZeroRegister, inverse: row.pointerInverse, condition: valid, in: builder,
      label: "x0")
    IsZero.pinInverse(
      result: row.isZeroRegister, inverse: row.pointerInverse, in: builder, label: "x0")
    for index in 0..<4 {
      builder.when(row.isZeroRegister).assertEqual(
        access.data[index], access.write.previous[index], "x0 stays as it is, byte \(index)")
    }
    builder.gatePadding(validity: valid)
  }

  public func rowCount(for records: HostAccessRecords) -> Int? {
    records.accesses.isEmpty ? nil : records.accesses.count
  }

  public func fill(_ rows: TraceRows, from records: HostAccessRecords) throws(TraceError) {
    try rows.forEach(HostRegisterColumns<BabyBear>.self) { index, row in
      row.access = HostAccessColumns(records, index)
      (row.isZeroRegister, row.pointerInverse) = IsZero.fill(row.access.pointer)
    }
  }
}
