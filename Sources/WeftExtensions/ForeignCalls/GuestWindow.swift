import WeftMachine

/// Registers and memory of a guest in a fast run, for calls that work in place.
struct GuestWindow {
  /// x0…x31 and a slot that takes writes to x0.
  var registers: UnsafeMutablePointer<UInt32>
  var memory: UnsafeMutableRawPointer
  /// Bytes of memory.
  var size: UInt64
  /// Guest address of the first byte.
  var start: UInt32
  /// Offsets that may be written without a further look: all of them elsewhere go through the host.
  var writableOffset: UInt64
  var writableSize: UInt64

  @inline(__always)
  init(
    registers: UnsafeMutablePointer<UInt32>, memory: UnsafeMutableRawPointer, size: UInt64, start: UInt32,
    writableOffset: UInt64, writableSize: UInt64
  ) {
    self.registers = registers
    self.memory = memory
    self.size = size
    self.start = start
    self.writableOffset = writableOffset
    self.writableSize = writableSize
  }

  /// The window of a guest; `nil` when it has no memory. Everything above the guest's code can be written.
  /// - Parameter isWriting: whether it matters what can be written.
  init?(_ guest: Guest, isWriting: Bool) {
    guard let memory = guest.memory.pointee.region(of: .memory)?.base else { return nil }
    let size = guest.memorySize
    var writable: UInt64 = size
    // A guest with code that it may change wants to know of writes.
    if isWriting, guest.willWrite == nil {
      writable = guest.protectedText.reduce(0) { max($0, $1.upperBound) }
    }
    self.init(
      registers: guest.registers, memory: memory, size: size, start: guest.memoryStart,
      writableOffset: min(writable, size), writableSize: size &- min(writable, size))
  }

  /// Where a range is, when the call may have it in place.
  @inline(__always)
  func place(_ address: UInt32, _ count: UInt64, isWritten: Bool) -> UnsafeMutableRawPointer? {
    let offset = UInt64(address &- start)
    guard offset <= size, count <= size &- offset else { return nil }
    if isWritten {
      guard offset >= writableOffset, count <= writableSize &- min(writableSize, offset &- writableOffset)
      else {
        return nil
      }
    }
    return memory + Int(truncatingIfNeeded: offset)
  }
}
