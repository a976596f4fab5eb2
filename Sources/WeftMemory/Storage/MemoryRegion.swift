/// The storage of an address space: one mapping that never moves while its controller lives.
///
/// Engines and extensions hold these pointers in registers; whoever keeps one longer than the
/// controller reads unmapped memory.
@frozen
public struct MemoryRegion: @unchecked Sendable {
  /// The first cell.
  public let base: UnsafeMutableRawPointer
  /// Bytes that may be accessed from `base`, a multiple of 4096.
  public let byteCount: Int
  /// Bytes from `base` to the last access time (`UInt32`) of block 0, one time per block behind it;
  /// 0 in runs without block times.
  public let timesOffset: Int

  @inlinable
  init(base: UnsafeMutableRawPointer, byteCount: Int, timesOffset: Int) {
    self.base = base
    self.byteCount = byteCount
    self.timesOffset = timesOffset
  }

  /// The times of the blocks; meaningful where `timesOffset` is not 0.
  @inlinable
  public var times: UnsafeMutablePointer<UInt32> {
    (base + timesOffset).assumingMemoryBound(to: UInt32.self)
  }
}

extension MemoryRegion {
  /// Bytes from the first register to the time of its block: x + 64 words.
  public static var registerTimesOffset: Int { 256 }
  /// Times in the register file: x0…x31 and the scratch slot that absorbs writes to x0.
  public static var registerTimesCount: Int { 33 }
  /// Bytes from RV32 memory to its block times.
  public static var memoryTimesOffset: Int { 1 << 29 }
}
