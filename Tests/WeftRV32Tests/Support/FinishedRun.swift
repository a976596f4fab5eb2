import WeftMachine
import WeftMemory
import WeftRV32

/// A recorded run of a program from its beginning to its end, or to a limit.
func finishedRun(
  _ program: RV32Program, _ configuration: Machine.Configuration, _ form: RecordForm
) throws -> Run {
  var machine = try Machine(program, configuration: configuration)
  _ = try machine.run(.recorded(form))
  return try machine.finalize()
}
