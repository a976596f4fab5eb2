import WeftCircuit
import WeftField
import WeftMemory

public struct HostAccessColumns<let size: Int, Cell>: ColumnLayout {
  public var step: HostStepColumns<Cell>
  public var pointer: Cell
  /// The block after the access: advice, for what the instruction writes is not explained.
  public var data: InlineArray<size, Cell>
  public var write: MemoryWriteAuxiliary<size, Cell>
}

/// Accesses to blocks of one address space, or of several alike, by instructions that the host carried out.
public struct HostAccessRecords: Sendable {
  public struct Access: Hashable, Sendable {
    public var step: HostStep
    public var pointer: UInt32
    public var previousTime: UInt32
    /// Of those that share a chip the one that is accessed.
    public var space: AddressSpaceID

    public init(step: HostStep, pointer: UInt32, previousTime: UInt32, space: AddressSpaceID) {
      (self.step, self.pointer, self.previousTime, self.space) = (step, pointer, previousTime, space)
    }
  }

  public let space: AddressSpace
  public private(set) var accesses: [Access] = []
  /// Per access the stored bytes of the block after it, then those before it.
  private var bytes: [UInt8] = []

  public init(_ space: AddressSpace) { self.space = space }

  private var blockBytes: Int { space.blockSize << Int(space.kind.cellShift) }

  /// Appends an access to a whole block, given as its stored bytes.
  public mutating func append(
    _ access: Access, data: UnsafeRawBufferPointer, previous: UnsafeRawBufferPointer
  ) {
    accesses.append(access)
    bytes += data
    bytes += previous
  }

  /// Cell `index` of the block after an access.
  package func cell(_ index: Int, after access: Int) -> BabyBear { cell(index, 2 * access) }
  /// Cell `index` of the block before an access.
  package func cell(_ index: Int, before access: Int) -> BabyBear { cell(index, 2 * access + 1) }

  private func cell(_ index: Int, _ block: Int) -> BabyBear {
    let start = block * blockBytes
    if space.kind == .byte { return BabyBear(bytes[start + index]) }
    return bytes.withUnsafeBytes {
      BabyBear($0.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
    }
  }
}

/// Accesses of environment calls and of instructions that no chip explains to one address space.
///
/// Every access is a write: a read leaves the block as it was, which is advice as is what a write puts there. Cells of
/// spaces of bytes are bytes.
public struct HostAccessChip<let size: Int>: Chip {
  public let space: AddressSpace

  /// A chip for a space whose blocks have `size` cells, and that does not hold registers.
  public init(_ space: AddressSpace) { self.space = space }

  public var name: String { "HostAccess(\(space.id.rawValue))" }
  /// Columns that the host may choose.
  public static var advice: [String] { ["step.isLast", "data"] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(HostAccessColumns<size, Expression>.self).local
    row.constrain(
      space: Expression(Int(space.id.rawValue)), kind: space.kind, in: builder)
    builder.gatePadding(validity: row.step.isValid)
  }

  public func rowCount(for records: HostAccessRecords) -> Int? {
    records.accesses.isEmpty ? nil : records.accesses.count
  }

  public func fill(_ rows: TraceRows, from records: HostAccessRecords) throws(TraceError) {
    try rows.forEach(HostAccessColumns<size, BabyBear>.self) { index, row in
      row = HostAccessColumns(records, index)
    }
  }
}

extension HostAccessColumns where Cell == Expression {
  /// A tick with an access, whose block is advice after it.
  /// - Parameter kind: what cells of the space hold.
  package func constrain(space: Expression, kind: AddressSpace.Kind, in builder: CircuitBuilder) {
    step.constrain(in: builder)
    MemoryBridge(builder).write(
      space: space, pointer: pointer, previous: write.previous.array, data.array, at: step.timestamp,
      write.access, enabled: step.isValid, label: "access")
    guard kind == .byte else { return }
    for first in stride(from: 0, to: size, by: 2) {
      builder.bytes(
        data[first], first + 1 < size ? data[first + 1] : 0, count: step.isValid, label: "bytes of the block")
    }
    builder.requireBytes(data.array, enabled: step.isValid, label: "block")
  }
}

extension HostAccessColumns where Cell == BabyBear {
  package init(_ records: HostAccessRecords, _ index: Int) {
    let access = records.accesses[index]
    step = HostStepColumns(access.step)
    pointer = BabyBear(access.pointer)
    data = InlineArray { records.cell($0, after: index) }
    write = MemoryWriteAuxiliary(
      access: MemoryAccessAuxiliary(previous: access.previousTime, now: access.step.timestamp),
      previous: InlineArray { records.cell($0, before: index) })
  }
}
