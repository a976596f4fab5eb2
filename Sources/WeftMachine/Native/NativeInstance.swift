import CWeftABI
import Glibc
import Synchronization
import WeftMemory

/// One machine's instance of a C extension: the `weft_call` that its functions get, and what they do while the host
/// watches.
///
/// Its call is open in one of three ways. *Direct*, while the threaded engine of a fast run is at work: memory is a
/// window, and what does not fit there is done at once. *Watched*, while the host carries an instruction out: every
/// access is checked and noted, and counts only when the instruction has succeeded. *Peeking*, in phantom
/// instructions: reads leave no trace, writes are refused. Otherwise it is closed, and every access fails.
package final class NativeInstance: ExtensionInstance {
  enum Access { case closed, direct, watched, peeking }

  /// What a call asked for besides accesses.
  struct Requests {
    var jump: UInt32?
    var exit: UInt32?
    var output: [UInt8] = []
    var hints: [UInt8]?
  }

  let interface: NativeInterface
  package let call: UnsafeMutablePointer<weft_call>
  var access = Access.closed
  var transaction = NativeTransaction()
  var requests = Requests()
  /// Why the present instruction fails; the first reason stays.
  var trap: Trap?
  private let windows: UnsafeMutablePointer<weft_window>
  /// A copy of the register file for watched calls: x0…x31 and the slot for discarded writes.
  let registers: UnsafeMutablePointer<UInt32>
  private var isInitialized = false
  /// The thread whose function call is under way, 0 when there is none.
  private let thread = Atomic<UInt>(0)
  /// Whether another thread has used the call meanwhile.
  private let wasUsedElsewhere = Atomic<Bool>(false)

  /// Most bytes of a saved state.
  static let stateLimit = 1 << 30
  /// Most bytes of hints that a phantom instruction may set.
  static let hintLimit = 64 << 20

  package init(_ interface: NativeInterface) {
    self.interface = interface
    call = NativeCallPool.shared.takeNew()
    windows = .allocate(capacity: max(1, interface.spaces.count))
    windows.initialize(repeating: weft_window(base: nil, size: 0), count: max(1, interface.spaces.count))
    registers = .allocate(capacity: 33)
    registers.initialize(repeating: 0, count: 33)
    call.pointee.space_count = UInt32(truncatingIfNeeded: interface.spaces.count)
    call.pointee.spaces = UnsafePointer(windows)
    call.pointee.services = NativeServices.table
    call.pointee.host = Unmanaged.passUnretained(self).toOpaque()
    shut()
  }

  deinit {
    tearDown()
    NativeCallPool.shared.giveBackClosed(call)
    windows.deallocate()
    registers.deallocate()
  }

  package var name: String { interface.name }

  /// The instance that a call belongs to; `nil` when that is gone.
  static func of(_ call: UnsafeMutablePointer<weft_call>?) -> NativeInstance? {
    call?.pointee.host.map { Unmanaged<NativeInstance>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Life cycle

  package func begin(_ guest: Guest) throws(ExtensionFailure) {
    try beginState(memoryStart: guest.memoryStart)
    guestReference = Unmanaged.passUnretained(guest)
  }

  /// Sets up the state alone, where there is no guest.
  package func beginState(memoryStart: UInt32 = 0) throws(ExtensionFailure) {
    tearDown()
    call.pointee.state = interface.initialState
    call.pointee.memory_start = memoryStart
    trap = nil
    requests = Requests()
    if let initialize = interface.initialize {
      try attempt("init") { initialize(call) }
    }
    isInitialized = true
  }

  package func end() {
    shut()
    guestReference = nil
  }

  /// The guest of the run. It holds the instances, so it lives while they are in use.
  private var guestReference: Unmanaged<Guest>?
  var guest: Guest? { guestReference?.takeUnretainedValue() }

  private func tearDown() {
    guard isInitialized else { return }
    isInitialized = false
    enter()
    interface.teardown?(call)
    leave()
    trap = nil
    _ = takeThreadMisuse()
    call.pointee.state = nil
  }

  package func save() throws(ExtensionFailure) -> [UInt8]? {
    guard let save = interface.save else { return interface.initialize == nil ? [] : nil }
    let writer = NativeWriter(limit: Self.stateLimit)
    try attempt("save") { save(call, writer.pointer) }
    guard let bytes = writer.bytes else {
      throw ExtensionFailure(name: name, reason: "save: more than \(Self.stateLimit) bytes")
    }
    return bytes
  }

  package func restore(_ bytes: [UInt8]) throws(ExtensionFailure) {
    guard let restore = interface.restore else { return }
    try attempt("restore") { bytes.withUnsafeBytes { restore(call, $0.baseAddress, $0.count) } }
  }

  /// Runs a function of the life cycle. What a service refused counts even where it returns WEFT_OK.
  private func attempt(_ function: String, _ body: () -> weft_status) throws(ExtensionFailure) {
    trap = nil
    enter()
    let status = body()
    leave()
    defer { trap = nil }
    if let misuse = takeThreadMisuse() { trap = misuse }
    if case .misuse(_, let rule)? = trap?.cause {
      throw ExtensionFailure(name: name, reason: "\(function): \(rule)")
    }
    if let trap { throw ExtensionFailure(name: name, reason: "\(function): \(trap.reason)") }
    if status != .succeeded {
      throw ExtensionFailure(name: name, reason: "\(function) returned status \(status) without a message")
    }
  }

  // MARK: Threads

  private func enter() { thread.store(UInt(pthread_self()), ordering: .relaxed) }
  private func leave() { thread.store(0, ordering: .relaxed) }

  /// Whether the present thread may use the call: the one that runs the function, while it runs.
  func admitsThread() -> Bool {
    let owner = thread.load(ordering: .relaxed)
    if owner == UInt(pthread_self()) { return true }
    if owner != 0 { wasUsedElsewhere.store(true, ordering: .relaxed) }
    return false
  }

  /// What was wrong when another thread used the call.
  package func takeThreadMisuse() -> Trap? {
    wasUsedElsewhere.exchange(false, ordering: .relaxed)
      ? misuse("another thread used its call") : nil
  }

  // MARK: Opening and closing

  /// Lets the threaded engine call step functions: memory and registers in place.
  /// - Parameter writable: where stores need no look at the text.
  package func openDirectly(_ guest: Guest, writable: Range<UInt64>) {
    enter()
    access = .direct
    trap = nil
    call.pointee.attention = 0
    call.pointee.x = guest.registers
    call.pointee.memory = guest.memory.pointee.region(of: .memory)?.base.assumingMemoryBound(to: UInt8.self)
    call.pointee.memory_size = guest.memorySize
    call.pointee.writable_offset = UInt32(truncatingIfNeeded: writable.lowerBound)
    call.pointee.writable_size = UInt32(clamping: writable.upperBound &- writable.lowerBound)
    for (index, space) in interface.spaces.enumerated() {
      // Cells of field elements go through the host, which checks them.
      guard guest.memory.pointee.configuration.space(space)?.kind == .byte,
        let region = guest.memory.pointee.region(of: space)
      else { continue }
      windows[index] = weft_window(
        base: region.base.assumingMemoryBound(to: UInt8.self), size: guest.byteCount(of: space))
    }
  }

  /// Ends whatever the call was open for.
  package func shut() {
    leave()
    access = .closed
    call.pointee.x = registers
    call.pointee.memory = UnsafeMutableRawPointer(registers).assumingMemoryBound(to: UInt8.self)
    call.pointee.memory_size = 0
    call.pointee.writable_offset = 0
    call.pointee.writable_size = 0
    for index in interface.spaces.indices { windows[index] = weft_window(base: nil, size: 0) }
  }

  func openWatched(_ access: Access, _ guest: Guest) {
    shut()
    enter()
    self.access = access
    trap = nil
    requests = Requests()
    transaction.begin()
    registers.update(from: guest.registers, count: 32)
    registers[0] = 0
    registers[NativeInstruction.discardedRegister] = 0
  }

  /// Whether the step function that the engine called last has said why it fails.
  package var hasFailure: Bool { trap != nil || call.pointee.status != .succeeded }

  /// The failure of a step function that the engine called.
  package func takeFailure() -> Trap {
    let status = call.pointee.status
    defer { trap = nil }
    return trap ?? Self.statusTrap(name, status)
  }

  /// The failure of a step function that wrote the register x0.
  package func zeroRegisterMisuse(_ mnemonic: String) -> Trap {
    misuse("'\(mnemonic)' wrote x0, which it does not declare")
  }

  static func statusTrap(_ name: String, _ status: weft_status) -> Trap {
    .failure("extension '\(name)' returned status \(status) without a message", code: status)
  }
}
