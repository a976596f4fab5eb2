/// Writes a recursive length prefix encoding (Yellow Paper, appendix B).
///
/// ```swift
/// var encoder = RLPEncoder()
/// encoder.list { list in
///   list.append(nonce)
///   list.append(data)
/// }
/// let bytes = encoder.bytes
/// ```
public struct RLPEncoder: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// Where the contents of the open lists begin.
  private var openLists: [Int] = []

  public init() {}

  /// Adds a list with the items that `items` appends.
  public mutating func list(_ items: (inout RLPEncoder) -> Void) {
    beginList()
    items(&self)
    endList()
  }

  /// Begins a list: what is added up to the matching `endList` is in it.
  public mutating func beginList() { openLists.append(bytes.count) }

  /// Ends the list that was begun last; nothing happens where none is open.
  public mutating func endList() {
    guard let start = openLists.popLast() else { return }
    let header = RLPHeader(isList: true, count: bytes.count &- start)
    header.withBytes { bytes.insert(contentsOf: $0, at: start) }
  }

  /// Adds a byte string.
  public mutating func append(_ string: some Collection<UInt8>) {
    if string.count == 1, let byte = string.first, byte < 0x80 {
      bytes.append(byte)
      return
    }
    RLPHeader(isList: false, count: string.count).withBytes { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: string)
  }

  /// Adds a number: its big-endian bytes without zeros in front.
  public mutating func append(_ number: UInt256) {
    if number.fitsInUInt64 { return append(number.limb0) }
    append(number.bigEndianBytes.dropFirst(32 &- number.significantByteCount))
  }

  /// Adds a number: its big-endian bytes without zeros in front.
  public mutating func append(_ number: UInt64) {
    if number > 0, number < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: number))
      return
    }
    var left = UInt64(truncatingIfNeeded: 8 &- number.leadingZeroBitCount &>> 3)
    bytes.append(0x80 &+ UInt8(truncatingIfNeeded: left))
    while left > 0 {
      left &-= 1
      bytes.append(UInt8(truncatingIfNeeded: number &>> (left &<< 3)))
    }
  }

  /// Adds the twenty bytes of an address.
  public mutating func append(_ address: Address) { append(address.bytes) }

  /// Adds the twenty bytes of an address, or none.
  public mutating func append(_ address: Address?) {
    if let address { append(address) } else { bytes.append(0x80) }
  }

  /// Adds the 32 bytes of a hash.
  public mutating func append(_ hash: Hash256) {
    bytes.append(0xa0)
    bytes.append(contentsOf: hash.bytes)
  }

  /// Adds what is encoded already.
  public mutating func appendEncoded(_ encoding: some Sequence<UInt8>) { bytes.append(contentsOf: encoding) }
}
