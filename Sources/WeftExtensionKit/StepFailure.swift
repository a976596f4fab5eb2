import CWeftABI

/// A status other than `WEFT_OK`: the instruction has failed, and the run ends with it.
///
/// Accesses throw it where the host has refused them; ``Step/failure(_:_:)`` makes one with a reason.
public struct StepFailure: Error, Sendable, Hashable {
  public var status: weft_status

  @inlinable public init(status: weft_status) { self.status = status }

  /// Throws unless the status is `WEFT_OK`.
  @inlinable @inline(__always) static func check(_ status: weft_status) throws(StepFailure) {
    if status != weft_status(WEFT_OK) { throw StepFailure(status: status) }
  }
}
