import Testing
import WeftCircuit
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Traces of guests")
struct GuestTests {
  @Test("small guests, whole", arguments: ["hello-c/hello-c", "reveal/reveal", "reveal-custom/reveal-custom"])
  func small(_ name: String) throws {
    let (made, _, outcome) = try RecordedRun(input: [Array("7".utf8)]).checked(try Guests.program(name))
    print(name, outcome.exit, made.openness, made.instructionCount, made.traces.cellCount)
  }
}
