import CWeftABI
import WeftMemory

/// The parts of a C extension that belong to a machine: its life cycle and its address spaces.
public struct NativeInterface: @unchecked Sendable {  // function pointers to code that is never written
  public typealias Call = UnsafeMutablePointer<weft_call>

  public var name: String
  /// The extension's address spaces, in the order of declaration.
  public var spaces: [AddressSpaceID] = []
  /// What `weft_call.state` is before `initialize` is called. `owner` keeps it.
  public var initialState: UnsafeMutableRawPointer?
  public var initialize: (@convention(c) (Call?) -> weft_status)?
  public var teardown: (@convention(c) (Call?) -> Void)?
  public var save: (@convention(c) (Call?, UnsafeMutablePointer<weft_writer>?) -> weft_status)?
  public var restore: (@convention(c) (Call?, UnsafeRawPointer?, Int) -> weft_status)?
  /// Keeps the code loaded.
  public var owner: (any AnyObject & Sendable)?

  public init(name: String) { self.name = name }
}

extension weft_status {
  static let succeeded = weft_status(WEFT_OK)
  static let failed = weft_status(WEFT_FAILED)
}
