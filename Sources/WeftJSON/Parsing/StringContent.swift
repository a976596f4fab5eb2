/// The inside of a checked string.
struct StringContent {
  let base: UnsafePointer<UInt8>
  let count: Int
  let hasEscapes: Bool

  init(_ text: UnsafePointer<UInt8>, _ node: JSONNode) {
    base = text + Int(node.start) + 1
    count = Int(node.extent & ~JSONNode.escapesFlag)
    hasEscapes = node.extent & JSONNode.escapesFlag != 0
  }

  /// The bytes as they are written.
  var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// UTF-8 with the escapes resolved.
  var decoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var index = 0
    while index < count {
      let p = base + index
      if p.pointee != UInt8(ascii: "\\") {
        bytes.append(p.pointee)
        index &+= 1
      } else {
        bytes.append(contentsOf: String(JSONEscape.scalar(at: p)).utf8)
        index &+= max(1, JSONEscape.length(at: p))
      }
    }
    return bytes
  }

  var string: String {
    hasEscapes ? String(decoding: decoded, as: UTF8.self) : String(decoding: raw, as: UTF8.self)
  }

  /// Shows the UTF-8 bytes; without a copy where there are no escapes.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if !hasEscapes { return try body(raw) }
    return try decoded.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try body(UnsafeRawBufferPointer(bytes))
    }
  }
}
