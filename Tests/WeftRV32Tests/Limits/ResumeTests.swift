import Testing
import WeftMachine

@testable import WeftRV32

/// A run that is interrupted anywhere and goes on ends as a run that is not.
@Suite("Stepping and resuming")
struct ResumeTests {
  /// Loops, calls, loads, stores, a system call and a counter: 0x1000 first.
  static let code: [InstructionWord] =
    li(8, Layout.data) + li(9, 37) + [
      .sw(9, 8, 0), .lw(5, 8, 0), .add(6, 6, 5), .sb(6, 8, 5), .addi(9, 9, -1), .bne(9, 0, -20),
      .csrrs(7, 0xc02, 0),
    ] + call(64, 1, Layout.data, 8) + call(0x610) + exit(3)

  @Test("Steps of every size give the straight run", arguments: Execution.all)
  func stepping(execution: Execution) throws {
    let program = try makeProgram(Self.code)
    let expected = try run(program, execution)
    #expect(expected.exit == .halted(code: 3))
    for size in [1, 2, 3, 7, 64] as [UInt64] {
      var machine = try Machine(program, configuration: .test(execution.engine))
      try machine.start(execution.mode)
      var steps: UInt64 = 0
      while true {
        let outcome = try machine.step(size)
        steps += 1
        guard outcome.exit == .limit(.instructions(size)) else { break }
        #expect(outcome.instructions == steps * size)
      }
      let state = FinalState(machine)
      #expect(state == expected, "steps of \(size): \(state.differences(from: expected))")
    }
  }

  @Test("Resuming after each limit gives the straight run", arguments: Execution.all)
  func resuming(execution: Execution) throws {
    let program = try makeProgram(Self.code)
    let expected = try run(program, execution)
    for limit in [1, 10, 50, 100, 250] as [UInt64] {
      var configuration = Machine.Configuration.test(execution.engine)
      configuration.limits.instructions = limit
      var machine = try Machine(program, configuration: configuration)
      var outcome = try machine.run(execution.mode)
      while outcome.exit == .limit(.instructions(limit)) { outcome = try machine.resume() }
      let state = FinalState(machine)
      #expect(state == expected, "limit \(limit): \(state.differences(from: expected))")
    }
  }

  @Test("Running twice is running once", arguments: Execution.all)
  func runningTwice(execution: Execution) throws {
    let program = try makeProgram(Self.code)
    var machine = try Machine(program, configuration: .test(execution.engine))
    for mode in Execution.modes + [execution.mode] { _ = try machine.run(mode) }
    #expect(try FinalState(machine) == run(program, execution))
  }

  @Test("Two machines that take turns do not know of each other", arguments: Engine.allCases)
  func alternating(engine: Engine) throws {
    let program = try makeProgram(Self.code)
    var first = try Machine(program, configuration: .test(engine))
    var second = try Machine(program, configuration: .test(engine))
    while true {
      let outcome = try first.step(5)
      _ = try second.step(5)
      if case .halted = outcome.exit { break }
    }
    let expected = try run(program, Execution(engine: engine, mode: .fast))
    #expect(FinalState(first) == expected)
    #expect(FinalState(second) == expected)
  }

  @Test("A resumed machine that was never started starts")
  func resumeFirst() throws {
    var machine = try Machine(makeProgram(Self.code), configuration: .test(.reference))
    #expect(try machine.resume().exit == .halted(code: 3))
    #expect(throws: MachineError.self) { try machine.step() }
  }
}
