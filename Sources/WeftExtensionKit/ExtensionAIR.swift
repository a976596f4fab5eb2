import CWeftABI

/// The chip that proves an instruction: what `weft_air` is in C.
///
/// ```swift
/// let reverse = ExtensionAIR { air in air.setRD(air.rs1.reversed()) }
/// ```
///
/// With columns of its own there is a function that fills them, from what a run recorded:
///
/// ```swift
/// let count = ExtensionAIR { air in
///   let bits = air.bits("bits", 32)
///   …
/// } fill: { execution, _, rows in
///   rows.append(bitsOf: execution.rs1)
/// }
/// ```
///
/// Both closures depend on their arguments alone: they are called more than once, and from several threads.
public final class ExtensionAIR: Sendable {
  public typealias Describe = @Sendable (AIRBuilder) -> Void
  public typealias RowCount = @Sendable (AIRExecution) -> Int
  /// Gets an execution, the numbers of some of its rows, and these rows.
  public typealias Fill = @Sendable (AIRExecution, Range<Int>, inout AIRRows) -> Void

  private let describe: Describe
  private let rowCount: RowCount?
  private let fill: Fill?

  /// - Parameters:
  ///   - rowCount: rows of an execution, for a chip that loops; without it an execution is one row.
  ///   - fill: fills rows, the columns of each in the order of their declaration.
  public init(
    rowCount: RowCount? = nil, _ describe: @escaping Describe, fill: Fill? = nil
  ) {
    self.describe = describe
    self.rowCount = rowCount
    self.fill = fill
  }

  /// The C form. Its context is this object, which the table keeps.
  var entry: weft_air {
    var air = weft_air()
    air.struct_size = UInt32(MemoryLayout<weft_air>.size)
    air.abi_version = UInt32(WEFT_ABI_VERSION)
    air.context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    air.describe = { air, builder in
      guard let air = ExtensionAIR.of(air), let builder else { return weft_status(WEFT_FAILED) }
      air.describe(AIRBuilder(builder: builder))
      return weft_status(WEFT_OK)
    }
    if rowCount != nil {
      air.row_count = { air, record in
        guard let air = ExtensionAIR.of(air), let record else { return 0 }
        return UInt32(clamping: air.rowCount?(AIRExecution(record: record)) ?? 1)
      }
    }
    if fill != nil {
      air.fill = { air, record, first, count, width, rows in
        guard let air = ExtensionAIR.of(air), let fill = air.fill, let record, let rows else {
          return weft_status(WEFT_FAILED)
        }
        var cells = AIRRows(UnsafeMutableBufferPointer(start: rows, count: Int(count) * Int(width)))
        fill(AIRExecution(record: record), Int(first)..<Int(first) + Int(count), &cells)
        return cells.isWhole ? weft_status(WEFT_OK) : weft_status(WEFT_FAILED)
      }
    }
    return air
  }

  private static func of(_ air: UnsafePointer<weft_air>?) -> ExtensionAIR? {
    air?.pointee.context.map { Unmanaged<ExtensionAIR>.fromOpaque($0).takeUnretainedValue() }
  }
}
