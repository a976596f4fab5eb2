import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// Makes the traces of segments of one program, each alone: in any order, on any number of threads, in any process. The
/// bytes are the same.
///
/// ```swift
/// let tracer = try SegmentTracer(program, configuration: configuration)
/// let made = try tracer.traces(of: Segment(contentsOf: "segment-3"))
/// ```
public struct SegmentTracer: Sendable {
  public let circuit: RV32Circuit
  public let program: CircuitProgram
  /// That of the machines that execute segments.
  public let configuration: Machine.Configuration
  private let extensions: [any VMExtension]
  /// A checksum of the memory that runs begin with.
  let origin: UInt64
  /// The committed part of the program table, which traces of this program must have.
  let committed: [String: [Trace]]

  /// - Parameters:
  ///   - configuration: that of the run. Segments have persistent memory, and no limits of the host's patience.
  ///   - extensions: those of the run, in its order.
  /// - Throws: `machine` where no machine can be made, and what `RV32Circuit` throws.
  public init(
    _ program: RV32Program, configuration: Machine.Configuration = Machine.Configuration(),
    extensions: [any VMExtension] = []
  ) throws(RV32CircuitError) {
    var configuration = configuration
    configuration.memoryInterface = .persistent
    configuration.outputHandler = nil
    configuration.recordStream = nil
    configuration.limits.instructions = nil
    configuration.limits.wallClock = nil
    let table: InstructionTable
    do throws(MachineError) {
      table = try Machine(program, configuration: configuration, extensions: extensions).table
    } catch { throw .machine(error) }
    do throws(MemoryError) {
      // Without the file's own checksum, with which every checksum would be the same.
      origin = MemoryImage.checksum(try program.startImage(configuration).fileBytes.dropLast(8))
    } catch { throw .memory(error) }
    self.configuration = configuration
    self.extensions = extensions
    self.program = try CircuitProgram(program, table: table)
    circuit = try RV32Circuit(
      memory: program.memoryConfiguration(
        configuration, table, mode: .recorded(.instructionRecords)),
      environment: program.options.environment, interface: .persistent, instructions: table)
    do throws(TraceError) {
      committed = [ProgramAIR().name: [try ProgramTable(self.program.emulatingAll).lines]]
    } catch { throw .trace(error) }
  }

  /// A machine for segments.
  func machine(_ handle: InterruptHandle = InterruptHandle()) throws(MachineError) -> Machine {
    try Machine(
      program.source, configuration: configuration, extensions: extensions, interruptHandle: handle)
  }

  /// Executes a segment with its instructions recorded and makes its traces.
  ///
  /// - Parameter tree: the tree of its start image, where it is known; else it is made.
  /// - Throws: `badSegment` for one of another program, and where the program does not go as it says; `memoryCircuit` with `imageRootMismatch` for
  ///   an image that has not the root it states; what `RV32Circuit.makeTraces` throws.
  public func traces(
    of segment: Segment, tree: MemoryMerkleTree? = nil, threads: Int = Parallel.processorCount
  ) throws(RV32CircuitError) -> RV32Traces {
    guard segment.origin == origin else {
      throw .badSegment(
        index: segment.index,
        reason: "its run began with other memory: it is of another program or memory size")
    }
    let run: Run
    do throws(MachineError) {
      var machine = try machine()
      _ = try machine.run(segment)
      run = try machine.finalize()
    } catch { throw .machine(error) }
    let retired = run.outcome.instructions &- segment.start.processor.retiredInstructions
    guard retired == segment.instructionCount else {
      throw .badSegment(
        index: segment.index,
        reason: "\(retired) of \(segment.instructionCount) instructions retired, then: \(run.outcome.exit)")
    }
    return try circuit.makeTraces(of: run, program: program, tree: tree, threads: threads)
  }

  /// Checks the traces of a segment against the circuit and the program, wherever they come from.
  public func check(_ traces: TraceSet, checker: Checker = Checker()) throws(TraceError) -> CheckReport {
    try circuit.check(traces, committed: committed, checker: checker)
  }

  /// An empty chain, to which the claims of checked segments are appended.
  public func chain() throws(RV32CircuitError) -> SegmentChain {
    let image: MemoryImage
    do throws(MemoryError) { image = try program.source.startImage(configuration) } catch {
      throw .memory(error)
    }
    do throws(MemoryCircuitError) {
      let dimensions = circuit.memory.dimensions
      return SegmentChain(
        entry: program.entry, initialRoot: try image.merkleRoot(dimensions), dimensions: dimensions)
    } catch { throw .memoryCircuit(error) }
  }
}
