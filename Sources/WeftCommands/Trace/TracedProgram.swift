import Weft

/// A program of which traces were asked for, and how it is to be run.
struct TracedProgram: Sendable {
  let path: String
  let program: RV32Program
  let configuration: Machine.Configuration
  let extensions: [any VMExtension]
  let threads: Int

  /// Reads the files that the command line names.
  init(_ arguments: Arguments, _ console: Console) throws(CommandError) {
    path = try arguments.value(TracedRun.program)
    let inputPaths = try arguments.values(RunOptions.input)
    if ([path] + inputPaths).count(where: { $0 == "-" }) > 1 {
      throw .usage("\(arguments.command): '-' can be read only once")
    }
    if EVMCode.isCode(path: path) {
      throw .input(path, "runs of EVM code have no traces, only those of RV32 programs")
    }
    threads = try Self.threadCount(arguments)
    var configuration = Machine.Configuration()
    configuration.limits = try RunOptions.limits(arguments)
    for path in inputPaths { configuration.input.append(try InputFile.read(path, console: console)) }
    self.configuration = configuration
    extensions = try ExtensionOptions(arguments).load()
    let options = try RunOptions.programOptions(arguments)
    program = try Self.load(path, options, configuration.limits.memory, console)
  }

  static func threadCount(_ arguments: Arguments) throws(CommandError) -> Int {
    let count = try arguments.value(TracedRun.threads) ?? UInt64(Parallel.processorCount)
    guard (1...256).contains(count) else {
      throw .usage("\(arguments.command): --threads: \(count) is not a number from 1 to 256")
    }
    return Int(count)
  }

  /// The run, to be cut into segments.
  func segmentedRun(
    _ limits: SegmentLimits, _ handle: InterruptHandle
  ) throws(RV32CircuitError) -> SegmentedRun {
    try SegmentedRun(
      program, configuration: configuration, extensions: extensions, limits: limits, interruptHandle: handle)
  }

  private static func load(
    _ path: String, _ options: RV32Program.Options, _ memory: UInt64, _ console: Console
  ) throws(CommandError) -> RV32Program {
    let bytes = path == "-" ? try InputFile.read("-", console: console) : nil
    do {
      if let bytes { return try RV32Program(elf: bytes, options: options, memoryLimit: memory) }
      return try RV32Program(contentsOf: path, options: options, memoryLimit: memory)
    } catch { throw .input(path, "\(error)") }
  }
}
