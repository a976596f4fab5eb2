import WeftMachine

/// Weft's own environment calls, 0x600 to 0x67f: input items, public values, counters, names of other calls.
public struct WeftCallsExtension: VMExtension {
  public let name = "weft-calls"
  public let version = "1.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.registerSystemCall(0x600, name: "hint_length") { guest, _ throws(Trap) in
      SystemCall.Result(Self.length(guest.streams.remaining))
    }
    try registry.registerSystemCall(0x601, name: "hint_read") { guest, call throws(Trap) in
      try guest.readInput(to: call.a0, length: call.a1)
    }
    try registry.registerSystemCall(0x602, name: "hint_next") { guest, _ throws(Trap) in
      SystemCall.Result(Self.length(guest.streams.nextItem()))
    }
    try registry.registerSystemCall(0x608, name: "reveal", body: Self.reveal)
    try registry.registerSystemCall(0x609, name: "reveal_bytes", body: Self.revealBytes)
    try registry.registerSystemCall(0x610, name: "cycles") { guest, _ throws(Trap) in
      let count = guest.retiredInstructions
      return SystemCall.Result(
        UInt32(truncatingIfNeeded: count), second: UInt32(truncatingIfNeeded: count >> 32))
    }
    try registry.registerSystemCall(0x611, name: "marker") { guest, call throws(Trap) in
      guard call.a0 <= 2, call.a2 <= 64 else { return SystemCall.Result(.invalidArgument) }
      return SystemCall.Result(guest.offsets(of: call.a1, count: UInt64(call.a2)) == nil ? .fault : 0)
    }
    try registry.registerSystemCall(0x67f, name: "resolve") { guest, call throws(Trap) in
      guard call.a1 <= 64 else { return SystemCall.Result(.notImplemented) }
      let name = guest.withPeekedBytes(at: call.a0, count: UInt64(call.a1)) {
        String(decoding: $0, as: UTF8.self)
      }
      guard let name else { return SystemCall.Result(.fault) }
      return SystemCall.Result(guest.systemCallNumber(named: name) ?? .notImplemented)
    }
  }

  private static func length(_ count: Int?) -> UInt32 {
    count.map { UInt32(clamping: $0) } ?? .max
  }

  /// reveal(index, word)
  private static let reveal: SystemCall.Body = { guest, call throws(Trap) in
    try guest.checkPublicValue(call.a0)
    try guest.reserve(accesses: 8)
    return SystemCall.Result(0) { guest throws(Trap) in
      try guest.reveal(call.a1, at: call.a0)
    }
  }

  /// reveal_bytes(offset, pointer, length): bytes of public values, word by aligned word.
  private static let revealBytes: SystemCall.Body = { guest, call throws(Trap) in
    guard guest.offsets(of: call.a1, count: UInt64(call.a2)) != nil else { return SystemCall.Result(.fault) }
    if call.a2 == 0 { return SystemCall.Result(0) }
    // Before anything is copied: the public values bound how much that can be.
    let last = UInt64(call.a0) &+ UInt64(call.a2) &- 1
    try guest.checkPublicValue(UInt32(clamping: last / 4))
    let count = Int(call.a2)
    try guest.reserve(accesses: count / 2 &+ 16)
    return SystemCall.Result(0) { guest throws(Trap) in
      // What is revealed is what memory holds: the words are read before the public values are written.
      let bytes = try guest.readBytes(at: call.a1, count: count)
      try guest.reveal(bytes, atByte: call.a0)
    }
  }
}
