import WeftCircuit
import WeftField
import WeftMemory

public struct HostContextAccessColumns<Cell>: ColumnLayout {
  public var access: HostAccessColumns<32, Cell>
  /// The number of the context's space: advice.
  public var space: Cell
}

/// Accesses of instructions that no chip explains to the memories of EVM contexts: one chip for the spaces of all of them.
public struct HostContextAccessChip: Chip {
  public init() {}

  /// What all contexts have in common.
  public static var pattern: AddressSpace {
    AddressSpace(.firstContext, name: "EVM contexts", blockSize: 32, cellCount: 0)
  }

  public var name: String { "HostAccess(contexts)" }
  /// Columns that the host may choose.
  public static var advice: [String] { ["access.step.isLast", "access.data", "space"] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(HostContextAccessColumns<Expression>.self).local
    let valid = row.access.step.isValid
    let first = Expression(Int(AddressSpaceID.firstContext.rawValue))
    builder.rangeCheck(row.space - first, bits: 16, count: valid, label: "the space is a context's")
    row.access.constrain(space: row.space, kind: .byte, in: builder)
    builder.gatePadding(validity: valid)
  }

  public func rowCount(for records: HostAccessRecords) -> Int? {
    records.accesses.isEmpty ? nil : records.accesses.count
  }

  public func fill(_ rows: TraceRows, from records: HostAccessRecords) throws(TraceError) {
    try rows.forEach(HostContextAccessColumns<BabyBear>.self) { index, row in
      row.access = HostAccessColumns(records, index)
      row.space = BabyBear(records.accesses[index].space.rawValue)
    }
  }
}
