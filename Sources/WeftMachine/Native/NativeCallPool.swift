import CWeftABI
import Synchronization

/// Memory of the structs that functions of extensions get. It is used again and never given back to the system: an
/// extension that keeps the address of a call beyond its life finds a closed one, whose accesses fail, as long as no
/// later machine has got it.
package final class NativeCallPool<Call>: Sendable {
  private struct Calls: @unchecked Sendable {  // addresses, guarded by the mutex
    var free: [UnsafeMutablePointer<Call>] = []
  }

  private let calls = Mutex(Calls())
  /// How many calls rest before one is used again.
  private static var rest: Int { 64 }

  package init() {}

  /// A call, to be initialized.
  package func take() -> UnsafeMutablePointer<Call> {
    calls.withLock { calls in calls.free.count > Self.rest ? calls.free.removeFirst() : nil }
      ?? .allocate(capacity: 1)
  }

  /// Takes a call back that is closed.
  package func giveBack(_ call: UnsafeMutablePointer<Call>) { calls.withLock { $0.free.append(call) } }
}

extension NativeCallPool<weft_call> {
  static let shared = NativeCallPool()

  func takeNew() -> UnsafeMutablePointer<weft_call> {
    let call = take()
    call.initialize(to: weft_call())
    call.pointee.struct_size = UInt32(truncatingIfNeeded: MemoryLayout<weft_call>.size)
    call.pointee.abi_version = UInt32(WEFT_ABI_VERSION)
    return call
  }

  func giveBackClosed(_ call: UnsafeMutablePointer<weft_call>) {
    let services = call.pointee.services
    call.initialize(to: weft_call())
    call.pointee.services = services
    call.pointee.x = NativeServices.scratchRegisters
    call.pointee.memory = NativeServices.scratchMemory
    giveBack(call)
  }
}
