import Testing
import WeftJSON

@Suite("JSON values")
struct JSONValueTests {
  static let manifest = """
    {
      "name": "digest",
      "instructions": [
        { "name": "a", "arguments": [] },
        { "name": "b", "arguments": [ { "in": "rs1", "max": 64 }, 7 ], "two words": [null] }
      ],
      "é": { "1x": true }
    }
    """

  @Test("Kinds, contents and counts")
  func kinds() throws {
    let root = try JSONDocument(#"[null, true, 1, "s", [1, 2], {"a": 1}]"#).root
    #expect(root.elements.map(\.kind) == [.null, .boolean, .number, .string, .array, .object])
    #expect(root.elements.map(\.count) == [0, 0, 0, 0, 2, 1])
    #expect(root.count == 6)
    #expect(root[6] == nil)
    #expect(root[-1] == nil)
    #expect(root[0]?.isNull == true)
    #expect(root[1]?.bool == true)
    #expect(root[3]?.isString(equalTo: "s") == true)
    #expect(root[3]?.isString(equalTo: "t") == false)
    #expect(root["a"] == nil)
    #expect(root[5]?["a"]?.integer(as: Int.self) == 1)
    #expect(root[5]?["b"] == nil)
    #expect(root[5]?[0] == nil)
    #expect(root[2]?.elements.map(\.kind) == [])
    #expect(root[4]?.members.map(\.value.kind) == [])
    #expect(root[2]?.string == nil)
    #expect(root[3]?.integer(as: Int.self) == nil)
    #expect(root[3]?.bool == nil)
    #expect(root[3]?.numberText == nil)
  }

  @Test("Every value knows its bytes, line and column")
  func places() throws {
    let document = try JSONDocument(Self.manifest)
    let max = try #require(document.root["instructions"]?[1]?["arguments"]?[0]?["max"])
    #expect(max.position == JSONPosition(line: 5, column: 57))
    #expect(String(decoding: max.bytes, as: UTF8.self) == "64")
    let arguments = try #require(document.root["instructions"]?[0]?["arguments"])
    #expect(String(decoding: arguments.bytes, as: UTF8.self) == "[]")
    let name = try #require(document.root["name"])
    #expect(String(decoding: name.bytes, as: UTF8.self) == "\"digest\"")
    #expect(document.root.byteRange == 0..<Self.manifest.utf8.count)
    #expect("\(name.error("no name"))" == "line 2, column 11 (offset 12): no name")
    #expect(document.position(of: 0) == JSONPosition(line: 1, column: 1))
    #expect(document.position(of: 2) == JSONPosition(line: 2, column: 1))
  }

  @Test("Every value knows its path, and a path finds its value")
  func paths() throws {
    let document = try JSONDocument(Self.manifest)
    var seen: [String] = []
    func visit(_ value: JSONValue) {
      seen.append("\(value.path)")
      let found = document.root.descendant(at: value.path)
      #expect(found?.byteRange == value.byteRange)
      for element in value.elements { visit(element) }
      for member in value.members {
        #expect(member.key.path == member.value.path)
        visit(member.value)
      }
    }
    visit(document.root)
    #expect(
      seen == [
        "$", "$.name", "$.instructions", "$.instructions[0]", "$.instructions[0].name",
        "$.instructions[0].arguments", "$.instructions[1]", "$.instructions[1].name",
        "$.instructions[1].arguments", "$.instructions[1].arguments[0]", "$.instructions[1].arguments[0].in",
        "$.instructions[1].arguments[0].max", "$.instructions[1].arguments[1]",
        "$.instructions[1][\"two words\"]", "$.instructions[1][\"two words\"][0]", "$[\"é\"]",
        "$[\"é\"][\"1x\"]",
      ])
    #expect(document.root.descendant(at: JSONPath([.member("name"), .element(0)])) == nil)
    #expect(document.root.descendant(at: JSONPath() + .member("absent")) == nil)
  }

  @Test("Strings with and without escapes")
  func strings() throws {
    let document = try JSONDocument(
      #"["plain", "\"\\\/\b\f\n\r\t", "\u0041\u00e9\u20ac\ud83d\ude00", "é€😀", ""]"#)
    #expect(
      document.root.elements.map { $0.string ?? "none" }
        == ["plain", "\"\\/\u{8}\u{c}\n\r\t", "Aé€😀", "é€😀", ""])
    #expect(document.root[2]?.withStringBytes { $0.count } == 10)
    #expect(document.root[0]?.withStringBytes { Array($0) } == Array("plain".utf8))
    #expect(document.root.withStringBytes { $0.count } == nil)
    let keys = try JSONDocument(#"{"a\u0062": 1}"#)
    #expect(keys.root["ab"]?.integer(as: Int.self) == 1)
  }

  @Test("Integers are exact or not there")
  func integers() throws {
    let document = try JSONDocument(
      "[255, 256, -128, -129, -0, 1.0, 1e2, 18446744073709551615, 18446744073709551616]")
    #expect(
      document.root.elements.map { $0.integer(as: UInt8.self) } == [
        255, nil, nil, nil, 0, nil, nil, nil, nil,
      ])
    #expect(
      document.root.elements.map { $0.integer(as: Int8.self) } == [
        nil, nil, -128, nil, 0, nil, nil, nil, nil,
      ])
    #expect(document.root[7]?.integer(as: UInt64.self) == .max)
    #expect(document.root[8]?.integer(as: UInt64.self) == nil)
    let least = try JSONDocument("-9223372036854775808").root
    #expect(least.integer(as: Int64.self) == .min)
    #expect(least.numberText == "-9223372036854775808")
  }

  @Test("Other numbers")
  func doubles() throws {
    let document = try JSONDocument("[0.1, -1.5e3, 1e400, 1e-300, true]")
    #expect(document.root.elements.map(\.double) == [0.1, -1500, .infinity, 1e-300, nil])
  }
}
