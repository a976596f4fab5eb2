import WeftCircuit
import WeftMemory

/// The adapters of a memory: one chip for every size up to the largest access.
public struct AccessAdapterInventory: Sendable, Hashable {
  /// Cells of the largest access: 2, 4, 8, 16 or 32.
  public let maximumSize: Int

  public init(maximumSize: Int = 32) { self.maximumSize = maximumSize }

  /// The chips with their sizes, ascending.
  public var chips: [(size: Int, chip: any Chip<AccessAdapterRows>)] {
    let all: [(size: Int, chip: any Chip<AccessAdapterRows>)] = [
      (2, AccessAdapterChip<2>()), (4, AccessAdapterChip<4>()), (8, AccessAdapterChip<8>()),
      (16, AccessAdapterChip<16>()), (32, AccessAdapterChip<32>()),
    ]
    return all.filter { $0.size <= maximumSize }
  }

  /// What fills the traces of the adapters, ascending by size; those without rows are absent from the traces.
  public func jobs(_ source: MemoryTraceSource) -> [TraceJob] {
    chips.map { size, chip in TraceJob(chip, records: AccessAdapterRows(source, size: size)) }
  }

  /// Rows of every adapter that a run needs, by size; only sizes with rows.
  public static func rowCounts(_ records: borrowing AccessAdapterRecords) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for size in AccessAdapterRecords.sizes {
      let count = records.splitCount(size: size) + records.mergeCount(size: size)
      if count > 0 { counts[size] = count }
    }
    return counts
  }
}
