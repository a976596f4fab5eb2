import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Weft's environment calls")
struct WeftCallTests {
  private static func error(_ number: UInt32) -> UInt32 { 0 &- number }
  /// Stores a0 as result `index`.
  private static func keep(_ index: Int32) -> [InstructionWord] {
    li(20, Layout.data + 0x800) + [.sw(10, 20, index * 4)]
  }
  private func results(_ state: FinalState, _ count: UInt32) -> [UInt32] {
    (0..<count).map { state.word(Layout.data + 0x800 + $0 * 4) }
  }

  @Test("Hints come item by item; read(0) takes from the same stream")
  func hints() throws {
    let calls: [[InstructionWord]] = [
      call(0x600), call(0x601, Layout.data, 2), call(0x600), call(63, 0, Layout.data + 2, 1), call(0x600),
      call(0x602), call(0x601, Layout.data + 4, 100), call(0x601, Layout.data + 8, 1), call(0x602),
      call(0x602),
      call(0x600), call(0x601, Layout.data + 12, 4),
    ]
    let code = calls.enumerated().flatMap { $1 + Self.keep(Int32($0)) } + [.ebreak]
    let state = try runEverywhere(code) { $0.input = [Array("first".utf8), [1, 2, 3], []] }
    #expect(results(state, 12) == [5, 2, 3, 1, 2, 3, 3, 0, 0, .max, .max, 0])
    #expect(state.word(Layout.data) == 0x0072_6966)
    #expect(state.word(Layout.data + 4) == 0x0003_0201)
    #expect(state.word(Layout.data + 12) == 0)
  }

  @Test(
    "hint_read into a bad range has no effect",
    arguments: [(0xffff_fff0, 0x20), (0x20_0000, 0xffff_ffff), (0x1000, 1), (0x3f_ffff, 2)]
      as [(UInt32, UInt32)])
  func badHintRead(pointer: UInt32, length: UInt32) throws {
    let code = call(0x601, pointer, length) + Self.keep(0) + call(0x600) + Self.keep(1) + [.ebreak]
    let state = try runEverywhere(code) { $0.input = [[9, 9, 9]] }
    #expect(results(state, 2) == [Self.error(14), 3])
  }

  @Test("The last public value works, the next one traps")
  func reveal() throws {
    let last = try runEverywhere(call(0x608, 7, 0xa1b2_c3d4) + [.ebreak]) { $0.publicValueCount = 8 }
    #expect(last.registers[10] == 0)
    #expect(last.publicValues == [UInt8](repeating: 0, count: 28) + [0xd4, 0xc3, 0xb2, 0xa1])
    for index in [8, 0x4000_0000, 0xffff_ffff] as [UInt32] {
      let state = try runEverywhere(call(0x608, index, 1) + [.ebreak]) { $0.publicValueCount = 8 }
      #expect(state.trap?.reason == "public value \(index) of 8")
      #expect(state.publicValues.allSatisfy { $0 == 0 })
      #expect(state.registers[10] == index)
    }
    let none = try runEverywhere(call(0x608, 0, 1) + [.ebreak]) { $0.publicValueCount = 0 }
    #expect(none.trap?.reason == "public value 0 of 0")
  }

  @Test(
    "reveal_bytes at any offset, of any length", arguments: 0..<5 as Range<UInt32>,
    [0, 1, 3, 4, 9] as [UInt32])
  func revealBytes(offset: UInt32, length: UInt32) throws {
    let bytes: [UInt8] = Array(1...16)
    let state = try runEverywhere(
      call(0x608, 0, 0xffff_ffff) + call(0x609, offset, Layout.data + 1, length) + [.ebreak], data: bytes
    ) { $0.publicValueCount = 4 }
    var expected: [UInt8] = [255, 255, 255, 255] + [UInt8](repeating: 0, count: 12)
    for index in 0..<Int(length) { expected[Int(offset) + index] = bytes[index + 1] }
    #expect(state.publicValues == expected)
    #expect(state.registers[10] == 0)
  }

  @Test("reveal_bytes refuses bad ranges and offsets")
  func badRevealBytes() throws {
    func outcome(_ offset: UInt32, _ pointer: UInt32, _ length: UInt32) throws -> FinalState {
      try runEverywhere(call(0x609, offset, pointer, length) + [.ebreak], data: [1, 2, 3, 4]) {
        $0.publicValueCount = 4
      }
    }
    #expect(try outcome(0, 0xffff_fff0, 0x20).registers[10] == Self.error(14))
    #expect(try outcome(0, Layout.data, 0xffff_ffff).registers[10] == Self.error(14))
    #expect(try outcome(12, Layout.data, 4).publicValues.suffix(4) == [1, 2, 3, 4])
    for (offset, length) in [(13, 4), (16, 1), (0xffff_ffff, 4), (0xffff_fffc, 8)] as [(UInt32, UInt32)] {
      let state = try outcome(offset, Layout.data, length)
      #expect(state.trap?.reason.hasPrefix("public value ") == true, "\(offset), \(length)")
      #expect(state.publicValues.allSatisfy { $0 == 0 })
    }
    // Nothing is nowhere: length 0 is fine at any offset.
    #expect(try outcome(0xffff_ffff, Layout.data, 0).registers[10] == 0)
  }

  @Test("cycles is the number of instructions before the call")
  func cycles() throws {
    let state = try runEverywhere([.nop, .nop] + call(0x610, 7, 8) + [.ebreak])
    #expect(Array(state.registers[10...11]) == [8, 0])
  }

  @Test(
    "marker checks its arguments and does nothing",
    arguments: [
      (0, 0x20_0000, 4, 0), (2, 0x20_0000, 64, 0), (3, 0x20_0000, 4, 22), (1, 0x20_0000, 65, 22),
      (1, 0xffff_fff0, 32, 14), (1, 0x3f_ffff, 2, 14), (0, 0, 0, 0),
    ] as [(UInt32, UInt32, UInt32, UInt32)])
  func marker(kind: UInt32, pointer: UInt32, length: UInt32, expected: UInt32) throws {
    let state = try runEverywhere(call(0x611, kind, pointer, length) + [.ebreak])
    #expect(state.registers[10] == Self.error(expected))
    #expect(state.output.isEmpty)
  }

  @Test(
    "resolve finds calls by name",
    arguments: [("reveal", 0x608), ("write", 64), ("nothing", error(38)), ("", error(38))]
      as [(String, UInt32)])
  func resolve(name: String, expected: UInt32) throws {
    let bytes = Array(name.utf8)
    let state = try runEverywhere(
      call(0x67f, Layout.data, UInt32(bytes.count)) + [.ebreak], data: bytes + [0])
    #expect(state.registers[10] == expected)
    for (pointer, length, error) in [(0xffff_fff0, 32, 14), (Layout.data, 0xffff_ffff, 38)]
      as [(UInt32, UInt32, UInt32)]
    {
      let bad = try runEverywhere(call(0x67f, pointer, length) + [.ebreak])
      #expect(bad.registers[10] == Self.error(error))
    }
  }
}
