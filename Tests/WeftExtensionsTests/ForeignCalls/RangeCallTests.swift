import Testing
import WeftExtensions
import WeftMachine
import WeftMemory

@Suite("Foreign calls on guest memory")
struct RangeCallTests {
  private static let data = ForeignGuest.data
  private static let end = UInt32(ForeignGuest.memorySize)

  private func run(
    _ symbol: String, _ body: String, _ registers: [UInt32: UInt32], bytes: [UInt8] = []
  ) throws -> ForeignGuest.State {
    try ForeignGuest(registers: registers, bytes: bytes).run(sample(symbol, body))
  }

  private static let sum = """
    "arguments": [ { "guest": "in", "base": "rs1", "length": "rs2", "max": 256 }, { "value": "rs2", "as": "size_t" } ],
    "returns": { "as": "u32", "register": "rd" }
    """

  @Test("in: any address, any length up to the maximum, none at all")
  func reading() throws {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    func sum(_ offset: UInt32, _ count: UInt32) throws -> UInt32 {
      try run("sum_bytes", Self.sum, [10: Self.data + offset, 11: count], bytes: bytes).registers[12]
    }
    #expect(try sum(0, 256) == 255 * 128)
    #expect(try sum(3, 2) == 7)
    #expect(try sum(5, 0) == 0)
    #expect(try run("sum_bytes", Self.sum, [10: Self.end, 11: 0, 12: 7]).registers[12] == 0)
  }

  @Test(
    "out: bytes inside words change, their neighbours stay",
    arguments: [(0, 8), (1, 1), (3, 6), (2, 0), (7, 1)])
  func writing(offset: Int, count: Int) throws {
    let body = """
      "arguments": [ { "guest": "out", "base": "rs1", "length": "rs2", "max": 64 }, { "value": "rd", "as": "u8" },
        { "value": "rs2", "as": "size_t" } ]
      """
    let before = [UInt8](repeating: 0x55, count: 32)
    let state = try run(
      "fill_bytes", body, [10: Self.data + UInt32(offset), 11: UInt32(count), 12: 0xaa], bytes: before)
    var after = before
    for index in offset..<offset + count { after[index] = 0xaa }
    #expect(Array(state.data[..<32]) == after)
  }

  @Test("inout")
  func changing() throws {
    let body = """
      "arguments": [ { "guest": "inout", "base": "rs1", "length": { "argument": 1 }, "max": 64 },
        { "value": "rs2", "as": "size_t" } ]
      """
    let state = try run("reverse_bytes", body, [10: Self.data + 1, 11: 5], bytes: [0, 1, 2, 3, 4, 5, 6])
    #expect(Array(state.data[..<7]) == [0, 5, 4, 3, 2, 1, 6])
  }

  @Test("Lengths count units, and may come from another argument")
  func units() throws {
    let body = """
      "arguments": [ { "guest": "in", "base": "rs1", "length": { "argument": 1 }, "unit": 4, "max": 16, "align": 4 },
        { "value": "rs2", "as": "u32" } ], "returns": { "as": "u64", "register": "a4" }
      """
    let bytes: [UInt8] = [0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 3, 0, 0, 0]
    let state = try run("sum_words", body, [10: Self.data, 11: 3], bytes: bytes)
    #expect(state.registers[14...15] == [4, 1])
    let long = try run("sum_words", body, [10: Self.data, 11: 5])
    #expect(long.trap?.reason == "sample.call: argument 0 has 20 bytes, the limit is 16 (code 1)")
    let huge = try run("sum_words", body, [10: Self.data, 11: 0x4000_0001])
    #expect(huge.trap?.reason == "sample.call: argument 0 has 4294967300 bytes, the limit is 16 (code 1)")
    let odd = try run("sum_words", body, [10: Self.data + 2, 11: 1])
    #expect(odd.trap?.reason == "misaligned load from 0x00200002")
  }

  @Test("Negative lengths and lengths over the maximum trap with nothing changed")
  func lengths() throws {
    let over = try run("sum_bytes", Self.sum, [10: Self.data, 11: 257, 12: 5])
    #expect(over.trap?.reason == "sample.call: argument 0 has 257 bytes, the limit is 256 (code 1)")
    #expect(over.registers[12] == 5)
    let negative = try run("sum_bytes", Self.sum, [10: Self.data, 11: 0xffff_ffff])
    #expect(
      negative.trap?.reason == "sample.call: argument 0 has 4294967295 bytes, the limit is 256 (code 1)")
    let body = """
      "arguments": [ { "guest": "in", "base": "rs1", "length": { "argument": 1 }, "max": 256 },
        { "value": "rs2", "as": "i32" } ], "returns": { "as": "u32", "register": "rd" }
      """
    let signed = try run("sum_bytes", body, [10: Self.data, 11: 0xffff_ffff])
    #expect(signed.trap?.reason == "sample.call: argument 0 has a length of -1 (code 1)")
    let pair = """
      "arguments": [ { "guest": "in", "base": "rs1", "length": { "argument": 1 }, "unit": 4096, "max": 256 },
        { "value": "a4", "as": "u64" } ], "returns": { "as": "u32", "register": "rd" }
      """
    let overflow = try run("sum_bytes", pair, [10: Self.data, 14: 1, 15: 0x8000_0000])
    #expect(
      overflow.trap?.reason
        == "sample.call: argument 0 has 9223372036854775809 elements of 4096 bytes, the limit is 256 (code 1)"
    )
  }

  @Test(
    "Ranges outside memory trap, wherever they begin",
    arguments: [(0x40_0000, 1), (0x3f_ffff, 2), (0xffff_ffff, 2), (0xffff_ff00, 256), (0x40_0001, 0)]
      as [(UInt32, UInt32)])
  func outside(address: UInt32, count: UInt32) throws {
    let read = try run("sum_bytes", Self.sum, [10: address, 11: count])
    #expect(read.trap?.cause == .loadAccessFault)
    #expect(read.trap?.value == UInt64(address))
    let body = """
      "arguments": [ { "guest": "out", "base": "rs1", "length": "rs2", "max": 256 }, { "constant": 1, "as": "u8" },
        { "value": "rs2", "as": "size_t" } ]
      """
    let write = try run("fill_bytes", body, [10: address, 11: count])
    #expect(write.trap?.cause == .storeAccessFault)
  }

  @Test("The guest's own code can be read and not written")
  func protectedText() throws {
    #expect(try run("sum_bytes", Self.sum, [10: ForeignGuest.text, 11: 8]).trap?.cause == .breakpoint)
    let body =
      #""arguments": [ { "guest": "inout", "base": "rs1", "length": 4 }, { "constant": 4, "as": "size_t" } ]"#
    let write = try run("reverse_bytes", body, [10: ForeignGuest.text])
    #expect(write.trap?.reason == "store to 0x00001000, outside writable memory")
  }

  private static func copying(_ overlap: String) -> String {
    """
    "arguments": [ { "guest": "out", "base": "rd", "length": "rs2", "max": 64 },
      { "guest": "in", "base": "rs1", "length": "rs2", "max": 64 }, { "value": "rs2", "as": "size_t" } ]
    \(overlap)
    """
  }

  @Test("Overlapping ranges are refused, unless only read or merely next to each other")
  func overlap() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    for offset in [0, 1, 3] as [UInt32] {
      let registers: [UInt32: UInt32] = [10: Self.data, 11: 4, 12: Self.data + offset]
      let state = try run("copy_forward", Self.copying(""), registers, bytes: bytes)
      #expect(state.trap?.reason == "sample.call: arguments 0 and 1 overlap (code 1)")
      #expect(Array(state.data[..<8]) == bytes)
    }
    let beside = try run(
      "copy_forward", Self.copying(#", "overlap": "refuse""#), [10: Self.data, 11: 4, 12: Self.data + 4],
      bytes: bytes)
    #expect(Array(beside.data[..<8]) == [1, 2, 3, 4, 1, 2, 3, 4])
    let empty = try run(
      "copy_forward", Self.copying(""), [10: Self.data, 11: 0, 12: Self.data], bytes: bytes)
    #expect(empty.trap?.cause == .breakpoint)
  }

  @Test("Or bounced: the function sees what was there before")
  func bounce() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    let state = try run(
      "copy_forward", Self.copying(#", "overlap": "bounce""#), [10: Self.data, 11: 5, 12: Self.data + 1],
      bytes: bytes)
    #expect(Array(state.data[..<8]) == [1, 1, 2, 3, 4, 5, 7, 8])
  }

  @Test("A recorded run logs registers, then reads, then writes, then the result")
  func record() throws {
    let body = """
      "arguments": [ { "guest": "inout", "base": "rs1", "length": "rs2", "max": 64 },
        { "value": "rs2", "as": "size_t" } ]
      """
    var plain = ForeignGuest(registers: [10: Self.data + 2, 11: 7])
    let foreign = try sample("reverse_bytes", body)
    func time() throws -> UInt32 { try plain.timestamp(foreign) }
    let all = try time()
    plain.code = []
    // rs1, rs2, three words read, three words written.
    #expect(try all - time() == 8)
  }

  @Test("Too little room in the log ends the run before the call")
  func logLimit() throws {
    let body = """
      "arguments": [ { "guest": "out", "base": "rs1", "length": 4096 }, { "constant": 1, "as": "u8" },
        { "constant": 4096, "as": "size_t" } ]
      """
    let guest = ForeignGuest(registers: [10: Self.data])
    let foreign = try sample("fill_bytes", body)
    let state = try guest.run(foreign, .threaded, .recorded(.accessLog), recordBytes: 16 << 10)
    guard case .limit(.records) = state.exit else {
      Issue.record("\(state.exit)")
      return
    }
    #expect(state.data.allSatisfy { $0 == 0 })
  }

  @Test("Nothing of a call is kept that has failed", arguments: ["zero", "nonzero", "nonnegative"])
  func status(rule: String) throws {
    let body = """
      "arguments": [ { "guest": "out", "base": "rs1", "length": "rs2", "max": 64 }, { "value": "rs2", "as": "size_t" },
        { "value": "a4", "as": "i32" } ], "returns": { "as": "i32", "status": "\(rule)", "register": "a5" }
      """
    for (status, text) in [(0, "0"), (3, "3"), (UInt32.max - 4, "-5")] as [(UInt32, String)] {
      let isGood = rule == "zero" ? status == 0 : rule == "nonzero" ? status != 0 : status < 0x8000_0000
      let state = try run("fill_or_fail", body, [10: Self.data + 1, 11: 3, 14: status, 15: 77])
      if isGood {
        #expect(Array(state.data[..<5]) == [0, 0xee, 0xee, 0xee, 0])
        #expect(state.registers[15] == status)
      } else {
        #expect(state.trap?.reason == "sample.call: fill_or_fail returned \(text) (code \(text))")
        #expect(state.data.allSatisfy { $0 == 0 })
        #expect(state.registers[15] == 77)
      }
    }
  }

  @Test("Where it works on a copy, a function that breaks its word is found out")
  func misuse() throws {
    let overrun = """
      "arguments": [ { "guest": "out", "base": "rs1", "length": "rs2", "max": 64 }, { "value": "rs2", "as": "size_t" } ]
      """
    let input =
      #""arguments": [ { "guest": "in", "base": "rs1", "length": 1 } ], "returns": { "as": "u32", "register": "rd" }"#
    for mode in [RunMode.recorded(.accessLog), .recorded(.instructionRecords)] {
      let guest = ForeignGuest(registers: [10: Self.data, 11: 16])
      let first = try guest.run(sample("overrun", overrun), .threaded, mode)
      #expect(first.trap?.reason == "sample.call: overrun wrote behind the end of argument 0 (code 1)")
      let second = try guest.run(sample("write_input", input), .threaded, mode)
      #expect(
        second.trap?.reason == "sample.call: write_input wrote to argument 0, which is only read (code 1)")
    }
  }

  @Test("Null pointers and aligned copies")
  func pointers() throws {
    let null = try run(
      "take_null", #""arguments": [ { "host": "null" } ], "returns": { "as": "i32", "register": "rd" }"#, [:])
    #expect(null.registers[12] == 1)
    let aligned = """
      "arguments": [ { "guest": "in", "base": "rs1", "length": 3, "align": 16 } ],
      "returns": { "as": "i32", "register": "rd" }
      """
    #expect(try run("is_aligned", aligned, [10: Self.data + 16]).registers[12] == 1)
    #expect(try run("is_aligned", aligned, [10: Self.data + 8]).trap?.cause == .loadAddressMisaligned)
  }
}

extension ForeignGuest {
  /// The clock at the end of a recorded run.
  func timestamp(_ extension: ForeignExtension) throws -> UInt32 {
    try finish(`extension`, .reference, .recorded(.accessLog), recordBytes: 1 << 20).timestamp
  }

  func run(
    _ extension: ForeignExtension, _ engine: Engine, _ mode: RunMode, recordBytes: Int
  ) throws -> State {
    try finish(`extension`, engine, mode, recordBytes: recordBytes).state
  }
}
