import CWeftABI
import WeftMemory

// What the services do, by how the call is open.
extension NativeInstance {
  func misuse(_ what: String) -> Trap { Trap(.misuse(extension: name, rule: what)) }

  /// Bytes of guest memory that a call may read, noted where it is watched.
  func readableBytes(
    _ guest: Guest, at address: UInt32, count: UInt32
  ) throws(Trap) -> UnsafeRawPointer {
    guard let range = guest.offsets(of: address, count: UInt64(count)),
      let region = guest.memory.pointee.region(of: .memory)
    else { throw Trap(.loadAccessFault, value: UInt64(address)) }
    if access == .watched, count > 0 { transaction.read(.memory, address, count: Int(count)) }
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
      transaction.write(.memory, address, from: source, count: Int(count), to: cell)
    } else {
      if let willWrite = guest.willWrite {
        willWrite(range)
        call.pointee.attention = 1
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
      if index == 0 { return transaction.advance(by: 1) }
      var bytes = value.littleEndian
      transaction.write(.register, index, from: &bytes, count: 4, to: registers + Int(index))
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
