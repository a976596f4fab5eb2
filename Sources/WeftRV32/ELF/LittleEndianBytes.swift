/// The bytes of a file with the two operations a parser of hostile input needs: "does this range lie inside"
/// and "read this integer". Neither traps, whatever the arguments.
struct LittleEndianBytes: Sendable {
  let bytes: [UInt8]

  var count: UInt64 { UInt64(truncatingIfNeeded: bytes.count) }

  /// Whether [offset, offset + size) lies inside the file. In 64 bits, without a sum that could wrap.
  func contains(offset: UInt64, size: UInt64) -> Bool {
    offset <= count && size <= count &- offset
  }

  func uint8(at offset: UInt64) -> UInt8 { load(at: offset) }
  func uint16(at offset: UInt64) -> UInt16 { load(at: offset) }
  func uint32(at offset: UInt64) -> UInt32 { load(at: offset) }

  /// The bytes of [offset, offset + size), shared with the file; empty when they are not all inside.
  func slice(offset: UInt64, size: UInt64) -> ArraySlice<UInt8> {
    let start = Int(truncatingIfNeeded: offset)
    let end = start &+ Int(truncatingIfNeeded: size)
    guard contains(offset: offset, size: size) else { return [] }
    // Implied, but said again so that the optimiser sees that the subscript cannot trap.
    guard 0 <= start, start <= end, end <= bytes.count else { return [] }
    return bytes[start..<end]
  }

  /// An integer, 0 where the file has no such bytes. Callers check the range of a whole record as a rule with
  /// its own error before they read fields; the test here keeps a forgotten rule from reading wild memory.
  private func load<Value: FixedWidthInteger & BitwiseCopyable>(at offset: UInt64) -> Value {
    let size = UInt64(truncatingIfNeeded: MemoryLayout<Value>.size)
    guard contains(offset: offset, size: size) else { return 0 }
    return bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: Int(truncatingIfNeeded: offset), as: Value.self))
    }
  }
}
