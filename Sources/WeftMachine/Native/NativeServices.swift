import CWeftABI
import Glibc
import WeftMemory

/// The host's functions behind `weft_services`.
enum NativeServices {
  /// One table for all calls: each function looks at how its call is open. It is never written again.
  nonisolated(unsafe) static let table: UnsafePointer<weft_services> = {
    let table = UnsafeMutablePointer<weft_services>.allocate(capacity: 1)
    table.initialize(
      to: weft_services(
        struct_size: UInt32(MemoryLayout<weft_services>.size), abi_version: UInt32(WEFT_ABI_VERSION),
        load: weft_native_load, store: weft_native_store, copy: weft_native_copy, fill: weft_native_fill,
        read_register: weft_native_read_register, write_register: weft_native_write_register,
        space_load: weft_native_space_load, space_store: weft_native_space_store,
        advance: weft_native_advance, fail: weft_native_fail, jump: weft_native_jump, exit: weft_native_exit,
        write_output: weft_native_write_output, set_hints: weft_native_set_hints))
    return UnsafePointer(table)
  }()

  /// What a call that is gone points at: registers that nobody reads.
  nonisolated(unsafe) static let scratchRegisters: UnsafeMutablePointer<UInt32> = {
    let registers = UnsafeMutablePointer<UInt32>.allocate(capacity: 33)
    registers.initialize(repeating: 0, count: 33)
    return registers
  }()
  static var scratchMemory: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(scratchRegisters).assumingMemoryBound(to: UInt8.self)
  }

  /// Runs a service on an open call; a failure is noted for the host.
  static func serve(
    _ call: UnsafeMutablePointer<weft_call>?, _ body: (NativeInstance, Guest) throws(Trap) -> Void
  ) -> weft_status {
    guard let instance = NativeInstance.of(call), instance.admitsThread() else { return .failed }
    do throws(Trap) {
      guard instance.access != .closed, let guest = instance.guest else {
        throw instance.misuse("it used its call outside of any instruction")
      }
      try body(instance, guest)
      return .succeeded
    } catch {
      instance.note(error)
      return .failed
    }
  }
}

typealias NativeCall = UnsafeMutablePointer<weft_call>

// MARK: Memory

@c func weft_native_load(
  _ call: NativeCall?, _ address: UInt32, _ destination: UnsafeMutableRawPointer?, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    if count == 0 { return try instance.checkReadable(guest, at: address, count: 0) }
    guard let destination else { throw instance.misuse("load to a null pointer") }
    let source = try instance.readableBytes(guest, at: address, count: count)
    destination.copyMemory(from: source, byteCount: Int(count))
  }
}

@c func weft_native_store(
  _ call: NativeCall?, _ address: UInt32, _ source: UnsafeRawPointer?, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    if count == 0 { return try instance.checkWritable(guest, at: address, count: 0) }
    guard let source else { throw instance.misuse("store from a null pointer") }
    try instance.write(guest, at: address, from: source, count: count)
  }
}

@c func weft_native_copy(
  _ call: NativeCall?, _ destination: UInt32, _ source: UInt32, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    // Checked before the copy is made, so that neither side happens alone.
    try instance.checkWritable(guest, at: destination, count: count)
    let bytes = try instance.readableBytes(guest, at: source, count: count)
    if count == 0 { return }
    let copy = try instance.temporaryBytes(count)
    defer { free(copy) }
    copy.copyMemory(from: bytes, byteCount: Int(count))
    try instance.write(guest, at: destination, from: copy, count: count)
  }
}

@c func weft_native_fill(
  _ call: NativeCall?, _ destination: UInt32, _ byte: UInt8, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    try instance.checkWritable(guest, at: destination, count: count)
    if count == 0 { return }
    let bytes = try instance.temporaryBytes(count)
    defer { free(bytes) }
    memset(bytes, Int32(byte), Int(count))
    try instance.write(guest, at: destination, from: bytes, count: count)
  }
}

// MARK: Registers

@c func weft_native_read_register(
  _ call: NativeCall?, _ index: UInt32, _ value: UnsafeMutablePointer<UInt32>?
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    guard index < 32 else { throw instance.misuse("there is no register \(index)") }
    guard let value else { throw instance.misuse("load to a null pointer") }
    if instance.access == .watched { try instance.noteRead(guest, .register, index, count: 4) }
    value.pointee = instance.registerValue(guest, Int(index))
  }
}

@c func weft_native_write_register(_ call: NativeCall?, _ index: UInt32, _ value: UInt32) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    guard index < 32 else { throw instance.misuse("there is no register \(index)") }
    try instance.setRegister(guest, index, to: value)
  }
}

// MARK: Spaces

@c func weft_native_space_load(
  _ call: NativeCall?, _ space: UInt32, _ pointer: UInt32, _ destination: UnsafeMutableRawPointer?,
  _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    let (id, cells) = try instance.spaceBytes(guest, space, pointer, count)
    if count == 0 { return }
    guard let destination else { throw instance.misuse("load to a null pointer") }
    if instance.access == .watched { try instance.noteRead(guest, .space(id), pointer, count: Int(count)) }
    destination.copyMemory(from: cells, byteCount: Int(count))
  }
}

@c func weft_native_space_store(
  _ call: NativeCall?, _ space: UInt32, _ pointer: UInt32, _ source: UnsafeRawPointer?, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    let (id, cells) = try instance.spaceBytes(guest, space, pointer, count)
    if count == 0 { return }
    guard let source else { throw instance.misuse("store from a null pointer") }
    let bytes = UnsafeRawBufferPointer(start: source, count: Int(count))
    if let fault = guest.cellFault(bytes, id, at: UInt64(pointer)) {
      guard case .bufferSizeMismatch = fault else { throw fault.trap }
      throw instance.misuse("\(count) bytes at \(pointer) are no whole elements; each has four")
    }
    switch instance.access {
    case .watched:
      try instance.noteWrite(guest, .space(id), pointer, from: source, count: Int(count), to: cells)
    case .direct: cells.copyMemory(from: source, byteCount: Int(count))
    case .peeking, .closed: throw instance.misuse("a phantom instruction changes no memory")
    }
  }
}

// MARK: Requests

@c func weft_native_advance(_ call: NativeCall?, _ ticks: UInt32) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    // A negative number is one of these: time does not go backward.
    guard ticks <= guest.memory.pointee.timestampLimit else {
      throw instance.misuse("it advances by \(ticks) ticks, more than there is time")
    }
    switch instance.access {
    case .watched: try instance.noteAdvance(guest, ticks)
    case .direct: break
    case .peeking, .closed: throw instance.misuse("a phantom instruction takes no time")
    }
  }
}

@c func weft_native_fail(
  _ call: NativeCall?, _ code: Int32, _ message: UnsafePointer<CChar>?
) -> weft_status {
  guard let instance = NativeInstance.of(call), instance.admitsThread() else { return .failed }
  let text = message.map { boundedText($0, limit: 255) } ?? ""
  instance.note(.failure(text.isEmpty ? "no message" : text, code: code))
  return .failed
}

@c func weft_native_jump(_ call: NativeCall?, _ address: UInt32) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    if address & 3 != 0 { throw Trap(.instructionAddressMisaligned, value: UInt64(address)) }
    switch instance.access {
    case .watched: instance.requests.jump = address
    case .direct:
      guest.jump(to: address)
      instance.call.pointee.attention |= UInt32(WEFT_ATTENTION_REQUEST)
    case .peeking, .closed: throw instance.misuse("a phantom instruction does not jump")
    }
  }
}

@c func weft_native_exit(_ call: NativeCall?, _ code: UInt32) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    switch instance.access {
    case .watched: instance.requests.exit = code
    case .direct:
      guest.exit(code: code)
      instance.call.pointee.attention |= UInt32(WEFT_ATTENTION_REQUEST)
    case .peeking, .closed: throw instance.misuse("a phantom instruction does not end the run")
    }
  }
}

@c func weft_native_write_output(
  _ call: NativeCall?, _ bytes: UnsafeRawPointer?, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    if count == 0 { return }
    guard let bytes else { throw instance.misuse("output from a null pointer") }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: Int(count))
    if instance.access == .direct { return try guest.write(buffer, to: .output) }
    // Before they are read: a length that is too large is often no length at all.
    let room = guest.outputLimit &- guest.streams.written &- instance.requests.output.count
    guard buffer.count <= room else { throw Trap(.outputLimit) }
    instance.requests.output.append(contentsOf: buffer)
  }
}

@c func weft_native_set_hints(
  _ call: NativeCall?, _ bytes: UnsafeRawPointer?, _ count: UInt32
) -> weft_status {
  NativeServices.serve(call) { instance, guest throws(Trap) in
    guard instance.access == .peeking else { throw instance.misuse("only phantom instructions set hints") }
    let limit = NativeInstance.hintLimit
    guard count <= limit else { throw instance.misuse("\(count) bytes of hints; the limit is \(limit)") }
    if count == 0 { return instance.requests.hints = [] }
    guard let bytes else { throw instance.misuse("hints from a null pointer") }
    instance.requests.hints = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }
}

/// A C string as text of one line: at most `limit` bytes of it, ill-formed parts and control characters replaced.
package func boundedText(_ text: UnsafePointer<CChar>, limit: Int) -> String {
  var length = 0
  while length < limit, text[length] != 0 { length &+= 1 }
  return UnsafeBufferPointer(start: text, count: length).withMemoryRebound(to: UInt8.self) {
    String(decoding: $0.lazy.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }, as: UTF8.self)
  }
}
