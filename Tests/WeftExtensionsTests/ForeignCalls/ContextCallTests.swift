import Testing
import WeftExtensions
import WeftMachine

@Suite("The host's context in foreign calls")
struct ContextCallTests {
  private static let data = ForeignGuest.data

  @Test("It tells its size, the instruction and the time")
  func contents() throws {
    let result = #""returns": { "as": "u32", "register": "rd" }"#
    let check = try sample("context_check", #""arguments": [ { "host": "context" } ], \#(result)"#)
    #expect(try ForeignGuest().run(check).registers[12] == 11)
    let retired = try sample("context_retired", #""arguments": [ { "host": "context" } ], \#(result)"#)
    #expect(try ForeignGuest(registers: [10: 0]).run(retired).registers[12] == 2)
  }

  @Test("A function that fails leaves nothing behind; its first message counts")
  func failure() throws {
    let foreign = try sample(
      "fail_on_odd",
      """
      "arguments": [ { "host": "context" }, { "value": "rs1", "as": "u32" },
        { "guest": "out", "base": "rs2", "length": 1 } ]
      """)
    let good = try ForeignGuest(registers: [10: 4, 11: Self.data]).run(foreign)
    #expect(good.data[0] == 0x99)
    let bad = try ForeignGuest(registers: [10: 7, 11: Self.data]).run(foreign)
    #expect(bad.trap?.cause == .failure(code: 7, message: "sample.call: odd numbers are not welcome"))
    #expect(bad.data[0] == 0)
    let silent = try sample("fail_silently", #""arguments": [ { "host": "context" } ]"#)
    #expect(try ForeignGuest().run(silent).trap?.cause == .failure(code: 5, message: "sample.call: failed"))
  }
}
