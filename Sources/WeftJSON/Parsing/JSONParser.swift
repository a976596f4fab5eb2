/// Makes the tape of a text. One pass, no recursion: the open arrays and objects form a list on the tape itself.
struct JSONParser: ~Copyable {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let options: JSONOptions
  var tape = JSONTape()
  private var keys = KeySet()

  /// - Parameter base: `count` bytes with `JSONText.padding` zeros behind them.
  init(_ base: UnsafePointer<UInt8>, count: Int, options: JSONOptions) {
    self.base = base
    self.count = count
    self.options = options
  }

  mutating func parse() throws(JSONFault) {
    var p = JSONScan.skipWhitespace(base)
    /// The innermost open array or object, 0 when there is none (its tape index plus one).
    var open = 0
    var depth = 0
    var isObject = false
    var elements: UInt32 = 0

    outer: while true {
      // A value begins at p.
      switch p.pointee {
      case UInt8(ascii: "\""):
        p = try string(at: p)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth >= options.depthLimit {
          throw fault(p, "more than \(options.depthLimit) arrays and objects inside each other")
        }
        depth &+= 1
        let index = tape.count
        let opensObject = p.pointee == UInt8(ascii: "{")
        // Until it is closed, the second entry keeps what was open before it and how far that was.
        try append(p, extent: elements)
        try append(p, extent: UInt32(truncatingIfNeeded: open))
        open = index &+ 1
        elements = 0
        isObject = opensObject
        p = JSONScan.skipWhitespace(p + 1)
        if p.pointee == (opensObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { break }
        elements = 1
        if opensObject { p = try key(at: p) }
        continue outer
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        p = try number(at: p)
      case UInt8(ascii: "t"):
        p = try literal("true", at: p)
      case UInt8(ascii: "f"):
        p = try literal("false", at: p)
      case UInt8(ascii: "n"):
        p = try literal("null", at: p)
      default:
        throw unexpected(p, "a value")
      }
      // A value, or the inside of an empty array or object, ends before p.
      while true {
        p = JSONScan.skipWhitespace(p)
        if open == 0 { break outer }
        let byte = p.pointee
        if byte == UInt8(ascii: ",") {
          p = JSONScan.skipWhitespace(p + 1)
          elements &+= 1
          if isObject { p = try key(at: p) }
          continue outer
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw unexpected(p, isObject ? "',' or '}'" : "',' or ']'")
        }
        p += 1
        let index = open &- 1
        if isObject, elements > 1, !options.allowsDuplicateKeys { try checkKeys(index, count: elements) }
        open = Int(tape[index &+ 1].extent)
        tape[index &+ 1] = JSONNode(start: offset(p), extent: elements)
        elements = tape[index].extent
        tape[index].extent = UInt32(truncatingIfNeeded: tape.count &- index)
        depth &-= 1
        isObject = open != 0 && base[Int(tape[open &- 1].start)] == UInt8(ascii: "{")
      }
    }
    if p != base + count { throw unexpected(p, "nothing behind the value") }
  }

  // MARK: Parts

  /// A key and its colon; gives the place of the value.
  private mutating func key(at start: UnsafePointer<UInt8>) throws(JSONFault) -> UnsafePointer<UInt8> {
    guard start.pointee == UInt8(ascii: "\"") else { throw unexpected(start, "a key in quotes") }
    let end = JSONScan.skipWhitespace(try string(at: start))
    guard end.pointee == UInt8(ascii: ":") else { throw unexpected(end, "':'") }
    return JSONScan.skipWhitespace(end + 1)
  }

  @inline(__always)
  private mutating func string(at start: UnsafePointer<UInt8>) throws(JSONFault) -> UnsafePointer<UInt8> {
    var p = JSONScan.skipPlain(start + 1)
    var flag: UInt32 = 0
    if p.pointee != UInt8(ascii: "\"") { p = try unusualString(from: p, &flag) }
    try append(start, extent: UInt32(truncatingIfNeeded: p - start &- 1) | flag)
    return p + 1
  }

  /// The rest of a string that has escapes or bytes outside ASCII; gives the place of the closing quote.
  @inline(never)
  private func unusualString(
    from start: UnsafePointer<UInt8>, _ flag: inout UInt32
  ) throws(JSONFault) -> UnsafePointer<UInt8> {
    var p = start
    while true {
      switch p.pointee {
      case UInt8(ascii: "\""):
        return p
      case UInt8(ascii: "\\"):
        flag = JSONNode.escapesFlag
        let length = JSONEscape.length(at: p)
        if length == 0 { throw badEscape(p) }
        p += length
      case 0x80...:
        let length = UTF8Sequence.length(at: p)
        if length == 0 { throw fault(p, "\(Quotation.byte(p.pointee)) is not UTF-8 here") }
        p += length
      case ..<0x20:
        if isEnd(p) { throw fault(p, "the text ends inside a string") }
        throw fault(p, "\(Quotation.byte(p.pointee)) in a string has to be escaped")
      default:
        break
      }
      p = JSONScan.skipPlain(p)
    }
  }

  private mutating func number(at start: UnsafePointer<UInt8>) throws(JSONFault) -> UnsafePointer<UInt8> {
    var p = start
    if p.pointee == UInt8(ascii: "-") { p += 1 }
    if p.pointee == UInt8(ascii: "0") {
      p += 1
      if JSONScan.isDigit(p.pointee) { throw fault(start, "a number does not begin with 0") }
    } else {
      p = try digits(at: p)
    }
    if p.pointee == UInt8(ascii: ".") { p = try digits(at: p + 1) }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
      p += 1
      if p.pointee == UInt8(ascii: "+") || p.pointee == UInt8(ascii: "-") { p += 1 }
      p = try digits(at: p)
    }
    try append(start, extent: UInt32(truncatingIfNeeded: p - start))
    return p
  }

  @inline(__always)
  private func digits(at start: UnsafePointer<UInt8>) throws(JSONFault) -> UnsafePointer<UInt8> {
    var p = start
    while JSONScan.isDigit(p.pointee) { p += 1 }
    if p == start { throw unexpected(p, "a digit") }
    return p
  }

  @inline(__always)
  private mutating func literal(
    _ word: StaticString, at start: UnsafePointer<UInt8>
  ) throws(JSONFault) -> UnsafePointer<UInt8> {
    for index in 0..<word.utf8CodeUnitCount where start[index] != word.utf8Start[index] {
      throw unexpected(start + index, "\(word)")
    }
    try append(start, extent: UInt32(truncatingIfNeeded: word.utf8CodeUnitCount))
    return start + word.utf8CodeUnitCount
  }

  /// Throws when the object whose entries end the tape names a member twice.
  private mutating func checkKeys(_ index: Int, count: UInt32) throws(JSONFault) {
    guard keys.prepare(count: Int(count)) else { throw noMemory(tape[index].start) }
    var key = index &+ 2
    while key < tape.count {
      if let first = keys.insert(key, text: base, nodes: tape.nodes.unsafelyUnwrapped) {
        let name = StringContent(base, tape[key]).string
        throw JSONFault(
          offset: Int(tape[key].start),
          reason: "the key \(Quotation.text(name)) stands here again, first at offset \(tape[first].start)")
      }
      let value = tape[key &+ 1]
      let byte = base[Int(value.start)]
      let isContainer = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
      key &+= 1 &+ (isContainer ? Int(value.extent) : 1)
    }
  }

  // MARK: Helpers

  @inline(__always)
  private mutating func append(_ p: UnsafePointer<UInt8>, extent: UInt32) throws(JSONFault) {
    if !tape.append(start: p - base, extent: extent) { throw noMemory(offset(p)) }
  }

  @inline(__always)
  private func offset(_ p: UnsafePointer<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: p - base) }

  private func isEnd(_ p: UnsafePointer<UInt8>) -> Bool { p - base >= count }

  private func fault(_ p: UnsafePointer<UInt8>, _ reason: String) -> JSONFault {
    JSONFault(offset: p - base, reason: reason)
  }

  private func noMemory(_ offset: UInt32) -> JSONFault {
    JSONFault(offset: Int(offset), reason: "no memory for \(tape.count) parts of the text")
  }

  @inline(never)
  private func unexpected(_ p: UnsafePointer<UInt8>, _ expected: String) -> JSONFault {
    if isEnd(p) { return fault(p, "the text ends, expected \(expected)") }
    if p == base, p[0] == 0xef, p[1] == 0xbb, p[2] == 0xbf { return fault(p, "a byte order mark") }
    return fault(p, "\(Quotation.byte(p.pointee)), expected \(expected)")
  }

  private func badEscape(_ p: UnsafePointer<UInt8>) -> JSONFault {
    if isEnd(p + 1) { return fault(p + 1, "the text ends inside a string") }
    guard p[1] == UInt8(ascii: "u") else {
      return fault(p, "\(Quotation.byte(p[1])) behind a backslash means nothing")
    }
    if let unit = JSONEscape.unit(at: p), unit & 0xf800 == 0xd800 {
      return fault(p, "\\u escape of half a surrogate pair")
    }
    return fault(p, "\\u needs four hexadecimal digits")
  }
}
