import Testing
import WeftExtensions
import WeftMachine

@Suite("Foreign calls with structs by value")
struct StructCallTests {
  private static let data = ForeignGuest.data
  private static let point = #"[ { "name": "x", "as": "i32" }, { "name": "y", "as": "i32" } ]"#

  private static func little<Value: FixedWidthInteger>(_ values: Value...) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  @Test("Two structs as arguments, from addresses that need no alignment")
  func arguments() throws {
    let foreign = try sample(
      "dot",
      """
      "arguments": [ { "struct": "point", "base": "rs1" }, { "struct": "point", "base": "rs2" } ],
      "returns": { "as": "i32", "register": "rd" }
      """, structs: #"{ "point": \#(Self.point) }"#)
    let bytes = [9] + Self.little(3 as Int32, -4) + Self.little(10 as Int32, 7)
    let guest = ForeignGuest(registers: [10: Self.data + 1, 11: Self.data + 9], bytes: bytes)
    #expect(try guest.run(foreign).registers[12] == 2)
    let same = ForeignGuest(registers: [10: Self.data + 1, 11: Self.data + 1], bytes: bytes)
    #expect(try same.run(foreign).registers[12] == 25)
  }

  @Test("A small struct as the result, written where a register says")
  func smallResult() throws {
    let foreign = try sample(
      "swap_point",
      #""arguments": [ { "struct": \#(Self.point), "base": "rs1" } ], "returns": { "struct": \#(Self.point), "base": "rd" }"#
    )
    let bytes = Self.little(3 as Int32, -4)
    let beside = ForeignGuest(registers: [10: Self.data, 12: Self.data + 9], bytes: bytes)
    #expect(try Array(beside.run(foreign).data[..<18]) == bytes + [0] + Self.little(-4 as Int32, 3) + [0])
    let inPlace = ForeignGuest(registers: [10: Self.data, 12: Self.data], bytes: bytes)
    #expect(try Array(inPlace.run(foreign).data[..<8]) == Self.little(-4 as Int32, 3))
  }

  @Test("Floats in structs travel in vector registers")
  func floatResult() throws {
    let floats = #"[ { "name": "x", "as": "f32" }, { "name": "y", "as": "f32" } ]"#
    let foreign = try sample(
      "rotate",
      #""arguments": [ { "struct": \#(floats), "base": "rs1" } ], "returns": { "struct": \#(floats), "base": "rs1" }"#
    )
    let guest = ForeignGuest(
      registers: [10: Self.data], bytes: Self.little(Float(1.5).bitPattern, Float(2.5).bitPattern))
    #expect(
      try Array(guest.run(foreign).data[..<8]) == Self.little(Float(-2.5).bitPattern, Float(1.5).bitPattern))
  }

  @Test("Large structs travel in memory, both ways")
  func large() throws {
    let big = #"[ { "name": "words", "as": "u64", "count": 5 } ]"#
    let make = try sample(
      "make_big",
      #""arguments": [ { "value": "rs1", "as": "u32" } ], "returns": { "struct": \#(big), "base": "rd" }"#)
    let made = try ForeignGuest(registers: [10: 0x1234, 12: Self.data + 3]).run(make)
    let expected = (0..<5).flatMap { Self.little(UInt64(0x1234) << (8 * UInt64($0))) }
    #expect(Array(made.data[..<44]) == [0, 0, 0] + expected + [0])
    let fold = try sample(
      "fold_big",
      #""arguments": [ { "struct": \#(big), "base": "rs1" } ], "returns": { "as": "u32", "register": "rd" }"#)
    let folded = try ForeignGuest(registers: [10: Self.data], bytes: expected).run(fold)
    let fold64 = (0..<5).reduce(UInt64(0)) { $0 ^ 0x1234 << (8 * UInt64($1)) }
    #expect(folded.registers[12] == UInt32(truncatingIfNeeded: fold64 ^ fold64 >> 32))
  }

  @Test("Padding, arrays, inner structs and booleans that are no booleans")
  func layout() throws {
    let foreign = try sample(
      "weigh_fields",
      """
      "arguments": [ { "struct": "fields", "base": "rs1" }, { "constant": 2, "as": "i32" } ],
      "returns": { "as": "f64", "register": "a4" }
      """,
      structs: """
        { "fields": [ { "name": "a", "as": "i8" }, { "name": "b", "as": "f64" },
            { "name": "c", "as": "u16", "count": 3 }, { "name": "d", "struct": "point" },
            { "name": "e", "as": "f32" }, { "name": "f", "as": "bool" } ],
          "point": \(Self.point) }
        """)
    let bytes =
      [0xff, 1, 2, 3, 4, 5, 6, 7] + Self.little((0.5).bitPattern) + Self.little(1 as UInt16, 2, 3) + [7, 7]
      + Self.little(-100 as Int32, 30) + Self.little(Float(0.25).bitPattern) + [0x40, 9, 9, 9]
    let state = try ForeignGuest(registers: [10: Self.data], bytes: bytes).run(foreign)
    let bits = UInt64(state.registers[14]) | UInt64(state.registers[15]) << 32
    #expect(Double(bitPattern: bits) == 2 * (-1 + 0.5 + 1 + 4 + 12 - 100 + 30 + 0.25 + 1))
    #expect(Array(state.data[..<bytes.count]) == bytes)
  }

  @Test("Structs outside memory trap with nothing changed")
  func outside() throws {
    let foreign = try sample(
      "swap_point",
      #""arguments": [ { "struct": \#(Self.point), "base": "rs1" } ], "returns": { "struct": \#(Self.point), "base": "rd" }"#
    )
    let end = UInt32(ForeignGuest.memorySize)
    let read = try ForeignGuest(registers: [10: end - 7, 12: Self.data]).run(foreign)
    #expect(read.trap?.cause == .loadAccessFault)
    let write = try ForeignGuest(registers: [10: Self.data, 12: end - 7]).run(foreign)
    #expect(write.trap?.cause == .storeAccessFault)
    let code = try ForeignGuest(registers: [10: Self.data, 12: ForeignGuest.text]).run(foreign)
    #expect(code.trap?.reason == "store to 0x00001000, outside writable memory")
  }
}
