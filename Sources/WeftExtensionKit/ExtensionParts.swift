import CWeftABI

/// An unconstrained request of the guest: custom-0, funct3 3, the immediate being `number`.
public struct ExtensionPhantom {
  /// Gets the values of the two registers that the word names.
  public typealias Function =
    @convention(c) (UnsafeMutablePointer<weft_call>?, UInt32, UInt32) -> weft_status

  public var name: String
  /// 0x100 to 0x7ff.
  public var number: UInt32
  public var perform: Function

  public init(_ name: String, number: UInt32, _ perform: @escaping Function) {
    self.name = name
    self.number = number
    self.perform = perform
  }
}

/// A call of the guest by `ecall`, with `number` in a7.
public struct ExtensionCall {
  /// Gets a0 to a5; leaves its result in the third argument.
  public typealias Function =
    @convention(c) (
      UnsafeMutablePointer<weft_call>?, UnsafePointer<UInt32>?, UnsafeMutablePointer<weft_call_result>?
    ) -> weft_status

  public var name: String
  /// 0x680 to 0x6ff.
  public var number: UInt32
  public var perform: Function

  public init(_ name: String, number: UInt32, _ perform: @escaping Function) {
    self.name = name
    self.number = number
    self.perform = perform
  }
}

/// Memory of the extension's own, zero at the start of a run.
public struct ExtensionSpace: Sendable, Hashable {
  public enum Cells: Sendable, Hashable {
    case bytes
    /// Elements of BabyBear, four bytes each.
    case fieldElements

    var kind: UInt32 {
      switch self {
      case .bytes: UInt32(WEFT_CELL_BYTE)
      case .fieldElements: UInt32(WEFT_CELL_FIELD)
      }
    }
  }

  public var name: String
  public var cells: Cells
  /// Cells that are accessed together: 1, 2, 4, 8, 16 or 32.
  public var blockSize: UInt32
  /// A multiple of the block size, at most 2^29.
  public var cellCount: UInt64

  public init(_ name: String, cells: Cells = .bytes, blockSize: UInt32, cellCount: UInt64) {
    self.name = name
    self.cells = cells
    self.blockSize = blockSize
    self.cellCount = cellCount
  }
}

/// Functions that set up, save and take down the state of one machine, which is `state` of its `weft_call`.
///
/// With `initialize` there should be `save` and `restore`, both or neither: without them a machine has no snapshots.
public struct LifeCycle {
  public typealias Call = UnsafeMutablePointer<weft_call>

  /// Before a run: sets `state`.
  public var initialize: (@convention(c) (Call?) -> weft_status)?
  /// After it: frees `state`.
  public var teardown: (@convention(c) (Call?) -> Void)?
  public var save: (@convention(c) (Call?, UnsafeMutablePointer<weft_writer>?) -> weft_status)?
  public var restore: (@convention(c) (Call?, UnsafeRawPointer?, Int) -> weft_status)?

  public init(
    initialize: (@convention(c) (Call?) -> weft_status)? = nil,
    teardown: (@convention(c) (Call?) -> Void)? = nil,
    save: (@convention(c) (Call?, UnsafeMutablePointer<weft_writer>?) -> weft_status)? = nil,
    restore: (@convention(c) (Call?, UnsafeRawPointer?, Int) -> weft_status)? = nil
  ) {
    self.initialize = initialize
    self.teardown = teardown
    self.save = save
    self.restore = restore
  }
}
