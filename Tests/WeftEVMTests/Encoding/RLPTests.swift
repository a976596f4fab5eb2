import Testing
import WeftEVM

@Suite struct RLPTests {
  @Test(arguments: [
    ("", "0x80"), ("00", "0x00"), ("7f", "0x7f"), ("80", "0x8180"), ("646f67", "0x83646f67"),
    (String(repeating: "61", count: 55), "0xb7" + String(repeating: "61", count: 55)),
    (String(repeating: "61", count: 56), "0xb838" + String(repeating: "61", count: 56)),
    (String(repeating: "61", count: 256), "0xb90100" + String(repeating: "61", count: 256)),
  ])
  func stringsAreEncodedAndDecoded(digits: String, encoding: String) throws {
    let bytes = try #require(HexadecimalBytes.bytes(digits))
    var encoder = RLPEncoder()
    encoder.append(bytes)
    #expect(HexadecimalBytes.text(encoder.bytes) == encoding)
    #expect(try RLPValue(decoding: encoder.bytes).bytes() == bytes)
  }

  @Test(arguments: [
    ("0", "0x80"), ("1", "0x01"), ("127", "0x7f"), ("128", "0x8180"), ("1024", "0x820400"),
    ("18446744073709551616", "0x89010000000000000000"),
  ])
  func numbersHaveNoZerosInFront(decimal: String, encoding: String) throws {
    let number = try #require(UInt256(decimal))
    var encoder = RLPEncoder()
    encoder.append(number)
    #expect(HexadecimalBytes.text(encoder.bytes) == encoding)
    #expect(try RLPValue(decoding: encoder.bytes).number() == number)
  }

  @Test func nestedListsAreWrittenAndRead() throws {
    var encoder = RLPEncoder()
    encoder.list { list in
      list.list { _ in }
      list.list { $0.list { _ in } }
      list.append(UInt64(5))
      list.list { for _ in 0..<60 { $0.append(UInt64(0)) } }
    }
    let value = try RLPValue(decoding: encoder.bytes)
    let items = try value.items(count: 4)
    #expect(try items[0].items().isEmpty && items[1].items().count == 1 && items[2].uint64() == 5)
    #expect(try items[3].items().count == 60)
    #expect(items[1].encoding == [0xc1, 0xc0])
    #expect(value.encoding == encoder.bytes)
  }

  @Test func depthIsBoundedByTheHeapAlone() throws {
    var encoder = RLPEncoder()
    let depth = 20_000
    for _ in 0..<depth { encoder.beginList() }
    for _ in 0..<depth { encoder.endList() }
    let value = try RLPValue(decoding: encoder.bytes)
    #expect(value.isList && encoder.bytes.count > depth)
  }

  @Test(arguments: [
    ("0x", "RLP, offset 0: 1 bytes announced, 0 left"),
    ("0x8100", "RLP, offset 0: a shorter encoding exists"),
    ("0x817f", "RLP, offset 0: a shorter encoding exists"),
    ("0xb800", "RLP, offset 0: a shorter encoding exists"),
    ("0xb837" + String(repeating: "61", count: 55), "RLP, offset 0: a shorter encoding exists"),
    ("0xb90038" + String(repeating: "61", count: 56), "RLP, offset 0: a shorter encoding exists"),
    ("0x83646f", "RLP, offset 0: 3 bytes announced, 2 left"),
    ("0x0001", "RLP, offset 1: 1 bytes behind the end"),
    ("0xc3c28100", "RLP, offset 2: a shorter encoding exists"),
    ("0xbf8000000000000000", "RLP, offset 0: a length of more than 63 bits"),
    ("0xbf7fffffffffffffff", "RLP, offset 0: 9223372036854775807 bytes announced, 0 left"),
    ("0xc1c1", "RLP, offset 1: 1 bytes announced, 0 left"),
  ])
  func whatIsNotMinimalOrNotWholeIsRefused(digits: String, message: String) throws {
    let bytes = try #require(HexadecimalBytes.bytes(digits))
    let error = #expect(throws: RLPError.self) { try RLPValue(decoding: bytes) }
    #expect(error?.description == message)
  }

  @Test func valuesOfTheWrongKindAreRefusedWithTheirPlace() throws {
    let list = try RLPValue(decoding: [0xc4, 0x82, 0x00, 0x01, 0xc0]).items()
    func text(_ body: () throws -> some Any) -> String {
      do {
        _ = try body()
        return ""
      } catch { return "\(error)" }
    }
    #expect(text { try list[0].number() } == "RLP, offset 1: an integer with zeros in front")
    #expect(text { try list[0].items() } == "RLP, offset 1: bytes, expected a list")
    #expect(text { try list[0].address() } == "RLP, offset 1: 2 bytes, expected 20")
    #expect(text { try list[0].hash() } == "RLP, offset 1: 2 bytes, expected 32")
    #expect(text { try list[1].bytes() } == "RLP, offset 4: a list, expected bytes")
    #expect(text { try list[1].items(count: 1) } == "RLP, offset 4: a list of 0 items, expected 1")
    let large = try RLPValue(decoding: [0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(text { try large.uint64() } == "RLP, offset 0: an integer of 65 bits, at most 64 are allowed")
  }
}
