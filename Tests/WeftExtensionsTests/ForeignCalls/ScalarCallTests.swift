import Testing
import WeftExtensions
import WeftMachine

@Suite("Foreign calls with scalars")
struct ScalarCallTests {
  private func call(
    _ symbol: String, _ arguments: [String], _ result: String, _ registers: [UInt32: UInt32] = [:],
    word: UInt32 = ForeignGuest.word()
  ) throws -> ForeignGuest.State {
    let list = arguments.joined(separator: ", ")
    let foreign = try sample(symbol, #""arguments": [\#(list)], "returns": \#(result)"#)
    return try ForeignGuest(registers: registers, code: [word]).run(foreign)
  }

  private static func value(_ source: String, _ kind: String) -> String {
    #"{ "value": "\#(source)", "as": "\#(kind)" }"#
  }

  private static func register(_ kind: String, _ register: String = "rd") -> String {
    #"{ "as": "\#(kind)", "register": "\#(register)" }"#
  }

  @Test("Narrow arguments are cut and extended, narrow results too")
  func narrow() throws {
    func two(_ symbol: String, _ kind: String, _ a: UInt32, _ b: UInt32) throws -> UInt32 {
      let arguments = [Self.value("rs1", kind), Self.value("rs2", kind)]
      return try call(symbol, arguments, Self.register(kind), [10: a, 11: b]).registers[12]
    }
    #expect(try two("add8", "i8", 0xffff_ff7f, 1) == 0xffff_ff80)
    #expect(try two("addu8", "u8", 0xabcd_efff, 2) == 1)
    #expect(
      try call("negate16", [Self.value("rs1", "i16")], Self.register("i16"), [10: 5]).registers[12]
        == 0xffff_fffb)
    #expect(
      try call("swap16", [Self.value("rs1", "u16")], Self.register("u16"), [10: 0x9912_34]).registers[12]
        == 0x3412)
    #expect(
      try call("popcount32", [Self.value("rs1", "u32")], Self.register("u32"), [10: 0xf0f0_0001]).registers[
        12] == 9)
  }

  @Test("Booleans are 0 and 1, whatever the guest has")
  func booleans() throws {
    #expect(try call("is_odd", [Self.value("rs1", "u32")], Self.register("bool"), [10: 7]).registers[12] == 1)
    #expect(try call("is_odd", [Self.value("rs1", "u32")], Self.register("bool"), [10: 8]).registers[12] == 0)
    #expect(
      try call("invert", [Self.value("rs1", "bool")], Self.register("bool"), [10: 0x1_02]).registers[12] == 0)
    #expect(
      try call("bool_number", [Self.value("rs1", "bool")], Self.register("i32"), [10: 2]).registers[12] == 1)
  }

  @Test("Six arguments of six kinds, from registers that the manifest names")
  func six() throws {
    let kinds = ["i8", "u8", "i16", "u16", "i32", "u32"]
    let arguments = zip(["a0", "x11", "a2", "a3", "t0", "s11"], kinds).map { Self.value($0, $1) }
    let state = try call(
      "weigh", arguments, Self.register("i32", "a7"),
      [10: 0xff, 11: 0xff, 12: 0xffff, 13: 0xffff, 5: 0xffff_fffe, 27: 3])
    #expect(Int32(bitPattern: state.registers[17]) == -1 + 2 * 255 - 3 + 4 * 65535 - 10 + 18)
  }

  @Test("A seventh argument goes through libffi")
  func seven() throws {
    let arguments = (0..<7).map { Self.value("a\($0)", "i32") }
    let registers = Dictionary(uniqueKeysWithValues: (0..<7).map { (UInt32(10 + $0), UInt32($0 + 1)) })
    let state = try call("seven", arguments, Self.register("i32", "a7"), registers)
    #expect(state.registers[17] == 1 + 4 + 9 + 16 + 25 + 36 + 49)
  }

  @Test("64-bit values are pairs of registers, low word first")
  func pairs() throws {
    let arguments = [Self.value("a2", "u64"), Self.value("a4", "u64")]
    let state = try call(
      "multiply64", arguments, Self.register("u64", "s2"),
      [12: 0x89ab_cdef, 13: 0x0123_4567, 14: 0x11, 15: 1])
    let expected = 0x0123_4567_89ab_cdef as UInt64 &* 0x1_0000_0011
    #expect(state.registers[18] == UInt32(truncatingIfNeeded: expected))
    #expect(state.registers[19] == UInt32(truncatingIfNeeded: expected >> 32))
    let signed = try call(
      "shift_right64", [Self.value("a2", "i64"), Self.value("a4", "i32")], Self.register("i64", "a6"),
      [12: 0, 13: 0x8000_0000, 14: 60])
    #expect(signed.registers[16...17] == [0xffff_fff8, 0xffff_ffff])
  }

  @Test(
    "A pair that begins with x0 is zero, as a source and as a destination; one with x31 is no instruction")
  func pairEdges() throws {
    let arguments = [Self.value("rs1", "u64"), Self.value("rs2", "u64")]
    let registers: [UInt32: UInt32] = [1: 9, 10: 3, 11: 4, 30: 7, 31: 8]
    func run(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) throws -> ForeignGuest.State {
      try call(
        "multiply64", arguments, Self.register("u64"), registers,
        word: ForeignGuest.word(rd: rd, rs1: rs1, rs2: rs2))
    }
    #expect(try run(12, 0, 10).registers[12...13] == [0, 0])
    let discarded = try run(0, 10, 10)
    #expect(discarded.registers[0...1] == [0, 9])
    #expect(discarded.trap?.cause == .breakpoint)
    #expect(try run(12, 30, 10).registers[12...13] == [21, 52])
    for (rd, rs1, rs2) in [(31, 10, 10), (12, 31, 10), (12, 10, 31)] as [(UInt32, UInt32, UInt32)] {
      #expect(try run(rd, rs1, rs2).trap?.cause == .illegalInstruction)
    }
  }

  @Test("size_t is one register; a result that does not fit is a trap")
  func sizes() throws {
    let arguments = [Self.value("rs1", "size_t"), Self.value("rs2", "size_t")]
    let good = try call("size_sum", arguments, Self.register("size_t"), [10: 0xffff_fff0, 11: 0xf])
    #expect(good.registers[12] == 0xffff_ffff)
    let long = try call("size_sum", arguments, Self.register("size_t"), [10: 0xffff_ffff, 11: 1, 12: 5])
    #expect(
      long.trap?.reason == "sample.call: size_sum returned 4294967296, more than a register holds (code 1)")
    #expect(long.registers[12] == 5)
    let wide = try call("size_sum", arguments, Self.register("u64"), [10: 0xffff_ffff, 11: 1])
    #expect(wide.registers[12...13] == [0, 1])
  }

  @Test("Floating-point numbers travel as bits: f32 in a register, f64 in a pair")
  func floats() throws {
    let scaled = try call(
      "scale", [Self.value("rs1", "f32"), Self.value("rs2", "f32")], Self.register("f32"),
      [10: Float(1.5).bitPattern, 11: Float(-3).bitPattern])
    #expect(Float(bitPattern: scaled.registers[12]) == -4.5)
    let (a, b) = ((10.0).bitPattern, (4.0).bitPattern)
    let divided = try call(
      "divide", [Self.value("a2", "f64"), Self.value("a4", "f64")], Self.register("f64", "s2"),
      [
        12: UInt32(truncatingIfNeeded: a), 13: UInt32(a >> 32), 14: UInt32(truncatingIfNeeded: b),
        15: UInt32(b >> 32),
      ])
    #expect(Double(bitPattern: UInt64(divided.registers[18]) | UInt64(divided.registers[19]) << 32) == 2.5)
    let mixed = try call(
      "mixed",
      [Self.value("a0", "i32"), Self.value("a1", "f32"), Self.value("a2", "i64"), Self.value("a4", "f64")],
      Self.register("i32", "a7"),
      [
        10: 0xffff_ffff, 11: Float(2.5).bitPattern, 12: 0xffff_fff6, 13: 0xffff_ffff, 14: 0,
        15: UInt32((20.5).bitPattern >> 32),
      ])
    #expect(mixed.registers[17] == 12)
  }

  @Test("Constants and immediates")
  func constants() throws {
    let constants = try call(
      "constants",
      [
        #"{ "constant": -3, "as": "i8" }"#, #"{ "constant": 17179869184, "as": "u64" }"#,
        #"{ "constant": true, "as": "bool" }"#, #"{ "constant": 2.25, "as": "f64" }"#,
      ], Self.register("i32"))
    #expect(constants.registers[12] == 11)
    let text = """
      { "abi": 1, "name": "sample", "version": "1", "library": "\(try SampleLibrary.path())", "instructions": [
        { "name": "call", "symbol": "weigh", "encoding": { "major": "custom-1", "funct3": 0 }, "arguments": [
            { "value": "immediate", "as": "i8" }, { "value": "immediate", "as": "u8" },
            { "value": "immediate", "as": "i16" }, { "value": "immediate", "as": "u16" },
            { "value": "immediate", "as": "i32" }, { "value": "rs1", "as": "u32" } ],
          "returns": { "as": "i32", "register": "rd" } } ] }
      """
    let foreign = try ForeignExtension(
      ExtensionManifest(decoding: Array(text.utf8), path: "i.json"), path: "i.json", allowForeign: true)
    let state = try ForeignGuest(registers: [10: 1], code: [0xffe5_062b]).run(foreign)
    #expect(Int32(bitPattern: state.registers[12]) == -2 + 2 * 254 - 6 + 4 * 65534 - 10 + 6)
  }

  @Test("Results can be void or discarded")
  func discarded() throws {
    let text = """
      { "abi": 1, "name": "sample", "version": "1", "library": "\(try SampleLibrary.path())", "instructions": [
        { "name": "put", "symbol": "remember", "encoding": { "major": "custom-1", "funct3": 0, "funct7": 0 },
          "arguments": [ \(Self.value("rs1", "i32")) ], "returns": "void" },
        { "name": "get", "symbol": "recall", "encoding": { "major": "custom-1", "funct3": 1, "funct7": 0 },
          "returns": \(Self.register("i32")) },
        { "name": "drop", "symbol": "recall", "encoding": { "major": "custom-1", "funct3": 2, "funct7": 0 },
          "returns": { "as": "i32", "discard": true } } ] }
      """
    let foreign = try ForeignExtension(
      ExtensionManifest(decoding: Array(text.utf8), path: "i.json"), path: "i.json", allowForeign: true)
    let code = [ForeignGuest.word(), ForeignGuest.word(funct3: 1), ForeignGuest.word(rd: 13, funct3: 2)]
    let state = try ForeignGuest(registers: [10: 0x1234_5678, 13: 1], code: code).run(foreign)
    #expect(state.registers[12...13] == [0x1234_5678, 1])
  }
}
