import Testing
import WeftEVM
import WeftJSON

@testable import WeftFixtures

@Suite("Numbers and bytes of the official tests")
struct FixtureValueTests {
  private func value(_ text: String) throws -> JSONValue { try JSONDocument("[\(text)]").root[0]! }

  private func message<Result>(_ body: () throws(JSONError) -> Result) -> String {
    do throws(JSONError) {
      _ = try body()
      return "accepted"
    } catch {
      return error.reason
    }
  }

  @Test("Any count of digits, zeros in front, no digits at all")
  func numbers() throws {
    #expect(try value("\"0x0\"").word() == .zero)
    #expect(try value("\"0x\"").word() == .zero)
    #expect(
      try value("\"0x00000000000000000000000000000000000000000000000000000000000000000001f\"").word()
        == UInt256(31))
    #expect(try value("\"0xabc\"").uint64() == 0xabc)
    #expect(try value("\"0xFFFFFFFFFFFFFFFF\"").uint64() == .max)
    let all = String(repeating: "f", count: 64)
    #expect(try value("\"0x\(all)\"").word() == .max)
    #expect(try value("\"0x1\(all)\"").quantity() == .overflow)
    #expect(try value("\"0x:bigint 0x1\(all)\"").quantity() == .overflow)
    #expect(try value("\"0x:bigint 0x10\"").quantity() == .word(UInt256(16)))
  }

  @Test("What is no number says where it stands")
  func wrongNumbers() throws {
    let word = try value("\"0xg\"")
    #expect(
      message { () throws(JSONError) in try word.word() }
        == "$[0] is \"0xg\", expected a number in hexadecimal digits")
    let long = try value("\"0x1\(String(repeating: "0", count: 64))\"")
    #expect(
      message { () throws(JSONError) in try long.word() }.hasSuffix("expected a number of at most 256 bits"))
    let wide = try value("\"0x10000000000000000\"")
    #expect(
      message { () throws(JSONError) in try wide.uint64() }.hasSuffix("expected a number of at most 64 bits"))
    let number = try value("12")
    #expect(
      message { () throws(JSONError) in try number.word() }
        == "$[0] is 12, expected a number in hexadecimal digits")
  }

  @Test("Bytes have two digits each")
  func bytes() throws {
    #expect(try value("\"0x00fF\"").hexadecimalBytes() == [0, 255])
    #expect(try value("\"\"").hexadecimalBytes() == [])
    let odd = try value("\"0x123\"")
    #expect(
      message { () throws(JSONError) in try odd.hexadecimalBytes() }
        == "$[0] is \"0x123\", expected bytes in hexadecimal digits")
    let short = try value("\"0x1234\"")
    #expect(
      message { () throws(JSONError) in try short.address() }
        == "$[0] is \"0x1234\", expected an address of 20 bytes")
    #expect(
      message { () throws(JSONError) in try short.hash() }
        == "$[0] is \"0x1234\", expected a hash of 32 bytes")
  }
}
