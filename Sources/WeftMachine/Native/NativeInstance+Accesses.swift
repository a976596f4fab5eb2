import CWeftABI
import Glibc
import WeftMemory

// What the services do, by how the call is open.
extension NativeInstance {
  func misuse(_ what: String) -> Trap { Trap(.misuse(extension: name, rule: what)) }

  /// Notes why the present instruction fails; the first reason stays.
  func note(_ reason: Trap) {
    if trap == nil { trap = reason }
    // The engine stops although the function may hide the failure.
    if access == .direct { call.pointee.attention |= UInt32(WEFT_ATTENTION_FAILURE) }
  }

  /// Room for a copy; `free` it.
  func temporaryBytes(_ count: UInt32) throws(Trap) -> UnsafeMutableRawPointer {
    guard let bytes = malloc(max(Int(count), 1)) else {
      throw MemoryError.outOfMemory(bytes: UInt64(count)).trap
    }
    return bytes
  }

  // MARK: Watched calls

  /// Makes sure that the clock and the records have room for what the function has done so far and `ticks` more, and
  /// that there is memory for `bytes` more of notes.
  private func makeRoom(_ guest: Guest, ticks: UInt64 = 0, idle: UInt64 = 0, bytes: Int = 0) throws(Trap) {
    try reserve(guest, more: ticks, idle: idle)
    guard transaction.makeRoom(bytes) else { throw MemoryError.outOfMemory(bytes: UInt64(bytes)).trap }
  }

  /// The same for the clock and the records alone.
  func reserve(_ guest: Guest, more ticks: UInt64, idle: UInt64 = 0) throws(Trap) {
    let accesses = transaction.ticks &- transaction.idleTicks &+ ticks
    try guest.reserve(accesses: Int(clamping: accesses), idle: transaction.idleTicks &+ idle)
  }

  func noteRead(
    _ guest: Guest, _ target: NativeTransaction.Target, _ place: UInt32, count: Int
  ) throws(Trap) {
    let ticks = guest.tickCount(target, place, count)
    try makeRoom(guest, ticks: ticks)
    transaction.read(target, place, count: count, ticks: ticks, isKept: guest.isRecording)
  }

  func noteWrite(
    _ guest: Guest, _ target: NativeTransaction.Target, _ place: UInt32, from source: UnsafeRawPointer,
    count: Int,
    to cell: UnsafeMutableRawPointer
  ) throws(Trap) {
    let ticks = guest.tickCount(target, place, count)
    try makeRoom(guest, ticks: ticks, bytes: 2 &* count)
    transaction.write(target, place, from: source, count: count, to: cell, ticks: ticks)
  }

  func noteAdvance(_ guest: Guest, _ ticks: UInt32) throws(Trap) {
    try makeRoom(guest, idle: UInt64(ticks))
    transaction.advance(by: ticks, isKept: guest.isRecording)
  }

  // MARK: Accesses

  func checkReadable(_ guest: Guest, at address: UInt32, count: UInt32) throws(Trap) {
    guard guest.offsets(of: address, count: UInt64(count)) != nil else {
      throw Trap(.loadAccessFault, value: UInt64(address))
    }
  }

  /// Bytes of guest memory that a call may read, noted where it is watched.
  func readableBytes(
    _ guest: Guest, at address: UInt32, count: UInt32
  ) throws(Trap) -> UnsafeRawPointer {
    guard let range = guest.offsets(of: address, count: UInt64(count)),
      let region = guest.memory.pointee.region(of: .memory)
    else { throw Trap(.loadAccessFault, value: UInt64(address)) }
    if access == .watched, count > 0 { try noteRead(guest, .memory, address, count: Int(count)) }
    return UnsafeRawPointer(region.base + Int(truncatingIfNeeded: range.lowerBound))
  }

  func checkWritable(_ guest: Guest, at address: UInt32, count: UInt32) throws(Trap) {
    guard access != .peeking else { throw misuse("a phantom instruction changes no memory") }
    guard guest.writableOffsets(of: address, count: UInt64(count)) != nil else {
      throw Trap(.storeAccessFault, value: UInt64(address))
    }
  }

  func write(
    _ guest: Guest, at address: UInt32, from source: UnsafeRawPointer, count: UInt32
  ) throws(Trap) {
    try checkWritable(guest, at: address, count: count)
    guard count > 0, let range = guest.offsets(of: address, count: UInt64(count)),
      let region = guest.memory.pointee.region(of: .memory)
    else { return }
    let cell = region.base + Int(truncatingIfNeeded: range.lowerBound)
    if access == .watched {
      try noteWrite(guest, .memory, address, from: source, count: Int(count), to: cell)
    } else {
      if let willWrite = guest.willWrite {
        willWrite(range)
        call.pointee.attention |= UInt32(WEFT_ATTENTION_REQUEST)
      }
      cell.copyMemory(from: source, byteCount: Int(count))
    }
  }

  func registerValue(_ guest: Guest, _ index: Int) -> UInt32 {
    access == .direct ? guest.registers[index] : registers[index]
  }

  func setRegister(_ guest: Guest, _ index: UInt32, to value: UInt32) throws(Trap) {
    switch access {
    case .watched:
      if index == 0 { return try noteAdvance(guest, 1) }
      var bytes = value.littleEndian
      try noteWrite(guest, .register, index, from: &bytes, count: 4, to: registers + Int(index))
    case .direct: if index > 0 { guest.registers[Int(index)] = value }
    case .peeking, .closed: throw misuse("a phantom instruction changes no register")
    }
  }

  /// Number and storage of bytes of one of the extension's own spaces.
  func spaceBytes(
    _ guest: Guest, _ index: UInt32, _ pointer: UInt32, _ count: UInt32
  ) throws(Trap) -> (AddressSpaceID, UnsafeMutableRawPointer) {
    guard Int(index) < interface.spaces.count else {
      throw misuse("there is no own address space \(index); it declares \(interface.spaces.count)")
    }
    let space = interface.spaces[Int(index)]
    guard let cells = guest.spaceCells(space, at: UInt64(pointer), count: Int(count)) else {
      let range = MemoryRange(MemoryAddress(space, pointer), count: Int(count))
      throw MemoryError.addressOutOfBounds(range, limit: guest.byteCount(of: space)).trap
    }
    return (space, cells)
  }

  /// Takes back what the watched function did to memory and to the copy of the registers.
  func rollBack(_ guest: Guest) {
    let registers = registers
    let memory = guest.memory.pointee.region(of: .memory)?.base
    transaction.rollBack { target, place in
      switch target {
      case .register: UnsafeMutableRawPointer(registers + Int(place))
      case .memory: memory.map { $0 + Int(place &- guest.memoryStart) }
      case .space(let space): guest.spaceCells(space, at: UInt64(place), count: 0)
      }
    }
  }

  /// Passes on what a successful function asked for.
  func commitRequests(_ guest: Guest) throws(Trap) {
    if !requests.output.isEmpty {
      try guest.write(requests.output, to: .output)
    }
    if let hints = requests.hints { guest.streams.setHints(hints) }
    if let address = requests.jump { guest.jump(to: address) }
    if let code = requests.exit { guest.exit(code: code) }
  }
}

extension Guest {
  /// Time that one access takes in a recorded run.
  fileprivate func tickCount(_ target: NativeTransaction.Target, _ place: UInt32, _ count: Int) -> UInt64 {
    switch target {
    case .register: 1
    case .memory: wordCount(at: place, count: count)
    case .space(let space): blockCount(space, at: UInt64(place), count: count)
    }
  }
}
