import Testing
import WeftMachine

@testable import WeftRV32

@Suite("Environment calls with Linux's numbers")
struct LinuxCallTests {
  static let last = UInt32(Layout.memorySize)
  static func error(_ number: UInt32) -> UInt32 { 0 &- number }

  /// What a0 holds after one call; everything else must be unchanged.
  private func result(
    _ number: UInt32, _ a0: UInt32 = 0, _ a1: UInt32 = 0, _ a2: UInt32 = 0, input: [[UInt8]] = []
  ) throws -> FinalState {
    let state = try runEverywhere(call(number, a0, a1, a2) + [.ebreak], data: Array("data".utf8)) {
      $0.input = input
    }
    #expect(state.trap?.cause == .breakpoint)
    #expect(state.instructions == 9)
    #expect(Array(state.registers[11...12]) == [a1, a2])
    return state
  }

  @Test(
    "write of a bad range or to a bad descriptor has no effect",
    arguments: [
      (1, 0x20_0000, 0xffff_ffff, 14), (1, 0xffff_fff0, 0x20, 14), (1, 0x3f_ffff, 2, 14),
      (1, 0x40_0001, 0, 14),
      (2, 0x8000_0000, 1, 14), (0xffff_ffff, 0x20_0000, 4, 9), (0, 0x20_0000, 4, 9), (3, 0xffff_ffff, 4, 9),
    ] as [(UInt32, UInt32, UInt32, UInt32)])
  func badWrite(fd: UInt32, pointer: UInt32, length: UInt32, error: UInt32) throws {
    let state = try result(64, fd, pointer, length)
    #expect(state.registers[10] == Self.error(error))
    #expect(state.output.isEmpty && state.errorOutput.isEmpty)
  }

  @Test("write of nothing, of text, and of the last bytes of memory")
  func write() throws {
    #expect(try result(64, 1, Layout.data, 0).registers[10] == 0)
    #expect(try result(64, 1, Self.last, 0).registers[10] == 0)
    let text = try result(64, 1, Layout.data, 4)
    #expect(text.output == Array("data".utf8))
    #expect(text.registers[10] == 4)
    let error = try result(64, 2, Layout.data, 4)
    #expect(error.errorOutput == Array("data".utf8) && error.output.isEmpty)
    #expect(try result(64, 1, Self.last - 4, 4).output == [0, 0, 0, 0])
    // A program may print its own instructions.
    #expect(try result(64, 1, Layout.text, 4).output.count == 4)
  }

  @Test("read takes what is there, and nothing at the end")
  func read() throws {
    let input = [Array("hello".utf8)]
    let part = try result(63, 0, Layout.data, 3, input: input)
    #expect(part.registers[10] == 3)
    #expect(part.word(Layout.data) == 0x616c_6568)  // "hel" and the "a" of "data"
    let all = try result(63, 0, Layout.data + 2, 100, input: input)
    #expect(all.registers[10] == 5)
    #expect(all.word(Layout.data) == 0x6568_6164)
    #expect(try result(63, 0, Layout.data, 4).registers[10] == 0)
    let end = try result(63, 0, Self.last - 4, 4, input: input)
    #expect(end.registers[10] == 4)
    #expect(end.word(Self.last - 4) == 0x6c6c_6568)
  }

  @Test(
    "read into a bad range, into the text or from a bad descriptor has no effect",
    arguments: [
      (0, 0x20_0000, 0xffff_ffff, 14), (0, 0xffff_fff0, 0x20, 14), (0, 0x3f_ffff, 2, 14), (0, 0x1000, 4, 14),
      (0, 0x0ffe, 3, 14), (1, 0x20_0000, 4, 9), (0xffff_ffff, 0x20_0000, 4, 9),
    ] as [(UInt32, UInt32, UInt32, UInt32)])
  func badRead(fd: UInt32, pointer: UInt32, length: UInt32, error: UInt32) throws {
    let state = try result(63, fd, pointer, length, input: [[1, 2, 3, 4]])
    #expect(state.registers[10] == Self.error(error))
    #expect(state.word(Layout.data) == 0x6174_6164)
    #expect(state.word(Self.last - 4) == 0)
  }

  @Test(
    "Exit codes are 32 bits wide", arguments: [0, 1, 255, 256, 0xffff_ffff] as [UInt32], [93, 94] as [UInt32])
  func exits(code: UInt32, number: UInt32) throws {
    let state = try runEverywhere(call(number, code) + [.ebreak])
    #expect(state.exit == .halted(code: code))
    #expect(state.instructions == 5)
    #expect(state.exit.isSuccess == (code == 0))
  }

  @Test(
    "Calls with a fixed answer",
    arguments: [
      (57, 1, 0), (57, 9, error(9)), (62, 0, error(29)), (62, 7, error(9)), (172, 0, 1), (174, 0, 0),
      (175, 0, 0),
      (176, 0, 0), (177, 0, 0), (29, 1, error(38)), (56, 0, error(38)), (80, 1, error(38)),
      (160, 0, error(38)),
      (169, 0, error(38)), (222, 0, error(38)), (278, 0, error(38)), (291, 0, error(38)), (403, 0, error(38)),
    ] as [(UInt32, UInt32, UInt32)])
  func fixed(number: UInt32, a0: UInt32, expected: UInt32) throws {
    #expect(try result(number, a0).registers[10] == expected)
  }

  @Test("Unknown calls trap", arguments: [0, 92, 1024, 0x603, 0x680, 0xffff_ffff] as [UInt32])
  func unknown(number: UInt32) throws {
    let state = try runEverywhere(call(number, 5) + [.ebreak])
    #expect(state.trap?.cause == .unknownEnvironmentCall(number: number))
    #expect(state.trap?.reason == "unknown environment call \(number)")
    #expect(state.registers[10] == 5)
    #expect(state.instructions == 4)
  }

  @Test("brk moves inside the heap and tells where it is otherwise")
  func breaks() throws {
    // The image ends behind the data; the last MiB of 4 MiB is kept for the stack.
    let (start, limit) = (Layout.data + 16, Self.last - (1 << 20))
    for (address, expected) in [
      (0, start), (start, start), (start + 1, start + 1), (limit, limit), (limit + 1, start),
      (start - 1, start),
      (0xffff_ffff, start),
    ] as [(UInt32, UInt32)] {
      #expect(try result(214, address).registers[10] == expected, "\(hexadecimal(address))")
    }
    let sequence = try runEverywhere(
      call(214, limit) + call(214, 0) + [.addi(20, 10, 0)] + call(214, start) + [.ebreak], data: [1])
    #expect(sequence.registers[20] == limit)
    #expect(sequence.registers[10] == start)
  }
}
