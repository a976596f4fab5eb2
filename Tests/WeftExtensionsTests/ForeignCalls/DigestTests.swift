import Testing
import WeftExtensions
import WeftMachine

@Suite("The digest extension: a manifest alone")
struct DigestTests {
  private static let data = ForeignGuest.data

  private static func digest() throws -> ForeignExtension {
    let package = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    return try ForeignExtension(manifest: package + "/Plugins/Digest/extension.json", allowForeign: true)
  }

  private static func word(_ funct3: UInt32, rd: UInt32, rs1: UInt32, rs2: UInt32) -> UInt32 {
    4 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x2b
  }

  private func run(_ funct3: UInt32, _ registers: [UInt32: UInt32], _ bytes: [UInt8]) throws
    -> ForeignGuest.State
  {
    let word = Self.word(funct3, rd: 12, rs1: 10, rs2: 11)
    return try ForeignGuest(registers: registers, bytes: bytes, code: [word]).run(Self.digest())
  }

  // FIPS 180-2, appendix B.1 and B.2, and the hash of nothing.
  @Test(
    "SHA-256 of the standard's examples",
    arguments: [
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])
  func sha256(text: String, expected: String) throws {
    let bytes = Array(text.utf8)
    let state = try run(1, [10: Self.data, 11: UInt32(bytes.count), 12: Self.data + 1001], bytes)
    let hash = state.data[1001..<1033].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hash == expected)
    #expect(Array(state.data[..<bytes.count]) == bytes)
    #expect(state.data[1000] == 0 && state.data[1033] == 0)
    // In place: the manifest bounces overlaps.
    let over = try run(1, [10: Self.data, 11: UInt32(bytes.count), 12: Self.data], bytes)
    #expect(Array(over.data[..<32]) == Array(state.data[1001..<1033]))
  }

  // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
  @Test("CRC-32, at once and in parts")
  func crc32() throws {
    let bytes = Array("123456789".utf8)
    #expect(try run(2, [10: Self.data, 11: 9, 12: 0], bytes).registers[12] == 0xcbf4_3926)
    let first = try run(2, [10: Self.data, 11: 4, 12: 0], bytes).registers[12]
    #expect(try run(2, [10: Self.data + 4, 11: 5, 12: first], bytes).registers[12] == 0xcbf4_3926)
  }

  @Test("Too much data is a trap")
  func limit() throws {
    let state = try run(1, [10: Self.data, 11: 16_777_217, 12: Self.data], [])
    #expect(
      state.trap?.reason == "digest.sha256: argument 0 has 16777217 bytes, the limit is 16777216 (code 1)")
  }
}
