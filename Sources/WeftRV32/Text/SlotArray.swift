import CWeftABI
import Glibc

/// The memory of decoded instructions: zero-filled, fixed in place, and inside one 4 GiB stretch of addresses, so that
/// a slot's program counter follows from the low half of its address.
final class SlotArray {
  let slots: UnsafeMutablePointer<weft_instruction>
  private let mapping: UnsafeMutableRawPointer
  private let length: Int

  /// `nil` when the system refuses the memory.
  init?(count: Int) {
    let bytes = count &* MemoryLayout<weft_instruction>.stride
    // Twice the size, so that one side of a 4 GiB border inside it is large enough.
    length = (2 &* bytes &+ 8191) & ~4095
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let mapping = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0), mapping != MAP_FAILED
    else { return nil }
    self.mapping = mapping
    let start = UInt(bitPattern: mapping)
    let border = (start &+ UInt(bitPattern: bytes)) & ~0xffff_ffff
    let crosses = border > start && border < start &+ UInt(bitPattern: bytes)
    let base = crosses ? mapping + Int(bitPattern: border &- start) : mapping
    slots = base.assumingMemoryBound(to: weft_instruction.self)
  }

  deinit { munmap(mapping, length) }
}
