import CBenchExtension
import Weft

/// A guest that executes one instruction very often, and what it must leave behind.
struct InstructionLoop {
  /// Copies of the instruction in the loop's body: enough that the loop itself hardly counts.
  static let copies = 128

  let name: String
  /// What it is compared with.
  let baseline: String?
  let word: UInt32
  /// Value of x7 after `count` executions, with x5 and x6 as set.
  let expected: (UInt32) -> UInt32
  let extensions: [any VMExtension]
  /// What stands at x5.
  var data: [UInt8] = [0x44, 0x33, 0x22, 0x11]

  /// x5: the address of the data; x6: 3.
  static let data: UInt32 = 0x10_0000

  private func program(turns: UInt32) throws(ELFError) -> RV32Program {
    func lui(_ rd: UInt32, _ value: UInt32) -> UInt32 { value & 0xffff_f000 | rd << 7 | 0x37 }
    func addi(_ rd: UInt32, _ rs1: UInt32, _ value: Int32) -> UInt32 {
      UInt32(bitPattern: value) << 20 | rs1 << 15 | rd << 7 | 0x13
    }
    let body = [UInt32](repeating: word, count: Self.copies)
    // bne x8, x0, back over the body and the addi.
    let offset = UInt32(bitPattern: Int32(-4 * (Self.copies + 1)))
    let high = (offset >> 12 & 1) << 31 | (offset >> 5 & 0x3f) << 25
    let low = (offset >> 1 & 0xf) << 8 | (offset >> 11 & 1) << 7
    let branch = high | 8 << 15 | 1 << 12 | low | 0x63
    let code =
      [lui(5, Self.data), addi(6, 0, 3), addi(7, 0, 1), lui(8, turns << 12), addi(9, 0, 12)]
      + [9 << 20 | 8 << 15 | 5 << 12 | 8 << 7 | 0x33]  // srl x8, x8, x9
      + body + [addi(8, 8, -1), branch, 0x0010_0073]
    return try RV32Program(code: code, data: data, dataAt: Self.data)
  }

  /// Nanoseconds for one execution; checks the result.
  func measure(turns: UInt32) throws(CommandError) -> Double {
    let name = name
    do {
      var machine = try Machine(try program(turns: turns), extensions: extensions)
      try machine.start()
      let clock = ContinuousClock()
      let begin = clock.now
      let outcome = try machine.resume()
      let seconds = begin.duration(to: clock.now).inSeconds
      let count = UInt32(Self.copies) &* turns
      let value = machine.registers[7]
      guard case .trapped(let trap) = outcome.exit, trap.cause == .breakpoint, value == expected(count) else {
        throw CommandError(
          .mismatch, "\(name): \(outcome.exit), x7 is \(value), expected \(expected(count))")
      }
      return seconds * 1e9 / Double(count)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(.machine, "\(name): \(error)")
    }
  }
}
