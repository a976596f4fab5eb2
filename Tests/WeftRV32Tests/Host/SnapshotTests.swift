import Testing
import WeftMemory

@testable import WeftMachine
@testable import WeftRV32

/// Going back to an earlier state, and forking another machine from it.
struct SnapshotTests {
  /// Adds up 1…500 in memory, printing a byte at each step.
  private static let code: [InstructionWord] = [
    .lui(5, Layout.data >> 12), .addi(6, 0, 500),
    .lw(7, 5, 0), .add(7, 7, 6), .sw(7, 5, 0),
    .addi(17, 0, 64), .addi(10, 0, 1), .addi(11, 5, 0), .addi(12, 0, 1), .ecall,
    .addi(6, 6, -1), .bne(6, 0, -36),
    .addi(17, 0, 93), .addi(10, 0, 0), .ecall,
  ]

  @Test(arguments: Execution.all)
  func `A restored machine goes on exactly as before`(execution: Execution) throws {
    let program = try makeProgram(Self.code, data: [0, 0, 0, 0])
    let configuration = Machine.Configuration.test(execution.engine)
    var straight = try Machine(program, configuration: configuration)
    _ = try straight.run(execution.mode)
    let expected = FinalState(straight)

    var machine = try Machine(program, configuration: configuration)
    try machine.start(execution.mode)
    _ = try machine.step(1234)
    let snapshot = try machine.snapshot()
    for _ in 0..<2 {
      _ = try machine.resume()
      #expect(FinalState(machine) == expected)
      try machine.restore(snapshot)
      #expect(machine.outcome.instructions == 1234)
    }
    _ = try machine.resume()
    let run = try machine.finalize()
    #expect(run.outcome.instructions == expected.instructions)
    #expect(run.memory.image == expected.memory)
    if case .recorded = execution.mode { try run.memory.validate() }
  }

  @Test func `A snapshot of a fast run forks other machines`() throws {
    let program = try makeProgram(Self.code, data: [0, 0, 0, 0])
    let configuration = Machine.Configuration.test(.threaded)
    var parent = try Machine(program, configuration: configuration)
    _ = try parent.step(2000)
    let snapshot = try parent.snapshot()
    _ = try parent.resume()
    let expected = FinalState(parent)
    for _ in 0..<3 {
      var child = try Machine(program, configuration: configuration)
      try child.restore(snapshot)
      _ = try child.resume()
      #expect(FinalState(child) == expected)
    }
  }

  @Test func `A snapshot of another configuration is refused`() throws {
    let program = try makeProgram(Self.code, data: [0, 0, 0, 0])
    var configuration = Machine.Configuration.test(.reference)
    var machine = try Machine(program, configuration: configuration)
    let snapshot = try machine.snapshot()
    configuration.limits.memory *= 2
    var other = try Machine(program, configuration: configuration)
    do {
      try other.restore(snapshot)
      Issue.record("restored")
    } catch {
      #expect("\(error)".contains("another configuration"))
    }
  }
}
