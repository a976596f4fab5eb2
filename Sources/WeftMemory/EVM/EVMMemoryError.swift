/// Why an operation of `EVMMemory` was refused. A refused operation leaves no trace.
///
/// The cases carry nothing, so that a throwing accessor costs no more than a branch. Towards a machine, `invalidSize`
/// and `memoryLimitExceeded` mean that the frame is out of gas and `outOfMemory` is an error of the host; the other
/// three mean a bug in an opcode.
@frozen
public enum EVMMemoryError: UInt8, Error, Hashable, Sendable, CaseIterable {
  /// The system gave no memory.
  case outOfMemory
  /// A read past the end of its context, or a handle whose context has ended or belongs to another memory.
  case invalidOffset
  /// A negative offset or size, or an end that no `Int` can hold.
  case invalidSize
  /// All contexts together would exceed the limit, or there would be more than 1,025 of them.
  case memoryLimitExceeded
  /// The context has an active child: until the child has ended, it can only be read.
  case childContextActive
  /// There is no child to end.
  case noChildContextToRevertOrCommit
}

extension EVMMemoryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfMemory: "EVM memory: the system has no memory left"
    case .invalidOffset: "EVM memory: the range is not inside a live context"
    case .invalidSize: "EVM memory: negative or overflowing offset or size"
    case .memoryLimitExceeded: "EVM memory: the limit of bytes or contexts is exceeded"
    case .childContextActive: "EVM memory: the context has an active child"
    case .noChildContextToRevertOrCommit: "EVM memory: no child context to revert or commit"
    }
  }
}
