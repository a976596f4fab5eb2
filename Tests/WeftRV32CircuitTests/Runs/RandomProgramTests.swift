import Testing
import WeftCircuit
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Traces of random programs")
struct RandomProgramTests {
  #if DEBUG
    static let runs = 6
  #else
    static let runs = 200
  #endif
  static let programsPerRun = 50

  @Test("Random programs, fifty after one another in a run: balanced, every instruction constrained")
  func random() throws {
    var opcodes: Set<UInt32> = []
    for seed in 1...UInt64(Self.runs) {
      let words = RandomPrograms.words(count: Self.programsPerRun, seed: seed)
      let program = try RV32Program(
        code: words, data: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }, name: "seed \(seed)",
        memoryLimit: 64 << 20)
      let (made, _, outcome) = try RecordedRun().checked(program)
      let code = UInt32(seed % 2 == 0 ? seed & 255 : seed & 0xffff)
      #expect(outcome.exit == .halted(code: code), "seed \(seed)")
      #expect(made.unconstrained == [], "seed \(seed)")
      if seed <= 6 {
        for trace in made.traces.airs where trace.air.name == "Program" {
          for row in 0..<trace.height where trace.main?[row, 0] != 0 {
            opcodes.insert(trace.cached[0][row, 1].canonical)
          }
        }
      }
    }
    // Calls and hints aside, everything was executed.
    let others: Set<CircuitOpcode> = [
      .environmentCall, .service, .hintStoreWord, .hintBuffer, .extensionInstruction,
    ]
    for opcode in CircuitOpcode.allCases where !others.contains(opcode) {
      #expect(opcodes.contains(opcode.rawValue), "\(opcode)")
    }
  }
}
