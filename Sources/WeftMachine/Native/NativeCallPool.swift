import CWeftABI
import Synchronization

/// Memory of `weft_call`s. It is used again and never given back to the system: an extension that keeps the address of
/// a call beyond its life finds a closed one, whose accesses fail, as long as no later machine has got it.
enum NativeCallPool {
  private struct Calls: @unchecked Sendable {  // addresses, guarded by the mutex
    var free: [UnsafeMutablePointer<weft_call>] = []
  }

  private static let calls = Mutex(Calls())
  /// How many calls rest before one is used again.
  private static let rest = 64

  static func take() -> UnsafeMutablePointer<weft_call> {
    let known = calls.withLock { calls in calls.free.count > rest ? calls.free.removeFirst() : nil }
    let call = known ?? .allocate(capacity: 1)
    call.initialize(to: weft_call())
    call.pointee.struct_size = UInt32(truncatingIfNeeded: MemoryLayout<weft_call>.size)
    call.pointee.abi_version = UInt32(WEFT_ABI_VERSION)
    return call
  }

  static func giveBack(_ call: UnsafeMutablePointer<weft_call>) {
    let services = call.pointee.services
    let (x, memory) = (NativeServices.scratchRegisters, NativeServices.scratchMemory)
    call.initialize(to: weft_call())
    call.pointee.services = services
    call.pointee.x = x
    call.pointee.memory = memory
    calls.withLock { $0.free.append(call) }
  }
}
