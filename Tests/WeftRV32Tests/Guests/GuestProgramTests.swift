import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

@Suite("Guest programs", .serialized)
struct GuestProgramTests {
  /// The longest run, in instructions, that is recorded: records take 48 bytes an instruction.
  private static let recordedLimit: UInt64 = isDebug ? 20_000 : 4_000_000
  /// The longest run without records. Builds without optimisation are some fifty times slower.
  private static let limit: UInt64 = isDebug ? 500_000 : 20_000_000

  @Test("The tree has all its programs, each with an expectation that can be read")
  func inventory() {
    #expect(GuestProgram.all.count >= 22)
    #expect(GuestProgram.all.filter { $0.environment == .machine }.count >= 5)
  }

  @Test("Each ends as expected, and alike, on every engine in every mode", arguments: GuestProgram.all)
  func run(guest: GuestProgram) throws {
    let program = try guest.load()
    var first: FinalState?
    for execution in Execution.all {
      let limit = execution.isRecorded ? Self.recordedLimit : Self.limit
      var configuration = Machine.Configuration()
      configuration.engine = execution.engine
      configuration.limits.instructions = limit
      configuration.input = guest.expected.input.map { [Array($0.utf8)] } ?? []
      configuration.publicValueCount = 8
      if let first, first.instructions > limit { continue }
      var machine = try Machine(program, configuration: configuration)
      let outcome = try machine.run(execution.mode)
      if outcome.exit == .limit(.instructions(limit)), isDebug {
        print("\(guest): not run to its end in a debug build")
        return
      }
      let state = FinalState(machine)
      #expect(outcome.exit == .halted(code: guest.expected.exit), "\(execution.testDescription)")
      #expect(outcome.outputText == guest.expected.output)
      if let values = guest.expected.publicValues {
        #expect(
          outcome.publicValues.map { hexadecimal(UInt32($0), digits: 2).dropFirst(2) }.joined() == values)
      }
      if let signature = guest.expected.signature {
        #expect(try machine.signatureWords(of: program) == signature)
      }
      if let first {
        #expect(state == first, "\(execution.testDescription): \(state.differences(from: first))")
      } else {
        first = state
      }
      if execution.isRecorded, state.instructions < 20_000 {
        let run = try machine.finalize()
        try run.memory.validate()
      }
    }
  }
}

extension Machine {
  /// The words from `begin_signature` to `end_signature` as eight hexadecimal digits each.
  fileprivate borrowing func signatureWords(of program: RV32Program) throws -> [String] {
    let begin = try #require(program.symbols.address(of: "begin_signature"))
    let end = try #require(program.symbols.address(of: "end_signature"))
    return stride(from: begin, to: end, by: 4).map { address in
      String(hexadecimal(processor.guest.peekWord(at: address)).dropFirst(2))
    }
  }
}
