import Weft
import WeftDigests
import WeftJSON

/// A program with all that its traces depend on, as `weft check` and `weft trace` are given it.
struct TracedProgram: Sendable {
  let path: String
  let program: RV32Program
  let configuration: Machine.Configuration
  let extensions: [any VMExtension]
  let threads: Int
  /// SHA-256 of the program's file.
  private let sha256: String
  /// What else the traces depend on, for directories of them.
  private let parameters: [JSONTree.Member]

  init(_ path: String, _ arguments: Arguments, _ console: Console) throws(CommandError) {
    self.path = path
    threads = try Self.threadCount(arguments)
    let configuration = try Self.configuration(path, arguments, console)
    let loaded = try ExtensionOptions(arguments).load()
    let options = try RunOptions.programOptions(arguments)
    let bytes = try InputFile.read(path, console: console)
    do {
      program = try RV32Program(
        elf: bytes, name: path, options: options, memoryLimit: configuration.limits.memory)
    } catch { throw .input(path, "\(error)") }
    extensions = program.contractExtensions + loaded
    self.configuration = configuration
    sha256 = SHA256.text(of: bytes)
    parameters = [
      .init("inputs", JSONTree(configuration.input.map { .string(SHA256.text(of: $0)) })),
      .init("maxInstructions", configuration.limits.instructions.map { JSONTree($0) } ?? .null),
      .init("timeout", .string(configuration.limits.wallClock.map { "\($0)" } ?? "none")),
      .init("memory", JSONTree(configuration.limits.memory)),
      .init("misaligned", .string(options.misalignedAccess.rawValue)),
      .init("exit", .string(options.endConvention.rawValue)),
      .init("extensions", JSONTree(extensions.map { .string($0.name) })),
    ]
  }

  /// The limits and the input that the command line names.
  static func configuration(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> Machine.Configuration {
    let inputPaths = try arguments.values(RunOptions.input)
    if ([path] + inputPaths).count(where: { $0 == "-" }) > 1 {
      throw .usage("\(arguments.command): '-' can be read only once")
    }
    var configuration = Machine.Configuration()
    configuration.limits = try RunOptions.limits(arguments)
    for path in inputPaths { configuration.input.append(try InputFile.read(path, console: console)) }
    return configuration
  }

  static func threadCount(_ arguments: Arguments) throws(CommandError) -> Int {
    let count = try arguments.value(TracedRun.threads) ?? UInt64(Parallel.processorCount)
    guard (1...256).contains(count) else {
      throw .usage("\(arguments.command): --threads: \(count) is not a number from 1 to 256")
    }
    return Int(count)
  }

  /// The circuit of the program's runs, known before one is made.
  func makeCircuit() throws(CommandError) -> RV32Circuit {
    do {
      var machine = try Machine(program, configuration: configuration, extensions: extensions)
      try machine.start(.recorded(.instructionRecords))
      let table = machine.table
      return try RV32Circuit(
        memory: try machine.finalize().memory.configuration, environment: program.options.environment,
        instructions: table)
    } catch { throw CommandError(error, name: path) }
  }

  /// The run, to be cut into segments.
  func segmentedRun(
    _ limits: SegmentLimits, _ handle: InterruptHandle
  ) throws(RV32CircuitError) -> SegmentedRun {
    try SegmentedRun(
      program, configuration: configuration, extensions: extensions, limits: limits, interruptHandle: handle)
  }

  /// What a directory of the program's traces says of all of them.
  /// - Parameter limits: those of its segments; nil for a run that is one.
  func exportHeader(_ circuit: RV32Circuit, _ limits: SegmentLimits? = nil) -> ExportHeader {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let segments: JSONTree =
      limits.map { limits in
        [
          "rows": JSONTree(limits.rows), "cells": JSONTree(limits.cells),
          "interactions": JSONTree(limits.interactions),
          "instructions": limits.instructions.map { JSONTree($0) } ?? .null,
        ]
      } ?? .null
    return ExportHeader(
      version: WeftVersion.current, program: ExportHeader.Program(name: name, sha256: sha256),
      circuit: circuit.exportIdentity, parameters: .object(parameters + [.init("segments", segments)]))
  }
}
