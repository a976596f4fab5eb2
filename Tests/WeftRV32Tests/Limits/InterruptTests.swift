import Glibc
import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

/// Limits other than instructions. Bounds on time are generous: the machine may be busy with other tests.
@Suite("Time, output, records, interrupts")
struct InterruptTests {
  private static let endless: [InstructionWord] = [.addi(1, 1, 1), .jal(0, -4)]

  @Test("A wall-clock limit ends an endless loop", arguments: Engine.allCases)
  func wallClock(engine: Engine) throws {
    var configuration = Machine.Configuration.test(engine)
    configuration.limits.instructions = nil
    configuration.limits.wallClock = .milliseconds(30)
    var machine = try Machine(makeProgram(Self.endless), configuration: configuration)
    let outcome = try machine.run()
    #expect(outcome.exit == .limit(.wallClock(seconds: 0.03)))
    #expect(outcome.exit.description == "time limit of 0.03 s reached")
    #expect(outcome.seconds >= 0.03 && outcome.seconds < 20)
    #expect(outcome.instructions > 0)
    // The limit counts anew.
    #expect(try machine.resume().exit == .limit(.wallClock(seconds: 0.03)))
  }

  @Test("Stop and pause from another thread", arguments: Engine.allCases, [true, false])
  func interrupt(engine: Engine, stops: Bool) throws {
    var configuration = Machine.Configuration.test(engine)
    configuration.limits.instructions = nil
    configuration.limits.wallClock = .seconds(60)
    var machine = try Machine(makeProgram(Self.endless), configuration: configuration)
    let thread = try onThread { [handle = machine.interruptHandle] in
      usleep(20_000)
      if stops { handle.stop() } else { handle.pause() }
    }
    let outcome = try machine.run()
    pthread_join(thread, nil)
    #expect(outcome.exit == (stops ? .limit(.stopped) : .paused))
    // It goes on exactly there.
    let before = outcome.instructions
    let next = try machine.step(10)
    #expect(next.exit == .limit(.instructions(10)))
    #expect(next.instructions == before + 10)
    #expect(machine.processor.guest.peekRegister(1) == UInt32(truncatingIfNeeded: (before + 11) / 2))
  }

  @Test("A request before the run ends it at once", arguments: Execution.all)
  func early(execution: Execution) throws {
    var machine = try Machine(makeProgram([.addi(1, 1, 1), .ebreak]), configuration: .test(execution.engine))
    machine.interruptHandle.pause()
    let outcome = try machine.run(execution.mode)
    #expect(outcome.exit == .paused)
    #expect(outcome.instructions == 0)
    if case .trapped = try machine.resume().exit {} else { Issue.record("it did not go on") }
  }

  @Test("Output over its limit is not written, and ends the run", arguments: [0, 7, 8, 20])
  func output(limit: Int) throws {
    let code = call(64, 1, Layout.data, 8) + call(64, 2, Layout.data, 8) + exit()
    let state = try runEverywhere(code, data: Array("12345678".utf8)) { $0.limits.outputBytes = limit }
    #expect(state.exit == (limit < 16 ? .limit(.output(bytes: limit)) : .halted(code: 0)))
    #expect(state.output.count == (limit < 8 ? 0 : 8))
    #expect(state.errorOutput.count == (limit < 16 ? 0 : 8))
  }

  @Test(
    "A record limit ends recorded runs, after the same number of instructions on each engine",
    arguments: [RunMode.recorded(.accessLog), .recorded(.instructionRecords)])
  func records(mode: RunMode) throws {
    let executions = Engine.allCases.map { Execution(engine: $0, mode: mode) }
    let state = try runEverywhere(Self.endless, on: executions) { $0.limits.recordBytes = 1 << 16 }
    #expect(state.exit == .limit(.records(bytes: 1 << 16)))
    // At least 16 bytes an instruction, at most what three log entries take.
    #expect(state.instructions > (1 << 16) / 48 - 3 && state.instructions <= (1 << 16) / 16)
  }

  @Test("Impossible limits are refused with a reason")
  func impossible() throws {
    let program = try makeProgram([.ebreak])
    func message(_ change: (inout Limits) -> Void) -> String {
      var configuration = Machine.Configuration()
      change(&configuration.limits)
      do throws(MachineError) {
        _ = try Machine(program, configuration: configuration)
        return "accepted"
      } catch { return error.description }
    }
    #expect(message { $0.memory = 0 } == "memory of 0 bytes: must be a multiple of 4096, at most 4 GiB")
    #expect(message { $0.memory = 4097 } == "memory of 4097 bytes: must be a multiple of 4096, at most 4 GiB")
    #expect(message { $0.memory = 1 << 33 }.hasSuffix("at most 4 GiB"))
    #expect(message { $0.outputBytes = -1 } == "output limit of -1 bytes")
    #expect(message { $0.recordBytes = 0 } == "record limit of 0 bytes: must be at least 4096")
  }
}

/// Starts a thread, with a stack of `stackSize` bytes where that is given.
func onThread(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) throws -> pthread_t {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }
  var thread = pthread_t()
  let failure = pthread_create(
    &thread, &attributes,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  struct ThreadError: Error { var code: Int32 }
  if failure != 0 { throw ThreadError(code: failure) }
  return thread
}
