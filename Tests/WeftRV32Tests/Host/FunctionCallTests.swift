import Testing

@testable import WeftMachine
@testable import WeftRV32

/// What a host does with a guest's functions: call them by name, with limits, as often as it likes.
struct FunctionCallTests {
  /// `main` ends with code 3; `sum` gives a0 + a1 and counts its calls in memory; `spin` never returns; `fault` traps.
  private func makeMachine(_ engine: Engine) throws -> Machine {
    let code: [InstructionWord] = [
      .addi(10, 0, 3), .addi(17, 0, 93), .ecall,
      .lui(5, Layout.data >> 12), .lw(6, 5, 0), .addi(6, 6, 1), .sw(6, 5, 0), .add(10, 10, 11),
      .jalr(0, 1, 0),
      .jal(0, 0),
      .ebreak,
    ]
    let symbols: [ELFBuilder.Symbol] = [
      .init(name: "sum", value: Layout.text + 12), .init(name: "spin", value: Layout.text + 36),
      .init(name: "fault", value: Layout.text + 40),
    ]
    let program = try makeProgram(code, data: [0, 0, 0, 0], symbols: symbols)
    var configuration = Machine.Configuration.test(engine)
    configuration.limits.instructions = 1000
    return try Machine(program, configuration: configuration)
  }

  @Test(arguments: Engine.allCases)
  func `A function is called by name, before the program ran and after it ended`(engine: Engine) throws {
    var machine = try makeMachine(engine)
    let first = try machine.callFunction("sum", arguments: [40, 2])
    #expect(first == Machine.FunctionResult(value: 42, second: 2, instructions: 6))
    let ended = try machine.run()
    #expect(ended.exit == .halted(code: 3))
    let registers = machine.registers
    let second = try machine.callFunction("sum", arguments: [.max, 1])
    #expect(second.value == 0)
    #expect(machine.registers == registers)
    // The run began with fresh memory: only the call after it is counted.
    let counter = machine.bytes(at: Layout.data, count: 4)
    #expect(counter == [1, 0, 0, 0])
  }

  @Test(arguments: Engine.allCases)
  func `A function that does not return is an error that says how it ended`(engine: Engine) throws {
    var machine = try makeMachine(engine)
    #expect(
      message { try machine.callFunction("spin") } == """
        the function did not return: limit of 1000 instructions reached
        """)
    #expect(
      message { try machine.callFunction("fault") } == """
        the function did not return: trapped: breakpoint at pc 0x00001028
        """)
    #expect(message { try machine.callFunction("absent") } == "the program has no symbol 'absent'")
    #expect(
      message { try machine.callFunction("sum", arguments: Array(repeating: 0, count: 9)) }
        == "9 arguments, a call takes 8 words")
    let result = try machine.callFunction("sum", arguments: [1, 2])
    #expect(result.value == 3)
  }

  @Test func `Recorded runs cannot be interfered with`() throws {
    var machine = try makeMachine(.reference)
    try machine.start(.recorded(.instructionRecords))
    let expected = "the host can change the state of fast runs only"
    #expect(message { try machine.callFunction("sum") } == expected)
    #expect(message { try machine.setRegister(5, to: 1) } == expected)
    #expect(message { try machine.setBytes([1], at: Layout.data) } == expected)
  }

  private func message<Result>(_ body: () throws -> Result) -> String {
    do {
      _ = try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
