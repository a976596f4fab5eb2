/// Makes a guest's output safe to show on a terminal.
///
/// A guest must not move the cursor, set the title, write the clipboard or make the terminal answer. Printable
/// UTF-8, line feeds and tabs pass; control sequences (ECMA-48: CSI, OSC, DCS and the other strings, single
/// escapes, C1 in both codings) are removed; other control characters become their pictures (U+2400…), and
/// bytes that are no UTF-8 become U+FFFD. Works on a stream: sequences and characters may be cut anywhere.
struct OutputFilter {
  private enum State {
    case text
    /// Inside a character: what has come, how many bytes are missing, and what the next one may be.
    case character(prefix: [UInt8], missing: Int, allowed: ClosedRange<UInt8>)
    case carriageReturn
    /// Behind ESC; `intermediate` once a byte 0x20–0x2f has come.
    case escape(intermediate: Bool)
    case controlSequence
    /// A string up to ST or BEL; `escape` when ESC has come, which may begin ST.
    case controlString(escape: Bool)
  }

  private var state = State.text
  private var filtered: [UInt8] = []

  /// All of a guest's output at once.
  static func filter(_ bytes: [UInt8]) -> [UInt8] {
    var filter = OutputFilter()
    return filter.filter(bytes) + filter.finish()
  }

  /// The part of the output that is settled when `bytes` have come.
  mutating func filter(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    for byte in bytes { take(byte) }
    defer { filtered = [] }
    return filtered
  }

  /// What is left at the end of the stream.
  mutating func finish() -> [UInt8] {
    switch state {
    case .character: emit("\u{fffd}")
    case .carriageReturn: emit("\u{240d}")
    case .text, .escape, .controlSequence, .controlString: break
    }
    state = .text
    defer { filtered = [] }
    return filtered
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .text: takeText(byte)
    case .character(let prefix, let missing, let allowed):
      takeCharacter(byte, prefix: prefix, missing: missing, allowed: allowed)
    case .carriageReturn:
      // Alone it would let later text cover earlier text.
      if byte != UInt8(ascii: "\n") { emit("\u{240d}") }
      takeText(byte)
    case .escape(let intermediate): takeEscape(byte, intermediate: intermediate)
    case .controlSequence: takeControlSequence(byte)
    case .controlString(let escape): takeControlString(byte, escape: escape)
    }
  }

  private mutating func takeText(_ byte: UInt8) {
    state = .text
    switch byte {
    case 0x20...0x7e, UInt8(ascii: "\n"), UInt8(ascii: "\t"): filtered.append(byte)
    case 0x0d: state = .carriageReturn
    case 0x1b: state = .escape(intermediate: false)
    case 0x00...0x1f: emit(Character(Unicode.Scalar(0x2400 + UInt32(byte)) ?? "\u{fffd}"))
    case 0x7f: emit("\u{2421}")
    // Well-formed UTF-8 (Unicode 15, table 3-7): the second byte's range excludes overlong forms, surrogates
    // and values over U+10FFFF.
    case 0xc2...0xdf: state = .character(prefix: [byte], missing: 1, allowed: 0x80...0xbf)
    case 0xe0: state = .character(prefix: [byte], missing: 2, allowed: 0xa0...0xbf)
    case 0xed: state = .character(prefix: [byte], missing: 2, allowed: 0x80...0x9f)
    case 0xe1...0xef: state = .character(prefix: [byte], missing: 2, allowed: 0x80...0xbf)
    case 0xf0: state = .character(prefix: [byte], missing: 3, allowed: 0x90...0xbf)
    case 0xf4: state = .character(prefix: [byte], missing: 3, allowed: 0x80...0x8f)
    case 0xf1...0xf3: state = .character(prefix: [byte], missing: 3, allowed: 0x80...0xbf)
    default: emit("\u{fffd}")
    }
  }

  private mutating func takeCharacter(
    _ byte: UInt8, prefix: [UInt8], missing: Int, allowed: ClosedRange<UInt8>
  ) {
    guard allowed.contains(byte) else {
      emit("\u{fffd}")
      takeText(byte)
      return
    }
    if missing > 1 {
      state = .character(prefix: prefix + [byte], missing: missing - 1, allowed: 0x80...0xbf)
    } else if prefix == [0xc2], byte < 0xa0 {
      takeC1(byte)
    } else {
      state = .text
      filtered += prefix
      filtered.append(byte)
    }
  }

  /// A C1 control, U+0080–U+009F.
  private mutating func takeC1(_ byte: UInt8) {
    switch byte {
    case 0x9b: state = .controlSequence
    case 0x90, 0x98, 0x9d, 0x9e, 0x9f: state = .controlString(escape: false)
    default: state = .text
    }
  }

  private mutating func takeEscape(_ byte: UInt8, intermediate: Bool) {
    switch byte {
    case 0x1b: state = .escape(intermediate: false)
    case 0x20...0x2f: state = .escape(intermediate: true)
    case 0x40...0x5f where !intermediate: takeC1(byte + 0x40)
    case 0x30...0x7e: state = .text
    default: takeText(byte)
    }
  }

  private mutating func takeControlSequence(_ byte: UInt8) {
    switch byte {
    case 0x20...0x3f: break
    case 0x40...0x7e: state = .text
    default: takeText(byte)
    }
  }

  private mutating func takeControlString(_ byte: UInt8, escape: Bool) {
    switch byte {
    case 0x07, 0x18, 0x1a: state = .text
    // A string that is never closed must not swallow the rest of the output.
    case UInt8(ascii: "\n"): takeText(byte)
    case 0x1b: state = .controlString(escape: true)
    case UInt8(ascii: "\\") where escape: state = .text
    case _ where escape: takeEscape(byte, intermediate: false)
    default: break
    }
  }

  private mutating func emit(_ character: Character) { filtered += Array(String(character).utf8) }
}

extension String {
  /// The text as a terminal may show it: names from guest files end up in messages, too.
  var filteredForTerminal: String { String(decoding: OutputFilter.filter(Array(utf8)), as: UTF8.self) }
}
