import WeftMachine

/// The environment calls that bare-metal C libraries make, with Linux's and newlib's numbers, so that one ELF file
/// runs here and under other RISC-V runners.
///
/// There is no file system, wall clock or entropy: calls that libraries probe for these answer ENOSYS; any other
/// number traps, because a silent error would hide what a port lacks.
public struct LinuxCallsExtension: VMExtension {
  public let name = "linux-calls"
  public let version = "1.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.registerSystemCall(63, name: "read", body: Self.read)
    try registry.registerSystemCall(64, name: "write", body: Self.write)
    try registry.registerSystemCall(93, name: "exit", body: Self.exit)
    try registry.registerSystemCall(94, name: "exit_group", body: Self.exit)
    try registry.registerSystemCall(214, name: "brk", body: Self.brk)
    try registry.registerSystemCall(57, name: "close") { _, call throws(Trap) in
      SystemCall.Result(call.a0 <= 2 ? 0 : .badFile)
    }
    try registry.registerSystemCall(62, name: "lseek") { _, call throws(Trap) in
      SystemCall.Result(call.a0 <= 2 ? .illegalSeek : .badFile)
    }
    for (number, name, value) in Self.identities {
      try registry.registerSystemCall(number, name: name) { _, _ throws(Trap) in
        SystemCall.Result(value)
      }
    }
    for (number, name) in Self.unavailable {
      try registry.registerSystemCall(number, name: name) { _, _ throws(Trap) in
        SystemCall.Result(.notImplemented)
      }
    }
  }

  private static let identities: [(UInt32, String, UInt32)] = [
    (172, "getpid", 1), (174, "getuid", 0), (175, "geteuid", 0), (176, "getgid", 0), (177, "getegid", 0),
  ]

  private static let unavailable: [(UInt32, String)] = [
    (29, "ioctl"), (56, "openat"), (80, "fstat"), (160, "uname"), (169, "gettimeofday"), (222, "mmap"),
    (278, "getrandom"), (291, "statx"), (403, "clock_gettime64"),
  ]

  /// read(fd, buffer, length): the next bytes of the input, 0 at its end.
  private static let read: SystemCall.Body = { guest, call throws(Trap) in
    guard call.a0 == 0 else { return SystemCall.Result(.badFile) }
    return try guest.readInput(to: call.a1, length: call.a2)
  }

  /// write(fd, buffer, length): output, counted against its limit.
  private static let write: SystemCall.Body = { guest, call throws(Trap) in
    guard call.a0 == 1 || call.a0 == 2 else { return SystemCall.Result(.badFile) }
    let written: Void? = try guest.withPeekedBytes(at: call.a1, count: UInt64(call.a2)) {
      (bytes) throws(Trap) in
      try guest.write(bytes, to: call.a0 == 1 ? .output : .errorOutput)
    }
    return SystemCall.Result(written == nil ? .fault : call.a2)
  }

  private static let exit: SystemCall.Body = { guest, call throws(Trap) in
    guest.exit(code: call.a0)
    return SystemCall.Result()
  }

  /// brk(address): moves the end of the heap, or tells where it is when the address is 0 or impossible.
  private static let brk: SystemCall.Body = { guest, call throws(Trap) in
    SystemCall.Result(guest.moveBreak(to: call.a0))
  }
}

extension Guest {
  /// Copies at most `length` bytes of the present input item to memory; the result is how many.
  func readInput(to address: UInt32, length: UInt32) throws(Trap) -> SystemCall.Result {
    guard writableOffsets(of: address, count: UInt64(length)) != nil else {
      return SystemCall.Result(.fault)
    }
    let count = min(Int(length), streams.remaining ?? 0)
    // Four argument reads, two results, and a word more than the bytes fill where they begin inside one.
    try reserve(accesses: count / 4 + 8)
    let bytes = streams.read(count)
    return SystemCall.Result(UInt32(truncatingIfNeeded: count)) { guest throws(Trap) in
      try guest.writeBytes(bytes, at: address)
    }
  }
}

/// Error numbers as a call returns them: negative, in two's complement.
extension UInt32 {
  static var badFile: UInt32 { 0 &- 9 }
  static var fault: UInt32 { 0 &- 14 }
  static var invalidArgument: UInt32 { 0 &- 22 }
  static var illegalSeek: UInt32 { 0 &- 29 }
  static var notImplemented: UInt32 { 0 &- 38 }
}
