import Glibc

extension EVMMemory {
  /// 32 bytes as they lie in memory.
  @frozen
  public struct Word: Hashable, Sendable, BitwiseCopyable {
    /// The halves in memory order: two vector moves to load or store.
    @usableFromInline var first: SIMD2<UInt64>
    @usableFromInline var second: SIMD2<UInt64>

    /// The big-endian word of four limbs, the least significant first.
    @inlinable
    @inline(__always)
    public init(limbs limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64) {
      first = SIMD2(limb3.bigEndian, limb2.bigEndian)
      second = SIMD2(limb1.bigEndian, limb0.bigEndian)
    }

    /// A word of 32 equal bytes.
    @inlinable
    @inline(__always)
    public init(repeating byte: UInt8) {
      first = SIMD2(repeating: UInt64(byte) &* 0x0101_0101_0101_0101)
      second = first
    }

    /// The first 32 bytes; what is missing is 0.
    public init(_ bytes: some Sequence<UInt8>) {
      self.init(repeating: 0)
      withUnsafeMutableBytes(of: &self) { target in
        for (index, byte) in bytes.prefix(32).enumerated() { target[index] = byte }
      }
    }

    public var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    /// The value as big-endian number, the least significant limb first.
    @inlinable
    public var limbs: (UInt64, UInt64, UInt64, UInt64) {
      @inline(__always) get {
        (
          UInt64(bigEndian: second.y), UInt64(bigEndian: second.x), UInt64(bigEndian: first.y),
          UInt64(bigEndian: first.x)
        )
      }
    }
  }
}

// Reading never grows the context: an opcode that expands memory does so first.
extension EVMMemory {
  /// - Throws: `invalidOffset` past the end, `invalidSize` for a negative offset.
  @inlinable
  @inline(__always)
  public func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 { try active.byte(at: offset) }

  /// The 32 bytes from `offset` on.
  /// - Throws: `invalidOffset` past the end, `invalidSize` for a negative or overflowing offset.
  @inlinable
  @inline(__always)
  public func word(at offset: Int) throws(EVMMemoryError) -> Word { try active.word(at: offset) }

  /// The big-endian 256-bit number at `offset`, the least significant limb first.
  /// - Throws: as `word(at:)`.
  @inlinable
  @inline(__always)
  public func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try active.limbs(at: offset)
  }

  /// A view of `count` bytes, valid until the next call that may change the memory.
  ///
  /// No bytes are an empty view, at any offset.
  /// - Throws: `invalidOffset` past the end, `invalidSize` for negative or overflowing numbers.
  @inlinable
  @inline(__always)
  public func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try active.bytes(at: offset, count: count)
  }
}

// Writing grows the context as needed.
extension EVMMemory {
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    let place = UInt(bitPattern: offset)
    if _slowPath(place >= UInt(bitPattern: size)) {
      let next = size &+ 32
      if place < UInt(bitPattern: next), UInt(bitPattern: base) &+ place < roomEnd {
        memset(base + size, 0, 32)
        size = next
      } else {
        try growSlowly(forByteAt: place)
      }
    }
    base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func setWord(_ value: Word, at offset: Int) throws(EVMMemoryError) {
    try coverWord(offset)
    (base + offset).storeBytes(of: value, as: Word.self)
  }

  /// Writes a 256-bit number big-endian; the least significant limb is the first.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int
  ) throws(EVMMemoryError) {
    try coverWord(offset)
    let target = base + offset
    target.storeBytes(of: limb3.bigEndian, as: UInt64.self)
    target.storeBytes(of: limb2.bigEndian, toByteOffset: 8, as: UInt64.self)
    target.storeBytes(of: limb1.bigEndian, toByteOffset: 16, as: UInt64.self)
    target.storeBytes(of: limb0.bigEndian, toByteOffset: 24, as: UInt64.self)
  }
}
