import FuzzDriver
import Glibc
import Weft

/// Any code with any input ends the same way on both engines, whatever is recorded.
///
/// A fresh machine for every run, so that the bytes alone reproduce a finding.
@main
struct FuzzRV32 {
  static func main() {
    exit(
      fuzz { start, count in
        guard let input = FuzzInput(UnsafeBufferPointer(start: start, count: count)),
          let program = try? RV32Program(
            elf: input.elf, options: input.options, memoryLimit: FuzzInput.memorySize)
        else { return -1 }
        let expected = run(program, input, .reference, .fast)
        let actual = run(program, input, .threaded, input.mode)
        // Only recorded runs can run out of room for records.
        if case .limit(.records) = actual?.exit { return 0 }
        if actual != expected {
          print("reference fast: \(String(describing: expected))")
          print("threaded \(input.mode): \(String(describing: actual))")
          abort()
        }
        return 0
      })
  }
}

/// What must be equal.
private struct FinalState: Equatable {
  var exit: ExitStatus
  var instructions: UInt64
  var output: [UInt8]
  var publicValues: [UInt8]
  var image: MemoryImage
}

/// - Returns: nil when the machine refuses the program, which all of them must do alike.
private func run(
  _ program: RV32Program, _ input: FuzzInput, _ engine: Engine, _ mode: RunMode
) -> FinalState? {
  var configuration = Machine.Configuration()
  configuration.engine = engine
  configuration.limits = input.limits
  configuration.input = input.items
  configuration.publicValueCount = 4
  do throws(MachineError) {
    var machine = try Machine(program, configuration: configuration)
    // In two parts, so that budgets end inside straight lines.
    try machine.start(mode)
    var outcome = try machine.step(input.firstPart)
    if case .limit(.instructions) = outcome.exit { outcome = try machine.resume() }
    let run = try machine.finalize()
    return FinalState(
      exit: outcome.exit, instructions: outcome.instructions, output: outcome.output,
      publicValues: outcome.publicValues, image: run.memory.image)
  } catch {
    return nil
  }
}
