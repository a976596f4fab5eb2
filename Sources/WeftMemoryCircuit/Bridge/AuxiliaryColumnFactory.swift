import WeftCircuit
import WeftField
import WeftMemory

/// Fills the auxiliary columns of accesses from the records of a run, by their numbers. Any thread may call it.
///
/// A number without a record of the right size (idle ticks, another run) has no columns: nil.
public struct AuxiliaryColumnFactory: Sendable {
  let source: MemoryTraceSource

  public init(_ source: MemoryTraceSource) { self.source = source }

  /// The record with this number.
  public func record(_ id: RecordID) -> MemoryRecord? { source.inputs.records.record(id) }

  /// The columns of a read or of a write whose previous cells stand elsewhere.
  public func read(_ id: RecordID) -> MemoryReadAuxiliary<BabyBear>? {
    guard let index = source.inputs.records.index(of: id) else { return nil }
    return source.inputs.records.withRecord(index) { header, _, _, _ in
      MemoryAccessAuxiliary(previous: header.previousTimestamp, now: header.timestamp)
    }
  }

  /// The columns of a write of `count` cells.
  public func write<let count: Int>(_ id: RecordID) -> MemoryWriteAuxiliary<count, BabyBear>? {
    guard let index = source.inputs.records.index(of: id) else { return nil }
    let columns: MemoryWriteAuxiliary<count, BabyBear>?? =
      source.inputs.records.withRecord(index) { header, _, _, previous in
        previous.count == count ? MemoryWriteAuxiliary(header, previous: previous) : nil
      }
    return columns ?? nil
  }

  /// The columns of a read of one cell in any space.
  public func readOrImmediate(_ id: RecordID) -> MemoryReadOrImmediateAuxiliary<BabyBear>? {
    guard let index = source.inputs.records.index(of: id) else { return nil }
    let columns: MemoryReadOrImmediateAuxiliary<BabyBear>?? =
      source.inputs.records.withRecord(index) { header, kind, data, _ in
        guard kind == .read, data.count == 1 else { return nil }
        return MemoryReadOrImmediateAuxiliary(
          space: header.access.space.rawValue, previous: header.previousTimestamp, now: header.timestamp)
      }
    return columns ?? nil
  }
}

extension MemoryAccessAuxiliary where Cell == BabyBear {
  /// The columns of a recorded access.
  public init(_ record: MemoryRecord) {
    self.init(previous: record.previousTimestamp, now: record.timestamp)
  }
}

extension MemoryWriteAuxiliary where Cell == BabyBear {
  /// The columns of a recorded access of `count` cells; nil for another size.
  public init?(_ record: MemoryRecord) {
    guard record.count == count else { return nil }
    self.init(
      access: MemoryAccessAuxiliary(record), previous: InlineArray { BabyBear(record.previousData[$0]) })
  }

  /// The columns of a record whose cells need no copy.
  init(_ header: MemoryRecords.Header, previous: StoredCells) {
    self.init(
      access: MemoryAccessAuxiliary(previous: header.previousTimestamp, now: header.timestamp),
      previous: InlineArray { BabyBear(previous[$0]) })
  }
}
