import CWeftABI
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

  package init(_ interface: NativeInterface) {
    self.interface = interface
    call = NativeCallPool.take()
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
    NativeCallPool.giveBack(call)
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
    tearDown()
    call.pointee.state = nil
    call.pointee.memory_start = guest.memoryStart
    trap = nil
    requests = Requests()
    if let initialize = interface.initialize {
      let status = initialize(call)
      if status != .succeeded { throw failure("init", status) }
    }
    isInitialized = true
    guestReference = Unmanaged.passUnretained(guest)
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
    interface.teardown?(call)
    call.pointee.state = nil
  }

  package func save() throws(ExtensionFailure) -> [UInt8]? {
    guard let save = interface.save else { return interface.initialize == nil ? [] : nil }
    var writer = StateWriter()
    let status = save(call, writer.pointer)
    if status != .succeeded { throw failure("save", status) }
    return writer.take()
  }

  package func restore(_ bytes: [UInt8]) throws(ExtensionFailure) {
    guard let restore = interface.restore else { return }
    let status = bytes.withUnsafeBytes { restore(call, $0.baseAddress, $0.count) }
    if status != .succeeded { throw failure("restore", status) }
  }

  private func failure(_ function: String, _ status: weft_status) -> ExtensionFailure {
    defer { trap = nil }
    return ExtensionFailure(
      name: name, reason: trap.map { "\(function): \($0.reason)" } ?? "\(function) returned \(status)")
  }

  // MARK: Opening and closing

  /// Lets the threaded engine call step functions: memory and registers in place.
  /// - Parameter writable: where stores need no look at the text.
  package func openDirectly(_ guest: Guest, writable: Range<UInt64>) {
    access = .direct
    trap = nil
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
    self.access = access
    trap = nil
    requests = Requests()
    transaction.begin()
    registers.update(from: guest.registers, count: 32)
    registers[0] = 0
    registers[NativeInstruction.discardedRegister] = 0
  }

  /// The failure of a step function that the engine called.
  package func takeFailure() -> Trap {
    let status = call.pointee.status
    defer { trap = nil }
    return trap ?? Self.statusTrap(name, status)
  }

  static func statusTrap(_ name: String, _ status: weft_status) -> Trap {
    .failure("extension '\(name)' returned status \(status) without a message", code: status)
  }
}

/// Collects what a `save` function writes.
private struct StateWriter {
  private final class Storage { var bytes: [UInt8] = [] }

  /// `weft_writer` first, so that a pointer to the one is a pointer to the other.
  private struct Sink {
    var writer: weft_writer
    var storage: Unmanaged<Storage>
  }

  private let storage = Storage()
  private let sink: UnsafeMutablePointer<Sink>

  init() {
    sink = .allocate(capacity: 1)
    let write: @convention(c) (UnsafeMutablePointer<weft_writer>?, UnsafeRawPointer?, Int) -> Void = {
      writer, bytes, count in
      guard let writer, let bytes, count > 0 else { return }
      let sink = UnsafeMutableRawPointer(writer).assumingMemoryBound(to: Sink.self)
      sink.pointee.storage.takeUnretainedValue().bytes
        .append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    }
    sink.initialize(
      to: Sink(writer: weft_writer(write: write), storage: Unmanaged.passUnretained(storage)))
  }

  var pointer: UnsafeMutablePointer<weft_writer> {
    UnsafeMutableRawPointer(sink).assumingMemoryBound(to: weft_writer.self)
  }

  mutating func take() -> [UInt8] {
    sink.deallocate()
    return storage.bytes
  }
}
