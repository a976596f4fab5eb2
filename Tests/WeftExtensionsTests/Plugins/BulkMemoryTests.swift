import Testing
import WeftMachine
import WeftMemory

@testable import WeftExtensions

@Suite("Bulk memory")
struct BulkMemoryTests {
  private static func copy(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x7b, 0, 0, rd, rs1, rs2)
  }
  private static func fill(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x7b, 0, 1, rd, rs1, rs2)
  }
  private static func compare(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x7b, 0, 2, rd, rs1, rs2)
  }
  private static func load(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x7b, 1, 0, rd, rs1, rs2)
  }
  private static func store(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x7b, 1, 1, rd, rs1, rs2)
  }

  private static let size = 1024
  private static let end = UInt32(Layout.memorySize)

  private static func bytes(_ state: FinalState) -> [UInt8] {
    state.memory.bytes(at: MemoryAddress(.memory, Layout.data), count: size)
  }

  private func load(_ form: SampleExtension.Form) throws -> any VMExtension {
    try SampleExtension(name: .bulkMemory, form: form).load()
  }

  @Test(
    "Random ranges, overlapping ones too, give what the model gives", arguments: SampleExtension.Form.allCases
  )
  func random(form: SampleExtension.Form) throws {
    let bulk = try load(form)
    let data = (0..<Self.size).map { _ in UInt8.random(in: 0...3) }
    var model = data
    var scratchpad = [UInt8](repeating: 0, count: 2048)
    var orders: [UInt32] = []
    var code: [InstructionWord] = li(20, Layout.data + UInt32(Self.size))
    for round in 0..<40 {
      let count = Int.random(in: 0...(round % 4 == 0 ? 300 : 9))
      let from = Int.random(in: 0...Self.size - count)
      let near = min(max(0, from + .random(in: -8...8)), Self.size - count)
      let to = round % 2 == 0 ? near : .random(in: 0...Self.size - count)
      let offset = Int.random(in: 0...2048 - count)
      code += li(5, Layout.data + UInt32(to)) + li(6, Layout.data + UInt32(from)) + li(7, UInt32(count))
      code += li(8, UInt32(offset))
      switch round % 5 {
      case 0:
        code += [Self.copy(5, 6, 7)]
        model.replaceSubrange(to..<to + count, with: Array(model[from..<from + count]))
      case 1:
        code += li(9, 0xffff_ff00 | UInt32(round)) + [Self.fill(5, 9, 7)]
        model.replaceSubrange(to..<to + count, with: [UInt8](repeating: UInt8(round), count: count))
      case 2:
        code += [Self.compare(7, 5, 6), .sw(7, 20, Int32(4 * orders.count))]
        let (one, other) = (model[to..<to + count], model[from..<from + count])
        orders.append(
          one.elementsEqual(other) ? 0 : one.lexicographicallyPrecedes(other) ? .max : 1)
      case 3:
        code += [Self.load(8, 6, 7)]
        scratchpad.replaceSubrange(offset..<offset + count, with: model[from..<from + count])
      default:
        code += [Self.store(5, 8, 7)]
        model.replaceSubrange(to..<to + count, with: scratchpad[offset..<offset + count])
      }
    }
    code.append(.ebreak)
    let results = [UInt8](repeating: 0, count: 64)
    let state = try runEverywhere(code, data: data + results, extensions: [bulk])
    #expect(state.trap?.cause == .breakpoint)
    #expect(Self.bytes(state) == model)
    for (index, order) in orders.enumerated() {
      #expect(state.word(Layout.data + UInt32(Self.size + 4 * index)) == order)
    }
  }

  @Test("A count of 0 touches nothing, whatever the addresses", arguments: SampleExtension.Form.allCases)
  func nothing(form: SampleExtension.Form) throws {
    let code =
      li(5, .max) + li(6, Self.end + 1) + [
        Self.copy(5, 6, 0), Self.fill(6, 5, 0), Self.load(5, 6, 0), Self.store(6, 5, 0),
        Self.compare(0, 5, 6),
        .addi(7, 0, 0), Self.compare(7, 5, 6), .ebreak,
      ]
    let state = try runEverywhere(code, extensions: [try load(form)])
    #expect(state.trap?.cause == .breakpoint)
    #expect(state.registers[7] == 0)
  }

  @Test(
    "A range that leaves memory traps, and nothing has happened", arguments: SampleExtension.Form.allCases)
  func outside(form: SampleExtension.Form) throws {
    let bulk = try load(form)
    let data = (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let inside = li(5, Layout.data) + li(7, 64)
    let addresses: [UInt32] = [Self.end - 63, Self.end - 1, Self.end, .max - 31]
    for address in addresses {
      let cases: [(InstructionWord, Trap.Cause)] = [
        (Self.copy(5, 6, 7), .loadAccessFault), (Self.copy(6, 5, 7), .storeAccessFault),
        (Self.fill(6, 5, 7), .storeAccessFault), (Self.compare(7, 5, 6), .loadAccessFault),
        (Self.compare(7, 6, 5), .loadAccessFault), (Self.load(0, 6, 7), .loadAccessFault),
        (Self.store(6, 0, 7), .storeAccessFault),
      ]
      for (word, cause) in cases {
        let state = try runEverywhere(
          inside + li(6, address) + [word, .ebreak], data: data, extensions: [bulk])
        #expect(state.trap?.cause == cause, "\(hexadecimal(word.bits)) at \(hexadecimal(address))")
        #expect(Self.bytes(state) == data)
        #expect(state.registers[7] == 64)
      }
      // The last bytes of memory are inside.
      let code = inside + li(6, Self.end - 64) + [Self.copy(6, 5, 7), Self.compare(7, 5, 6), .ebreak]
      let state = try runEverywhere(code, data: data, extensions: [bulk])
      #expect(state.registers[7] == 0)
    }
  }

  @Test("Code is not written over")
  func text() throws {
    let code = li(5, Layout.text) + li(7, 64) + [Self.fill(5, 0, 7), .ebreak]
    let state = try runEverywhere(code, extensions: [try load(.linked)])
    #expect(state.trap?.cause == .storeAccessFault)
  }

  @Test(
    "More than 16 MiB, and ranges outside the scratchpad, are refused",
    arguments: SampleExtension.Form.allCases)
  func refused(form: SampleExtension.Form) throws {
    let bulk = try load(form)
    let large = li(5, Layout.data) + li(7, 16 << 20 + 1)
    for word in [Self.copy(5, 5, 7), Self.fill(5, 5, 7), Self.compare(7, 5, 5)] {
      let state = try runEverywhere(large + [word, .ebreak], extensions: [bulk])
      #expect(state.trap?.cause == .failure(code: 1, message: "bulk-memory: more than 16 MiB at once"))
    }
    for (offset, count) in [(65536, 1), (65535, 2), (0, 65537), (UInt32.max, 2), (2, .max)]
      as [(UInt32, UInt32)]
    {
      let registers = li(5, Layout.data) + li(6, offset) + li(7, count)
      for word in [Self.load(6, 5, 7), Self.store(5, 6, 7)] {
        let state = try runEverywhere(registers + [word, .ebreak], extensions: [bulk])
        #expect(state.trap?.cause == .failure(code: 2, message: "bulk-memory: outside the scratchpad"))
      }
    }
  }

  @Test("The scratchpad is zero at first and 64 KiB large", arguments: SampleExtension.Form.allCases)
  func scratchpad(form: SampleExtension.Form) throws {
    let data = (0..<Self.size).map { _ in UInt8(0xee) }
    let code =
      li(5, Layout.data) + li(6, 65536 - 64) + li(7, 64) + [
        Self.store(5, 6, 7), .addi(5, 5, 64), Self.load(6, 5, 7), .addi(5, 5, -32), Self.store(5, 6, 7),
        .ebreak,
      ]
    let state = try runEverywhere(code, data: data, extensions: [try load(form)])
    #expect(
      Array(Self.bytes(state)[..<128]) == [UInt8](repeating: 0, count: 32)
        + [UInt8](repeating: 0xee, count: 96))
  }

  @Test("A snapshot contains the scratchpad")
  func snapshot() throws {
    let code =
      li(5, Layout.data) + li(7, 64)
      + [Self.load(0, 5, 7), .addi(6, 5, 100), Self.store(6, 0, 7), .ebreak]
    let program = try makeProgram(code, data: (0..<Self.size).map { UInt8(truncatingIfNeeded: $0) })
    for execution in Execution.all {
      var machine = try Machine(
        program, configuration: .test(execution.engine), extensions: [try load(.linked)])
      try machine.start(execution.mode)
      _ = try machine.step(5)
      let snapshot = try machine.snapshot()
      _ = try machine.resume()
      let expected = FinalState(machine)
      try machine.restore(snapshot)
      _ = try machine.resume()
      #expect(FinalState(machine) == expected)
      #expect(Self.bytes(expected)[100..<164].elementsEqual((0..<64).map { UInt8($0) }))
    }
  }
}
