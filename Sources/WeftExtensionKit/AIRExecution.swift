import CWeftABI

/// One recorded execution, as the rows of its chip are filled from it.
public struct AIRExecution {
  let record: UnsafePointer<weft_air_record>

  public var operands: weft_operands { record.pointee.operands }
  public var immediate: Int32 { record.pointee.operands.immediate }
  /// Registers that it read; 0 for others.
  public var rs1: UInt32 { record.pointee.rs1 }
  public var rs2: UInt32 { record.pointee.rs2 }
  public var rd: UInt32 { record.pointee.rd }
  /// What it wrote to rd.
  public var result: UInt32 { record.pointee.result }
  /// The pointer that columns have of an address or a cell.
  public func pointer(_ address: UInt32, in space: AIRBuilder.Space = .memory) -> UInt32 {
    space == .memory ? address &- record.pointee.memory_start : address
  }

  /// Accesses to memory and to the extension's own spaces.
  public var accessCount: Int { Int(record.pointee.access_count) }

  /// An access, in the order of time; one beyond the last has no cells.
  public func access(_ index: Int) -> weft_air_access {
    var access = weft_air_access()
    record.pointee.access(record, UInt32(clamping: index), &access)
    return access
  }

  /// The first four cells after an access, as a word.
  public func word(_ index: Int) -> UInt32 { weft_air_word(record, UInt32(clamping: index)) }
}

/// The extension's own columns of some rows, filled row by row in the order of their declaration.
public struct AIRRows {
  private let cells: UnsafeMutableBufferPointer<UInt32>
  /// Cells that are filled; more than there are is a mistake, which the host is told.
  private(set) var count = 0

  init(_ cells: UnsafeMutableBufferPointer<UInt32>) { self.cells = cells }

  /// Whether every cell has been filled, once.
  var isWhole: Bool { count == cells.count }

  public mutating func append(_ value: UInt32) {
    if count < cells.count { cells[count] = value }
    count += 1
  }

  public mutating func append(_ flag: Bool) { append(flag ? 1 : 0 as UInt32) }

  public mutating func append(contentsOf values: some Sequence<UInt32>) {
    for value in values { append(value) }
  }

  /// The four bytes of a number, the lowest first.
  public mutating func append(bytesOf value: UInt32) {
    for byte in 0..<4 as Range<UInt32> { append((value &>> (8 &* byte)) & 255) }
  }

  /// The lowest bits of a number.
  public mutating func append(bitsOf value: UInt32, _ count: Int = 32) {
    for bit in 0..<UInt32(truncatingIfNeeded: count) { append((value >> bit) & 1) }
  }
}
