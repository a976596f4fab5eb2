import Testing

@testable import WeftCommands

@Suite("Output filter")
struct OutputFilterTests {
  private static let table: [(input: String, output: String, why: String)] = [
    ("plain text\n\tindented\n", "plain text\n\tindented\n", "printable text, line feed, tab"),
    ("grüße 日本語 🙂\n", "grüße 日本語 🙂\n", "UTF-8 of two, three and four bytes"),
    ("\u{1b}[31mred\u{1b}[0m", "red", "CSI: colours"),
    ("\u{1b}[2J\u{1b}[1;1Hx", "x", "CSI: clear and move"),
    ("\u{1b}[?1049hx", "x", "CSI with a private marker"),
    ("\u{1b}[1 qx", "x", "CSI with an intermediate byte"),
    ("\u{1b}]0;title\u{07}x", "x", "OSC ended by BEL"),
    ("\u{1b}]52;c;aGk=\u{1b}\\x", "x", "OSC ended by ST: clipboard"),
    ("\u{1b}]8;;http://h\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link", "OSC: hyperlinks"),
    ("\u{1b}P$q\"p\u{1b}\\x", "x", "DCS: a request that makes the terminal answer"),
    ("\u{1b}_app\u{1b}\\\u{1b}^pm\u{1b}\\\u{1b}Xsos\u{1b}\\x", "x", "APC, PM, SOS"),
    ("\u{1b}]0;never closed\nnext line", "\nnext line", "an open string ends with its line"),
    ("\u{1b}]0;cut\u{18}x", "x", "CAN ends a string"),
    ("\u{1b}]a\u{1b}[31mx", "x", "a sequence inside a string ends it"),
    ("\u{1b}cx\u{1b}7y\u{1b}(0z", "xyz", "single escapes: reset, save cursor, character set"),
    ("\u{1b}\u{1b}[31mx", "x", "ESC ESC"),
    ("\u{1b}[31\nx", "\nx", "a line feed inside CSI survives"),
    ("\u{9b}31mx", "x", "C1 CSI"),
    ("\u{9d}0;title\u{07}x", "x", "C1 OSC"),
    ("\u{85}x\u{84}y", "xy", "other C1"),
    ("a\u{08}b\u{07}c\u{00}d\u{7f}e", "a␈b␇c␀d␡e", "other control characters become pictures"),
    ("one\r\ntwo\n", "one\ntwo\n", "CR before LF"),
    ("secret\rpublic", "secret␍public", "CR alone would overwrite the line"),
    ("end\r", "end␍", "CR at the end"),
    ("\r\r\n", "␍\n", "two CR"),
    ("x\u{1b}", "x", "ESC at the end"),
    ("x\u{1b}[31", "x", "CSI cut at the end"),
  ]

  @Test(arguments: table)
  func sequences(input: String, output: String, why: String) {
    #expect(text(OutputFilter.filter(Array(input.utf8))) == output, "\(why)")
  }

  @Test(arguments: table)
  func chunksMayBeCutAnywhere(input: String, output: String, why: String) {
    var filter = OutputFilter()
    var filtered: [UInt8] = []
    for byte in input.utf8 { filtered += filter.filter(CollectionOfOne(byte)) }
    #expect(text(filtered + filter.finish()) == output, "\(why)")
  }

  @Test(
    arguments: [
      ([0x80], "�"), ([0x9b, 0x33, 0x31, 0x6d], "�31m"), ([0xc0, 0xaf], "��"), ([0xff, 0x41], "�A"),
      ([0xe2, 0x82], "�"), ([0xe2, 0x41], "�A"), ([0xe2, 0x1b, 0x5b, 0x6d, 0x41], "�A"),
      ([0xed, 0xa0, 0x80], "���"), ([0xf4, 0x90, 0x80, 0x80], "����"), ([0xe0, 0x80, 0x80], "���"),
      ([0xf0, 0x80, 0x80, 0x80], "����"), ([0xf4, 0x8f, 0xbf, 0xbf], "\u{10ffff}"), ([0xf5], "�"),
    ] as [([UInt8], String)])
  func malformedUTF8IsReplaced(bytes: [UInt8], output: String) {
    #expect(text(OutputFilter.filter(bytes)) == output)
  }

  @Test func everyPairOfBytesGivesHarmlessText() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let filtered = OutputFilter.filter([first, second, UInt8(ascii: "A")])
        let scalars = text(filtered).unicodeScalars
        let harmless = scalars.allSatisfy { scalar in
          scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) || scalar == "\n" || scalar == "\t"
        }
        if !harmless { Issue.record("\(first), \(second) gave \(filtered)") }
        if String(validating: filtered, as: UTF8.self) == nil {
          Issue.record("\(first), \(second): no UTF-8")
        }
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
