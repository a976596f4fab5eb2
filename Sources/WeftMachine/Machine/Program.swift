/// What a machine can load: bytes that an instruction set understands, checked and ready.
public protocol Program: Sendable {
  /// For messages and profiles: usually the file's name.
  var name: String { get }

  /// The built-in extensions that the program's instruction set consists of.
  var instructionSetExtensions: [any VMExtension] { get }

  /// Decodes the program for execution.
  func makeProcessor(
    table: InstructionTable, configuration: Machine.Configuration
  ) throws(MachineError) -> any Processor
}
