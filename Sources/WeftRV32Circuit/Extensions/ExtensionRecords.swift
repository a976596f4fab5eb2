import CWeftABI
import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit

/// The executions of an instruction of an extension, in the order of time, and their accesses.
public struct ExtensionRecords: Sendable {
  /// One execution.
  public struct Execution: Hashable, Sendable {
    /// Its address.
    public var programCounter: UInt32
    public var word: UInt32
    public var timestamp: UInt32
    /// Where its accesses begin among the records of memory: those to the registers that it declares, in their order,
    /// then those to memory, then the write of rd.
    public var firstEntry: Int
    /// Accesses to memory.
    public var accessCount: Int
    /// The number of its first row.
    var firstRow = 0
    var rowCount = 1
    /// Per phase how many accesses it has in all.
    var phaseTotals: [Int] = []
    /// Per phase how many accesses stand before every `progressRows`-th row, row after row.
    var progress: [Int] = []
  }

  /// Rows between two notes of how far an execution has come.
  static var progressRows: Int { 1 << 12 }

  let source: MemoryTraceSource
  public private(set) var executions: [Execution]
  /// Rows of all executions.
  public let rowCount: Int

  /// - Throws: `badRecord` where the extension gives no sensible count of rows, or its rows do not state the accesses of
  ///   the run.
  init(
    _ executions: [Execution], _ chip: ExtensionChip, source: MemoryTraceSource
  ) throws(TraceError) {
    var (executions, rows) = (executions, 0)
    for index in executions.indices {
      executions[index].firstRow = rows
      let count = Self.withRecord(of: executions[index], chip, source) { chip.chip.rowCount($0) }
      guard count > 0, count <= RV32Circuit.rowLimit else {
        throw .badRecord(
          air: chip.name, row: rows,
          reason:
            "the extension says that an execution takes \(count) rows; the limit is \(RV32Circuit.rowLimit)")
      }
      executions[index].rowCount = count
      rows += count
      guard rows <= RV32Circuit.rowLimit else {
        throw .badRecord(
          air: chip.name, row: rows, reason: "more than \(RV32Circuit.rowLimit) rows")
      }
      if chip.content.isLoop {
        var filler = ExtensionFiller(chip, executions[index], source)
        try filler.count(into: &executions[index])
      }
    }
    self.executions = executions
    self.source = source
    rowCount = rows
  }

  /// The number of the execution that a row belongs to.
  func execution(ofRow row: Int) -> Int {
    var (low, high) = (0, executions.count)
    while low < high {
      let middle = (low &+ high) / 2
      if executions[middle].firstRow <= row { low = middle &+ 1 } else { high = middle }
    }
    return low &- 1
  }

  /// An execution as the extension's functions get it.
  static func withRecord<Result, Failure: Error>(
    of execution: Execution, _ chip: ExtensionChip, _ source: MemoryTraceSource,
    _ body: (UnsafePointer<weft_air_record>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let reader = AccessReader(execution, chip, source)
    var record = weft_air_record()
    record.struct_size = UInt32(MemoryLayout<weft_air_record>.size)
    record.abi_version = UInt32(WEFT_ABI_VERSION)
    record.operands = chip.chip.form.nativeOperands(of: execution.word, at: execution.programCounter)
    for (index, register) in chip.columns.registers.enumerated() {
      let value = word(source, execution.firstEntry + index)
      switch register.which {
      case .rs1: record.rs1 = value
      case .rs2: record.rs2 = value
      case .rd: record.rd = value
      }
    }
    if chip.columns.result != nil {
      record.result = word(
        source, execution.firstEntry + chip.columns.registers.count + execution.accessCount)
    }
    record.memory_start = chip.addressBase.address
    record.access_count = UInt32(truncatingIfNeeded: execution.accessCount)
    record.access = AccessReader.read
    record.host = UnsafeRawPointer(Unmanaged.passUnretained(reader).toOpaque())
    return try withExtendedLifetime(reader) { () throws(Failure) in try body(&record) }
  }

  /// The four bytes of an access after it; 0 for idle ticks.
  static func word(_ source: MemoryTraceSource, _ entry: Int) -> UInt32 {
    source.inputs.records.withRecord(entry) { _, _, data, _ in
      (0..<4).reduce(UInt32(0)) { $0 | data[$1] &<< UInt32(truncatingIfNeeded: 8 &* $1) }
    } ?? 0
  }
}

/// Finds the accesses of an execution for the extension's functions.
private final class AccessReader {
  private let source: MemoryTraceSource
  private let first: Int
  private let count: Int
  private let spaces: [AddressSpaceID]

  init(_ execution: ExtensionRecords.Execution, _ chip: ExtensionChip, _ source: MemoryTraceSource) {
    self.source = source
    first = execution.firstEntry + chip.columns.registers.count
    count = execution.accessCount
    spaces = chip.chip.spaces
  }

  typealias Reading =
    @convention(c) (UnsafePointer<weft_air_record>?, UInt32, UnsafeMutablePointer<weft_air_access>?) -> Void
  static let read: Reading = { record, index, access in
    guard let access else { return }
    access.pointee = weft_air_access()
    guard let host = record?.pointee.host else { return }
    let reader = Unmanaged<AccessReader>.fromOpaque(host).takeUnretainedValue()
    guard index < reader.count else { return }
    reader.source.inputs.records.withRecord(reader.first + Int(index)) { header, kind, data, previous in
      let space = header.access.space
      let own = reader.spaces.firstIndex(of: space)
      access.pointee.space = own.map { WEFT_OWN_SPACE + UInt32($0) } ?? space.rawValue
      access.pointee.pointer = header.pointer
      access.pointee.is_write = kind == .write ? 1 : 0
      access.pointee.count = UInt32(min(32, data.count))
      withUnsafeMutableBytes(of: &access.pointee.cells) { put(data, into: $0) }
      withUnsafeMutableBytes(of: &access.pointee.before) { put(previous, into: $0) }
    }
  }

  private static func put(_ cells: StoredCells, into bytes: UnsafeMutableRawBufferPointer) {
    let words = bytes.assumingMemoryBound(to: UInt32.self)
    for index in 0..<min(32, cells.count) { words[index] = cells[index] }
  }
}
