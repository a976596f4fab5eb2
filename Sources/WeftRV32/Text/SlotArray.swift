import CWeftABI
import Glibc

/// The memory of decoded instructions: zero-filled and fixed in place.
///
/// The slots lie inside one 4 GiB stretch of addresses, so that a slot's program counter follows from the low half of
/// its address.
final class SlotArray {
  let slots: UnsafeMutablePointer<weft_instruction>
  /// `Operation` of each slot.
  let operations: UnsafeMutablePointer<UInt8>
  /// Index of each slot's entry in the instruction table; -1 where none claims the word.
  let entries: UnsafeMutablePointer<Int32>
  private let mapping: UnsafeMutableRawPointer
  private let length: Int

  /// `nil` when the system refuses the memory.
  init?(count: Int) {
    let bytes = count &* MemoryLayout<weft_instruction>.stride
    // Twice the size, so that one side of a 4 GiB border inside it is large enough.
    let room = 2 &* bytes
    let entryBytes = count &* MemoryLayout<Int32>.stride
    length = (room &+ entryBytes &+ count &+ 4095) & ~4095
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let mapping = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0), mapping != MAP_FAILED
    else { return nil }
    self.mapping = mapping
    let start = UInt(bitPattern: mapping)
    let border = (start &+ UInt(bitPattern: bytes)) & ~0xffff_ffff
    let crosses = border > start && border < start &+ UInt(bitPattern: bytes)
    let base = crosses ? mapping + Int(bitPattern: border &- start) : mapping
    slots = base.assumingMemoryBound(to: weft_instruction.self)
    entries = (mapping + room).assumingMemoryBound(to: Int32.self)
    operations = (mapping + room + entryBytes).assumingMemoryBound(to: UInt8.self)
  }

  deinit { munmap(mapping, length) }
}
