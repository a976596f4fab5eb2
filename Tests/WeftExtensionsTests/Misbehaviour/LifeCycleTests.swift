import Testing
import WeftMachine
import WeftMemory

@testable import WeftExtensions
@testable import WeftRV32

@Suite("The life cycle of extensions that misbehave")
struct LifeCycleTests {
  private func program() throws -> RV32Program { try MisbehavingGuest.program([MisbehavingGuest.bad]) }

  /// What making or using a machine throws.
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing"
    } catch { return "\(error)" }
  }

  @Test(
    "A failing `init` is an error of the machine, in every mode",
    arguments: [
      ("init-fails", "cannot be set up (code 20)"),
      ("init-returns-7", "init returned status 7 without a message"),
      ("init-loads", "it used its call outside of any instruction"),
      ("init-loads-hidden", "it used its call outside of any instruction"),
      ("init-writes-output", "it used its call outside of any instruction"),
      ("init-jumps", "it used its call outside of any instruction"),
    ])
  func initialization(_ name: String, _ reason: String) throws {
    let (program, `extension`) = (try program(), try MisbehavingGuest.load(name))
    let found = message { _ = try Machine(program, extensions: [`extension`]) }
    #expect(found.hasPrefix("extension 'misbehaving': init") && found.hasSuffix(reason), "\(found)")
    let other = try MisbehavingGuest.load("none")
    var machine = try Machine(program, extensions: [other])
    let outcome = try machine.run()
    #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
  }

  @Test("After an `init` that fails once the machine starts afresh", arguments: Execution.modes)
  func initializationOnce(_ mode: RunMode) throws {
    let `extension` = try MisbehavingGuest.load("init-fails-the-second-time")
    var machine = try Machine(
      program(), configuration: .test(.threaded), extensions: [`extension`])
    // The first use of the extension was the machine's making: another run sets it up anew.
    if mode == .fast { _ = try machine.run(.fast) }
    let refused: String
    do {
      _ = try machine.run(mode)
      refused = "nothing"
    } catch { refused = "\(error)" }
    #expect(refused == "extension 'misbehaving': init: only once (code 21)")
    let outcome = try machine.resume()
    #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
    let again = try machine.run(mode)
    #expect(MisbehavingGuest.text(again.exit) == "breakpoint")
    #expect(again.outputText == "before")
  }

  @Test(
    "A `teardown` that uses its call does no harm",
    arguments: ["teardown-loads", "teardown-fails", "teardown-another-thread"])
  func teardown(_ name: String) throws {
    let `extension` = try MisbehavingGuest.load(name)
    for execution in Execution.all {
      var machine = try Machine(
        program(), configuration: .test(execution.engine), extensions: [`extension`])
      for _ in 0..<3 {
        let outcome = try machine.run(execution.mode)
        #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
      }
    }
  }

  @Test(
    "A failing `save` is an error, and the run goes on",
    arguments: [
      ("save-fails", "save: cannot be saved (code 30)"),
      ("save-returns-1", "save returned status 1 without a message"),
      ("save-loads", "save: it used its call outside of any instruction"),
      ("save-negative", "save: more than 1073741824 bytes"),
    ])
  func saving(_ name: String, _ reason: String) throws {
    let `extension` = try MisbehavingGuest.load(name)
    var machine = try Machine(program(), configuration: .test(.threaded), extensions: [`extension`])
    _ = try machine.step(4)
    var found = "nothing"
    do { _ = try machine.snapshot() } catch { found = "\(error)" }
    #expect(found == "extension 'misbehaving': \(reason)")
    let outcome = try machine.resume()
    #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
    #expect(outcome.outputText == "before")
  }

  @Test(
    "Unusual states are saved and restored", arguments: ["save-nothing", "save-10-mib", "save-null", "none"])
  func states(_ name: String) throws {
    let `extension` = try MisbehavingGuest.load(name)
    var machine = try Machine(program(), configuration: .test(.threaded), extensions: [`extension`])
    _ = try machine.step(4)
    let snapshot = try machine.snapshot()
    let first = try machine.resume()
    try machine.restore(snapshot)
    let second = try machine.resume()
    #expect(first.exit == second.exit && first.output == second.output)
    #expect(first.instructions == second.instructions)
  }

  @Test(
    "A failing `restore` changes nothing or ends the run; the machine runs again",
    arguments: [
      ("restore-fails", "restore: cannot be restored (code 31)", false),
      ("restore-fails-once", "restore: not the first time (code 31)", true),
      ("restore-stores", "restore: it used its call outside of any instruction", false),
      ("restore-loads-hidden", "restore: it used its call outside of any instruction", false),
    ])
  func restoring(_ name: String, _ reason: String, _ goesOn: Bool) throws {
    let `extension` = try MisbehavingGuest.load(name)
    var machine = try Machine(program(), configuration: .test(.threaded), extensions: [`extension`])
    _ = try machine.step(4)
    let snapshot = try machine.snapshot()
    _ = try machine.step(14)
    let before = FinalState(machine)
    var found = "nothing"
    do { try machine.restore(snapshot) } catch { found = "\(error)" }
    #expect(found == "extension 'misbehaving': \(reason)")
    // Memory and output are those of the moment, not of the snapshot.
    let after = FinalState(machine)
    #expect(after.memory == before.memory && after.output == before.output)
    #expect(after.instructions == before.instructions)
    var resumed = "nothing"
    do {
      let outcome = try machine.resume()
      resumed = MisbehavingGuest.text(outcome.exit)
    } catch { resumed = "\(error)" }
    #expect(resumed == "breakpoint" || (!goesOn && resumed.hasPrefix("the run is over")), "\(resumed)")
    let outcome = try machine.run()
    #expect(MisbehavingGuest.text(outcome.exit) == "breakpoint")
    #expect(outcome.outputText == "before")
  }

  @Test("A run after a restoration begins with fresh memory")
  func freshMemory() throws {
    let code = li(5, Layout.data) + li(6, 0x55) + [.sw(6, 5, 0), .lw(7, 5, 4), .sw(6, 5, 4), .ebreak]
    let program = try makeProgram(code, data: [UInt8](repeating: 0, count: 8))
    var machine = try Machine(program, configuration: .test(.threaded))
    _ = try machine.step(7)
    let snapshot = try machine.snapshot()
    var other = try Machine(program, configuration: .test(.threaded))
    try other.restore(snapshot)
    _ = try other.run()
    #expect(FinalState(other).registers[7] == 0)
  }

  @Test("A call that outlives its machine leads nowhere", arguments: Execution.all)
  func formerMachine(_ execution: Execution) throws {
    for (name, end) in [
      (
        "call-of-a-former-machine",
        "extension 'misbehaving' returned status -1 without a message (code -1)"
      ), ("call-of-a-former-machine-hidden", "breakpoint"),
    ] {
      let `extension` = try MisbehavingGuest.load(name)
      var ends: [String] = []
      for _ in 0..<3 {
        let state = try run(try program(), execution, extensions: [`extension`])
        ends.append(MisbehavingGuest.text(state.exit))
        // Only the first machine's call is open; nothing of the others' is changed through it.
        #expect(state.word(Layout.data) == (ends.count == 1 ? 0x2222_2222 : 0x0302_0100))
      }
      #expect(ends == ["breakpoint", end, end])
    }
  }

  @Test("The call of another machine that is alive is closed", arguments: Execution.all)
  func otherMachine(_ execution: Execution) throws {
    let `extension` = try MisbehavingGuest.load("call-of-a-former-machine")
    var first = try Machine(program(), configuration: .test(.threaded), extensions: [`extension`])
    _ = try first.run()
    var second = try Machine(program(), configuration: .test(execution.engine), extensions: [`extension`])
    let outcome = try second.run(execution.mode)
    #expect(
      MisbehavingGuest.text(outcome.exit)
        == "extension 'misbehaving' returned status -1 without a message (code -1)")
    let again = try first.run(execution.mode)
    #expect(MisbehavingGuest.text(again.exit) == "breakpoint")
  }
}
