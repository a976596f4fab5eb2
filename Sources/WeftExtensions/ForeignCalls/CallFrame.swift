/// What one call needs while it lasts: arguments, and the guest memory that they point to. It lies on the stack.
struct CallFrame {
  /// Guest memory that a call reads or writes, as offsets from the start of memory.
  struct Use {
    enum Role: UInt8 { case range, structArgument, structResult }

    var start: UInt64
    var count: UInt64
    var role: Role
    var isRead: Bool
    var isWritten: Bool
    /// Which argument it belongs to.
    var argument: UInt8
    /// The copy that the function gets instead of guest memory.
    var copy: UnsafeMutableRawPointer?

    /// Bytes of the copy, with the guard behind it.
    var copySize: UInt64 { (count &+ 15) & ~15 &+ CallFrame.guardSize }

    @inline(__always)
    func overlaps(_ other: Use) -> Bool {
      start < other.start &+ other.count && other.start < start &+ count && count > 0 && other.count > 0
    }

    /// Aligned words that it meets.
    var words: Int { Int(truncatingIfNeeded: (start &+ count &+ 3) / 4 &- start / 4) }
  }

  /// Bytes behind a copy that nobody may change.
  static let guardSize: UInt64 = 16
  static let guardByte: UInt8 = 0xa5

  static let byteCount = 16 &* 8 &+ 16 &* 8 &+ useLimit &* MemoryLayout<Use>.stride &+ 16
  /// One for each argument and one for the result.
  private static let useLimit = 17

  /// Values of the arguments, extended to 64 bits.
  let slots: UnsafeMutablePointer<UInt64>
  /// For libffi: where the value of each argument is.
  let addresses: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  let uses: UnsafeMutablePointer<Use>
  var useCount = 0
  /// A scalar result. Sixteen bytes: libffi widens narrow ones.
  let result: UnsafeMutablePointer<UInt64>

  /// - Parameter memory: `byteCount` bytes, aligned to 16.
  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer) {
    slots = memory.assumingMemoryBound(to: UInt64.self)
    addresses = (memory + 128).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    result = (memory + 256).assumingMemoryBound(to: UInt64.self)
    uses = (memory + 272).assumingMemoryBound(to: Use.self)
  }

  @inline(__always)
  mutating func append(_ use: Use) {
    uses[useCount] = use
    useCount &+= 1
  }
}
