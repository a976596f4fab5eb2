import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

/// What a host sees of a guest and may change between two instructions.
struct InspectionTests {
  @Test(arguments: Engine.allCases)
  func `Registers, memory and text can be read and changed between instructions`(engine: Engine) throws {
    let code: [InstructionWord] = [
      .addi(5, 0, 1), .add(6, 5, 7), .lui(8, Layout.data >> 12), .lw(9, 8, 0), .addi(10, 0, 1), .ebreak,
    ]
    var machine = try Machine(
      makeProgram(code, data: [1, 2, 3, 4]), configuration: .test(engine))
    _ = try machine.step()
    #expect(machine.programCounter == UInt64(Layout.text) + 4)
    #expect(machine.registers[5] == 1)
    try machine.setRegister(7, to: 41)
    try machine.setBytes([0xff], at: Layout.data + 3)
    // addi x10, x0, 2 in place of addi x10, x0, 1: decoded text follows.
    try machine.setBytes([0x13, 0x05, 0x20, 0x00], at: Layout.text + 16)
    _ = try machine.resume()
    #expect(machine.registers[6] == 42)
    #expect(machine.registers[9] == 0xff03_0201)
    #expect(machine.registers[10] == 2)
    let text = machine.bytes(at: Layout.text + 16, count: 4)
    #expect(text == [0x13, 0x05, 0x20, 0x00])
    let outside = machine.bytes(at: UInt32(Layout.memorySize) - 1, count: 2)
    #expect(outside == nil)
    // A new run starts from the program's own text.
    _ = try machine.run()
    #expect(machine.registers[10] == 1)
  }

  @Test func `The registry names the instruction at an address`() throws {
    let machine = try Machine(
      makeProgram([.r(0x33, 0, 1, 1, 2, 3), 0xffff_ffff]), configuration: .test(.reference))
    let first = machine.instruction(at: UInt64(Layout.text))
    #expect(first?.mnemonic == "mul")
    #expect(first?.owner == "rv32m")
    let second = machine.instruction(at: UInt64(Layout.text) + 4)
    #expect(second?.word == 0xffff_ffff)
    #expect(second?.mnemonic == nil)
    let none = machine.instruction(at: 2)
    #expect(none == nil)
  }

  @Test func `The image of a program is what its file puts into memory`() throws {
    for environment in GuestEnvironment.allCases {
      let program = try makeProgram(
        [.addi(5, 0, 1), .ebreak], data: [1, 2, 3], options: RV32Program.Options(environment: environment))
      let image = try program.image()
      #expect(
        image.bytes(at: MemoryAddress(.memory, Layout.text), count: 8) == [
          0x93, 2, 0x10, 0, 0x73, 0, 0x10, 0,
        ])
      #expect(image.bytes(at: MemoryAddress(.memory, Layout.data), count: 4) == [1, 2, 3, 0])
      #expect(image.pages.count == 2)
    }
  }

  @Test func `A metered run counts instructions by executor and the memory it touched`() throws {
    let code: [InstructionWord] = [
      .lui(5, Layout.data >> 12), .addi(6, 0, 10),
      .sw(6, 5, 0), .lw(7, 5, 0), .addi(6, 6, -1), .bne(6, 0, -12), .ebreak,
    ]
    for engine in Engine.allCases {
      var machine = try Machine(makeProgram(code, data: [0]), configuration: .test(engine))
      _ = try machine.run(.metered)
      let counts = Dictionary(uniqueKeysWithValues: machine.instructionCounts.map { ($0.mnemonic, $0.count) })
      #expect(counts == ["lui": 1, "addi": 11, "sw": 10, "lw": 10, "bne": 10])
      #expect(machine.touchedMemory == 4096)
    }
  }

  @Test func `What the host emulates in the middle of a line is counted once`() throws {
    let code: [InstructionWord] = [
      .lui(5, Layout.data >> 12), .sw(6, 5, 1), .addi(6, 0, 10), .lw(7, 5, 2), .addi(6, 6, -1), .ebreak,
    ]
    for engine in Engine.allCases {
      let program = try makeProgram(
        code, data: [0], options: RV32Program.Options(misalignedAccess: .emulate))
      var machine = try Machine(program, configuration: .test(engine))
      _ = try machine.run(.metered)
      let counts = Dictionary(uniqueKeysWithValues: machine.instructionCounts.map { ($0.mnemonic, $0.count) })
      #expect(counts == ["lui": 1, "addi": 2, "sw": 1, "lw": 1], "\(engine)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `Output reaches the handler as it is written`(engine: Engine) throws {
    let code: [InstructionWord] = [
      .lui(11, Layout.data >> 12), .addi(12, 0, 2), .addi(17, 0, 64),
      .addi(10, 0, 1), .ecall, .addi(10, 0, 2), .ecall, .ebreak,
    ]
    let written = Written()
    var configuration = Machine.Configuration.test(engine)
    configuration.outputHandler = { stream, bytes in written.append(stream, Array(bytes)) }
    var machine = try Machine(makeProgram(code, data: Array("hi".utf8)), configuration: configuration)
    let outcome = try machine.run()
    #expect(written.text == "output:hi errorOutput:hi ")
    #expect(outcome.outputText == "hi")
  }

  /// Collects on the thread of the run.
  private final class Written: @unchecked Sendable {
    private(set) var text = ""
    func append(_ stream: HostStreams.OutputStream, _ bytes: [UInt8]) {
      text += "\(stream):\(String(decoding: bytes, as: UTF8.self)) "
    }
  }
}
