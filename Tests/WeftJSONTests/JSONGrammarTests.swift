import Testing
import WeftJSON

/// The message of a text that is refused; `nil` when it is accepted.
func refusal(_ text: String, options: JSONOptions = JSONOptions()) -> String? {
  refusal(Array(text.utf8), options: options)
}

func refusal(_ bytes: [UInt8], options: JSONOptions = JSONOptions()) -> String? {
  do throws(JSONError) {
    _ = try JSONDocument(bytes, options: options)
    return nil
  } catch {
    return error.description
  }
}

@Suite("JSON grammar, RFC 8259")
struct JSONGrammarTests {
  @Test(
    "What is JSON is accepted",
    arguments: [
      "0", "-0", "1", "-12", "0.5", "1e3", "1E+3", "1.25e-10", "123456789012345678901234567890", "true",
      "false", "null", "\"\"", "\"a\"", "[]", "{}", " [ ] ", "\t\r\n{ }\n", "[1,2]", "[[],[[]],{}]",
      #"{"a":1,"b":[true,null]}"#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\uD834\uDD1E""#, "\"é€😀\"",
      "\"\u{7f}\u{80}\"", #"{"":0}"#, #"{"a":{"a":{"a":1}}}"#, "\"12345678\"", "\"1234567890123456\"",
    ])
  func accepted(text: String) {
    #expect(refusal(text) == nil)
  }

  @Test(
    "What is none is refused, with its place",
    arguments: [
      ("", "line 1, column 1 (offset 0): the text ends, expected a value"),
      ("  ", "line 1, column 3 (offset 2): the text ends, expected a value"),
      ("[", "line 1, column 2 (offset 1): the text ends, expected a value"),
      ("[1", "line 1, column 3 (offset 2): the text ends, expected ',' or ']'"),
      ("[1,", "line 1, column 4 (offset 3): the text ends, expected a value"),
      ("[1,]", "line 1, column 4 (offset 3): ']', expected a value"),
      ("[,1]", "line 1, column 2 (offset 1): ',', expected a value"),
      ("[1 2]", "line 1, column 4 (offset 3): '2', expected ',' or ']'"),
      ("[1}", "line 1, column 3 (offset 2): '}', expected ',' or ']'"),
      ("{\"a\":1]", "line 1, column 7 (offset 6): ']', expected ',' or '}'"),
      ("{", "line 1, column 2 (offset 1): the text ends, expected a key in quotes"),
      ("{a:1}", "line 1, column 2 (offset 1): 'a', expected a key in quotes"),
      ("{\"a\"}", "line 1, column 5 (offset 4): '}', expected ':'"),
      ("{\"a\":}", "line 1, column 6 (offset 5): '}', expected a value"),
      ("{\"a\":1,}", "line 1, column 8 (offset 7): '}', expected a key in quotes"),
      ("{\n  \"a\": tru\n}", "line 2, column 11 (offset 12): byte 0x0a, expected true"),
      ("nul", "line 1, column 4 (offset 3): the text ends, expected null"),
      ("True", "line 1, column 1 (offset 0): 'T', expected a value"),
      ("01", "line 1, column 1 (offset 0): a number does not begin with 0"),
      ("-", "line 1, column 2 (offset 1): the text ends, expected a digit"),
      ("-a", "line 1, column 2 (offset 1): 'a', expected a digit"),
      ("1.", "line 1, column 3 (offset 2): the text ends, expected a digit"),
      (".5", "line 1, column 1 (offset 0): '.', expected a value"),
      ("1e", "line 1, column 3 (offset 2): the text ends, expected a digit"),
      ("+1", "line 1, column 1 (offset 0): '+', expected a value"),
      ("0x10", "line 1, column 2 (offset 1): 'x', expected nothing behind the value"),
      ("1 2", "line 1, column 3 (offset 2): '2', expected nothing behind the value"),
      ("[] // x", "line 1, column 4 (offset 3): '/', expected nothing behind the value"),
      ("'a'", "line 1, column 1 (offset 0): ''', expected a value"),
      ("\"a", "line 1, column 3 (offset 2): the text ends inside a string"),
      ("\"a\\", "line 1, column 4 (offset 3): the text ends inside a string"),
      ("\"a\nb\"", "line 1, column 3 (offset 2): byte 0x0a in a string has to be escaped"),
      ("\"\\x\"", "line 1, column 2 (offset 1): 'x' behind a backslash means nothing"),
      ("\"\\u12g4\"", "line 1, column 2 (offset 1): \\u needs four hexadecimal digits"),
      ("\"\\ud800\"", "line 1, column 2 (offset 1): \\u escape of half a surrogate pair"),
      ("\"\\ud800\\u0041\"", "line 1, column 2 (offset 1): \\u escape of half a surrogate pair"),
      ("\"\\udc00\"", "line 1, column 2 (offset 1): \\u escape of half a surrogate pair"),
      ("\u{feff}1", "line 1, column 1 (offset 0): a byte order mark"),
      ("1\u{0}", "line 1, column 2 (offset 1): byte 0x00, expected nothing behind the value"),
      ("[\u{0}]", "line 1, column 2 (offset 1): byte 0x00, expected a value"),
      ("\"\u{0}\"", "line 1, column 2 (offset 1): byte 0x00 in a string has to be escaped"),
    ])
  func refused(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  @Test(
    "Bytes that are no UTF-8 are refused",
    arguments: [
      [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xc2], [0xe0, 0x80, 0x80], [0xe0, 0xa0], [0xed, 0xa0, 0x80],
      [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff],
    ] as [[UInt8]])
  func badUTF8(sequence: [UInt8]) {
    let text = [0x22, 0x61] + sequence + [0x22]
    let expected = String(sequence[0], radix: 16)
    #expect(refusal(text) == "line 1, column 3 (offset 2): byte 0x\(expected) is not UTF-8 here")
    #expect(refusal(Array(text.dropLast())) != nil)
  }

  @Test("All scalars of Unicode pass, surrogates do not")
  func allScalars() throws {
    for value in stride(from: UInt32(0x20), to: 0x11_0000, by: 7) {
      guard let scalar = Unicode.Scalar(value), value != 0x22, value != 0x5c else { continue }
      let text = String(Character(scalar))
      let document = try JSONDocument("[\"\(text)\"]")
      #expect(document.root[0]?.string == text)
    }
  }

  @Test("An object that names a member twice is refused, however the key is written")
  func duplicateKeys() throws {
    let place = "line 2, column 2 (offset 8): the key \"a\" stands here again, first at offset 1"
    #expect(
      refusal("{\"a\":1,\n \"a\":2}") == place.replacing("column 2 (offset 8)", with: "column 2 (offset 9)"))
    #expect(
      refusal(#"{"ab":1,"\u0061b":2}"#)?.hasSuffix(#"the key "ab" stands here again, first at offset 1"#)
        == true)
    #expect(refusal(#"[{"a":1,"b":{"a":1},"c":[{"a":2}]}]"#) == nil)
    #expect(refusal(#"[{"a":1,"b":{"x":1,"x":2}}]"#)?.contains("\"x\"") == true)
    let loose = try JSONDocument(#"{"a":1,"a":2}"#, options: JSONOptions(allowsDuplicateKeys: true))
    #expect(loose.root["a"]?.integer(as: Int.self) == 1)
    #expect(loose.root.count == 2)
    let many = (0..<5000).map { "\"k\($0)\":0" }
    #expect(refusal("{" + many.joined(separator: ",") + "}") == nil)
    let message = refusal("{" + (many + ["\"k4321\":0"]).joined(separator: ",") + "}")
    #expect(message?.contains("the key \"k4321\" stands here again") == true)
  }

  @Test("Nesting is limited, by any number")
  func nesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(refusal(nested(512)) == nil)
    #expect(
      refusal(nested(513))
        == "line 1, column 513 (offset 512): more than 512 arrays and objects inside each other")
    #expect(refusal("{\"a\":[]}", options: JSONOptions(depthLimit: 1))?.contains("more than 1 ") == true)
    #expect(refusal("[]", options: JSONOptions(depthLimit: 0))?.contains("more than 0 ") == true)
    #expect(refusal("7", options: JSONOptions(depthLimit: -3)) == nil)
    #expect(refusal(String(repeating: "[", count: 100_000))?.contains("more than 512") == true)
    let deep = String(repeating: "{\"a\":[", count: 100_000)
    #expect(refusal(deep)?.contains("more than 512") == true)
    #expect(refusal(nested(100_000), options: JSONOptions(depthLimit: 1_000_000)) == nil)
  }

  @Test("A text longer than the limit is refused before it is looked at")
  func length() {
    #expect(refusal("[1]", options: JSONOptions(byteLimit: 3)) == nil)
    #expect(
      refusal("[1] ", options: JSONOptions(byteLimit: 3)) == "offset 3: a text of 4 bytes, the limit is 3")
    #expect(refusal("[1]", options: JSONOptions(byteLimit: -1)) != nil)
  }
}
