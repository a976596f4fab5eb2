import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

extension RV32Circuit {
  /// Makes the traces of a recorded run. The bytes depend neither on the number of threads nor on the way in which the
  /// run was recorded.
  ///
  /// A program that ended by `terminate` or by the call `exit` says so in its public values. Every other run, one that
  /// reached a limit, trapped, or that something else ended, gives the traces of what retired: then `isTerminate` is 0.
  ///
  /// - Parameter tree: the tree of persistent memory before the run, where it is known; else it is made from the image.
  /// - Throws: `notRecorded`, `foreignRun`, `addressTooLarge` for runs that leave the circuit's addresses,
  ///   `codeChanged` for those that change instructions that they execute,
  ///   `unexplained` where the host did something that has no place in the circuit, `tooTall`, `trace` without memory.
  public func makeTraces(
    of run: consuming Run, program: CircuitProgram, tree: MemoryMerkleTree? = nil,
    threads: Int = Parallel.processorCount
  ) throws(RV32CircuitError) -> RV32Traces {
    let buffer = try RunRecords.buffer(of: run, program)
    return try makeTraces(of: run, buffer, program, tree: tree, threads: threads)
  }

  /// The same from other records of the instructions than the run's own.
  func makeTraces(
    of run: consuming Run, _ buffer: RecordBuffer, _ program: CircuitProgram,
    tree: MemoryMerkleTree? = nil, threads: Int
  ) throws(RV32CircuitError) -> RV32Traces {
    guard program.source.options.environment == environment else {
      throw .foreignRun("the program is not one of the circuit's environment")
    }
    guard !run.isInsideInstruction else {
      throw .notRecorded("it has stopped inside an instruction")
    }
    guard let finalPC = UInt32(exactly: run.programCounter), program.reaches(finalPC) else {
      throw .addressTooLarge(run.programCounter)
    }
    let initialPC = UInt32(truncatingIfNeeded: run.initialProgramCounter)
    guard initialPC == program.entry || memory.interface == .persistent else {
      throw .foreignRun(
        "it begins at \(hexadecimal(initialPC)): only segments begin elsewhere than the program")
    }
    let (outcome, services, nested) = (run.outcome, run.services, run.nestedInstructionCounts)
    let (finalTimestamp, spaces) = (run.memory.timestamp, run.memory.configuration.spaces)
    let memoryJobs: MemoryTraceJobs
    do throws(MemoryCircuitError) {
      memoryJobs = try memory.traceJobs(run.takeMemory(), tree: tree, threads: threads)
    } catch { throw .memoryCircuit(error) }
    let records = RunRecords(buffer, memoryJobs.source, services: services)
    if records.count > 0, records[0].programCounter != initialPC {
      throw .foreignRun("it begins at \(hexadecimal(records[0].programCounter))")
    }

    var sorted = SortedRecords(records, program, threads: threads)
    let program = memory.interface == .persistent ? sorted.program.emulatingAll : sorted.program
    let code = environment.allowsWritableText ? ExecutedCode(records, program) : nil
    try code?.check(sorted.stores)
    var host = HostRecords(records, program, spaces: spaces, finalPC: finalPC)
    try host.read(sorted.takeHost())
    if let code {
      if let accesses = host.accesses[.memory] { try code.check(accesses) }
      for executions in host.extensions.values { try code.check(executions, memoryJobs.source) }
    }
    sorted.substitute(host.reveals)
    let connector = try Self.connector(
      records, host, outcome, program, initialPC: initialPC, finalPC: finalPC, finalTimestamp: finalTimestamp)
    let table: ProgramTable
    do throws(TraceError) { table = try ProgramTable(program) } catch { throw .trace(error) }

    // In the order of the members.
    var jobs: [TraceJob] = [
      job(table: table), try job(ConnectorChip(), connector),
    ]
    if let publicValues {
      jobs.append(try job(publicValues, publicValues.records(memoryJobs.source)))
    }
    jobs += [
      try job(PhantomChip(), sorted.phantoms()), try job(HintStoreChip(addressBase: addressBase), host.hints),
      try job(EnvironmentCallChip(), host.calls), try job(ServiceChip(), host.services),
      try job(HostIdleChip(), host.idle), job(table: RangeTable()), job(table: BitwiseTable()),
    ]
    if environment == .machine { jobs.append(try job(TrapChip(), host.traps)) }
    for (index, chip) in executors.enumerated() {
      jobs.append(try executorJob(chip, sorted.executor(index)))
    }
    jobs += memoryJobs.jobs
    for space in spaces where space.kind != .immediate {
      guard let accesses = host.accesses[space.id] else { continue }
      jobs.append(try hostJob(Self.hostAccess(space), accesses))
    }
    if let accesses = host.accesses[.firstContext] {
      jobs.append(try job(HostContextAccessChip(), accesses))
    }
    jobs += try extensionJobs(host, memoryJobs.source)
    let traces: TraceSet
    do throws(TraceError) {
      traces = try TraceGenerator(threads: threads).generate(jobs)
    } catch { throw .trace(error) }
    return RV32Traces(
      traces: traces, program: program, connector: connector, addressBase: addressBase.address,
      instructionCount: records.count - host.traps.count,
      nestedInstructionCount: nested.reduce(0) { $0 + Int(clamping: $1.count) },
      unconstrained: (host.unconstrained.map {
        RV32Traces.Unconstrained(instruction: $0.key, count: $0.value)
      }
        + nested.map {
          RV32Traces.Unconstrained(instruction: $0.mnemonic, count: Int(clamping: $0.count))
        }).sorted { ($1.count, $0.instruction) < ($0.count, $1.instruction) },
      hintWordCount: host.hints.words.count, memory: try persistentEnds(memoryJobs),
      committed: Dictionary(
        traces.airs.filter { !$0.cached.isEmpty }.map { ($0.air.name, $0.cached) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The chips of extensions, as far as their instructions were executed.
  private func extensionJobs(
    _ host: HostRecords, _ source: MemoryTraceSource
  ) throws(RV32CircuitError) -> [TraceJob] {
    var jobs: [TraceJob] = []
    var open = host.extensions
    for chip in extensions {
      guard let executions = open.removeValue(forKey: chip.key) else { continue }
      let records: ExtensionRecords
      do throws(TraceError) {
        records = try ExtensionRecords(executions, chip, source: source)
      } catch { throw .trace(error) }
      jobs.append(try job(chip, records))
    }
    guard let stranger = open.values.first?.first else { return jobs }
    throw .foreignRun(
      "the instruction at \(hexadecimal(stranger.programCounter)) has a chip, which the circuit has not: it is made "
        + "without the instruction table")
  }

  private func executorJob(
    _ chip: some ExecutorChip, _ records: ExecutorRecords
  ) throws(RV32CircuitError) -> TraceJob { try job(chip, records) }

  private func hostJob(
    _ chip: some Chip<HostAccessRecords>, _ records: HostAccessRecords
  ) throws(RV32CircuitError) -> TraceJob { try job(chip, records) }

  /// The ends of persistent memory. The image must have the root that it states.
  private func persistentEnds(_ jobs: MemoryTraceJobs) throws(RV32CircuitError) -> PersistentEnds? {
    guard let before = jobs.initialTree, let after = jobs.finalTree else { return nil }
    let source = jobs.source
    do throws(MemoryCircuitError) {
      try source.inputs.initialImage.checkStatedRoot(is: before.root.digest)
      let cells = Int(clamping: memory.configuration.space(.publicValues)?.cellCount ?? 0)
      let count = max(MemoryInterface.leafSize, Trace.paddedHeight(cells))
      let values =
        cells == 0 ? nil : try UserPublicValuesProof(count: count, of: source.inputs.image, in: after)
      return PersistentEnds(initialTree: before, finalTree: after, publicValues: values)
    } catch { throw .memoryCircuit(error) }
  }

  private static func connector(
    _ records: RunRecords, _ host: HostRecords, _ outcome: Outcome, _ program: CircuitProgram,
    initialPC: UInt32, finalPC: UInt32, finalTimestamp: UInt32
  ) throws(RV32CircuitError) -> ConnectorRecord {
    guard let (number, end) = host.end else {
      return ConnectorRecord(
        initialPC: program.distance(initialPC), finalPC: program.distance(finalPC),
        finalTimestamp: finalTimestamp, end: .stopped)
    }
    let code: UInt32 =
      switch end {
      case .terminated(let code), .called(let code): code
      case .stopped: 0
      }
    guard number == records.count - 1 else { throw .foreignRun("it goes on after the program's end") }
    guard outcome.exit == .halted(code: code) else {
      throw .foreignRun("the program ended with code \(code), the run says: \(outcome.exit)")
    }
    return ConnectorRecord(
      initialPC: program.distance(initialPC),
      finalPC: program.distance(records[number].programCounter), finalTimestamp: finalTimestamp, end: end)
  }
}
