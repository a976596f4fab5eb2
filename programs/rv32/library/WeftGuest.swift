// The Swift face of weft_guest.h. Compiled into each Swift guest, together with the guest's own file, so that
// everything inlines; what a guest does not use costs nothing.
import WeftGuest

/// Host calls (ECALL). They work in every runner that knows the numbers; runs with them cannot be proven yet.
enum Host {
  /// Writes bytes to the run's output, behind anything printed so far.
  static func write(_ bytes: [UInt8]) {
    print_flush()
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = weft_write(1, buffer.baseAddress! + sent, UInt32(buffer.count - sent))
        guard count > 0 else { return }  // the output limit ends the run by itself
        sent += Int(count)
      }
    }
  }

  /// The rest of the input, from the present position to its end.
  static func readInput() -> [UInt8] {
    var input: [UInt8] = []
    while true {
      let before = input.count
      input.append(contentsOf: repeatElement(0, count: 256))
      let count = input.withUnsafeMutableBytes { weft_read(0, $0.baseAddress! + before, 256) }
      input.removeLast(256 - max(0, Int(count)))
      if count <= 0 { return input }
    }
  }

  /// Bytes left in the present input item; nil when there is none.
  static var hintLength: Int? {
    let length = weft_hint_length()
    return length < 0 ? nil : Int(length)
  }

  /// Sets public word `index`, that is bytes `4 * index` to `4 * index + 3`, little-endian.
  static func reveal(_ word: UInt32, at index: UInt32) {
    _ = weft_reveal(index, word)
  }

  /// Sets public bytes from byte `offset` on.
  static func reveal(_ bytes: [UInt8], at offset: UInt32) {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      _ = weft_reveal_bytes(offset, start, UInt32(buffer.count))
    }
  }

  /// Instructions retired so far: the same in every engine.
  static var cycles: UInt64 { weft_cycles() }

  /// Runs `body` as a named span in profiles. A name has at most 64 bytes.
  static func span<Result>(_ name: StaticString, _ body: () -> Result) -> Result {
    let length = UInt32(name.utf8CodeUnitCount)
    return name.withUTF8Buffer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        _ = weft_marker(UInt32(WEFT_MARKER_BEGIN), characters.baseAddress, length)
        let result = body()
        _ = weft_marker(UInt32(WEFT_MARKER_END), characters.baseAddress, length)
        return result
      }
    }
  }

  /// Ends the run with this code, after what was printed.
  static func exit(_ code: Int32) -> Never {
    WeftGuest.exit(code)
  }
}

/// Instructions on custom-0, for guests whose runs are proven: they replace the host calls above.
enum Provable {
  /// The next input item, through the hint stream.
  static func readInput() -> [UInt8] {
    weft_hint_input()
    var length: UInt32 = 0
    weft_hint_storew(&length)
    guard length > 0 else { return [] }
    let count = (Int(length) + 3) / 4
    let words = [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
      weft_hint_buffer(buffer.baseAddress, UInt32(count))
      initialized = count
    }
    return words.withUnsafeBytes { Array($0.prefix(Int(length))) }
  }

  /// Sets public word `index`.
  static func reveal(_ word: UInt32, at index: UInt32) {
    weft_reveal_word(index, word)
  }

  /// Text to the run's output (not part of what is proven).
  static func print(_ text: StaticString) {
    text.withUTF8Buffer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { weft_print_str($0.baseAddress, UInt32($0.count)) }
    }
  }

  /// Ends the run with code 0.
  static func succeed() -> Never { weft_terminate_success() }

  /// Ends the run with code 1.
  static func fail() -> Never { weft_terminate_failure() }
}
