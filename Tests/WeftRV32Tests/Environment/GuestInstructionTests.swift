import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Weft's instructions in custom-0")
struct GuestInstructionTests {
  static func terminate(_ code: Int32) -> InstructionWord { .i(0x0b, 0, 0, 0, code) }
  static func storeHint(_ pointer: UInt32) -> InstructionWord { .i(0x0b, 1, pointer, 0, 0) }
  static func hintBuffer(_ pointer: UInt32, _ count: UInt32) -> InstructionWord {
    .i(0x0b, 1, pointer, count, 1)
  }
  static func reveal(_ offset: UInt32, _ word: UInt32, _ immediate: Int32) -> InstructionWord {
    .i(0x0b, 2, offset, word, immediate)
  }
  static func phantom(_ kind: Int32, _ first: UInt32 = 0, _ second: UInt32 = 0) -> InstructionWord {
    .i(0x0b, 3, first, second, kind)
  }

  @Test("terminate", arguments: [0, 1, 255] as [Int32])
  func terminates(code: Int32) throws {
    let state = try runEverywhere([.nop, Self.terminate(code), .ebreak])
    #expect(state.exit == .halted(code: UInt32(code)))
    #expect(state.instructions == 2)
  }

  @Test("Hints: length, bytes, zeros up to a word")
  func hints() throws {
    let code =
      li(5, Layout.data) + li(6, 2) + li(7, Layout.data + 4) + [
        Self.phantom(0), Self.storeHint(5), Self.hintBuffer(7, 6), .ebreak,
      ]
    let state = try runEverywhere(code) { $0.input = [Array("hello".utf8)] }
    #expect(state.trap?.cause == .breakpoint)
    #expect((0..<4).map { state.word(Layout.data + $0 * 4) } == [5, 0x6c6c_6568, 0x6f, 0])
    #expect(state.registers[5] == Layout.data)
  }

  @Test("Hint instructions trap with nothing done")
  func badHints() throws {
    func reason(_ pointer: UInt32, words: UInt32) throws -> String? {
      let code = li(5, pointer) + li(6, words) + [Self.phantom(0), Self.hintBuffer(5, 6), .ebreak]
      let state = try runEverywhere(code) { $0.input = [[1, 2, 3, 4]] }
      #expect(state.instructions == 5)
      #expect(state.word(Layout.data) == 0)
      return state.trap?.reason
    }
    #expect(try reason(Layout.data, words: 0) == "hint buffer of 0 words (code 1)")
    #expect(try reason(Layout.data, words: 3) == "12 bytes of hints were asked for, 8 are left (code 1)")
    #expect(try reason(Layout.data + 2, words: 1) == "misaligned store to 0x00200002")
    #expect(try reason(0x1000, words: 1) == "store to 0x00001000, outside writable memory")
    #expect(try reason(0x3f_fffc, words: 2) == "store to 0x003ffffc, outside writable memory")
    #expect(try reason(0xffff_fffc, words: 2) == "store to 0xfffffffc, outside writable memory")
    #expect(try reason(Layout.data, words: 0x4000_0001)?.hasSuffix("outside writable memory") == true)
    let empty = try runEverywhere(li(5, Layout.data) + [Self.storeHint(5), .ebreak])
    #expect(empty.trap?.reason == "4 bytes of hints were asked for, 0 are left (code 1)")
    let noItem = try runEverywhere([Self.phantom(0), .ebreak])
    #expect(noItem.trap?.reason == "the input has no further item (code 1)")
  }

  @Test("reveal at the last public value, past it, and misaligned")
  func reveals() throws {
    let good = try runEverywhere(
      li(5, 8) + li(6, 0x0403_0201) + [Self.reveal(5, 6, 20), Self.reveal(5, 6, -8), .ebreak]
    ) {
      $0.publicValueCount = 8
    }
    #expect(good.publicValues.suffix(4) == [1, 2, 3, 4])
    #expect(good.publicValues.prefix(4) == [1, 2, 3, 4])
    for (offset, reason) in [
      (32, "public value 8 of 8"), (0xffff_fffc, "public value 1073741823 of 8"),
      (2, "misaligned store to 0x00000002"),
    ] as [(UInt32, String)] {
      let state = try runEverywhere(li(5, offset) + [Self.reveal(5, 5, 0), .ebreak]) {
        $0.publicValueCount = 8
      }
      #expect(state.trap?.reason == reason)
      #expect(state.publicValues.allSatisfy { $0 == 0 })
    }
  }

  @Test("Phantoms print, give random hints that repeat, and ignore unknown kinds")
  func phantoms() throws {
    let printed = try runEverywhere(
      li(5, Layout.data) + li(6, 4) + [Self.phantom(1, 5, 6), Self.phantom(99), Self.phantom(-1), .ebreak],
      data: Array("text".utf8))
    #expect(printed.output == Array("text".utf8))
    #expect(printed.instructions == 7)
    let outside = try runEverywhere(li(5, 0x3f_ffff) + li(6, 4) + [Self.phantom(1, 5, 6), .ebreak])
    #expect(outside.trap?.reason == "load from 0x003fffff, outside memory")
    let random = try runEverywhere(
      li(5, Layout.data) + li(6, 2) + [Self.phantom(2, 6), Self.hintBuffer(5, 6), .ebreak])
    // The first outputs of SplitMix64 with seed 0, low words.
    #expect([0, 4].map { random.word(Layout.data + $0) } == [0x7b1d_cdaf, 0xa1b9_65f4])
    let tooMany = try runEverywhere(li(6, 0xffff_ffff) + [Self.phantom(2, 6), .ebreak])
    #expect(tooMany.trap?.reason == "4294967295 random words were asked for, the limit is 4096 (code 1)")
    let key = try runEverywhere([Self.phantom(3), .ebreak])
    #expect(key.trap?.reason == "the host has no hints under a key (code 1)")
  }
}
