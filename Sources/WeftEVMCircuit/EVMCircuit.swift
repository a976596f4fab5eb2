import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit

/// All AIRs of EVM runs, in a fixed order, and how a recorded run becomes their traces.
///
/// ```swift
/// let run = try machine.finalize()
/// let circuit = try EVMCircuit(memory: run.memory.configuration)
/// let made = try circuit.makeTraces(of: run)
/// let report = try circuit.check(made)
/// ```
///
/// What is constrained is memory: every access that the run has made to stack, memory, call data, return data, storage
/// and context happened at its time, in its order, and found what the access before it had left. What instructions mean
/// is not: which accesses a run makes, and what they write, is the host's word.
public struct EVMCircuit: Sendable {
  /// Rows that an AIR may have.
  public static var rowLimit: Int { 1 << 24 }

  public let system: AIRSystem
  public let memory: MemoryCircuit
  private let spaces: [AddressSpace]

  /// The circuit of runs whose memory has a configuration.
  /// - Throws: `memoryCircuit` for a configuration that no recorded run can have.
  public init(memory configuration: MemoryConfiguration) throws(EVMCircuitError) {
    do throws(MemoryCircuitError) {
      memory = try MemoryCircuit(configuration, interface: .imageTable)
    } catch { throw .memoryCircuit(error) }
    spaces = configuration.spaces.filter { $0.kind == .byte && $0.blockSize == 32 }
    var members: [AIRSystem.Member] = []
    func add(_ id: Int, _ air: any AIR, isRequired: Bool = false) throws(CircuitError) {
      members.append(
        AIRSystem.Member(id: id, air: air, description: try air.description(), isRequired: isRequired))
    }
    do throws(CircuitError) {
      try add(0, EVMRunChip(), isRequired: true)
      try add(1, RangeTable(), isRequired: true)
      try add(2, BitwiseTable(), isRequired: true)
      for (index, air) in memory.airs.enumerated() {
        try add(64 + index, air, isRequired: air is any Chip<ImageBlocks>)
      }
      for space in spaces { try add(1024 + Int(space.id.rawValue), HostAccessChip<32>(space)) }
      try add(1024 + Int(AddressSpaceID.firstContext.rawValue), HostContextAccessChip())
    } catch { throw .trace(.badDescription(error)) }
    system = AIRSystem(members, rowLimit: Self.rowLimit)
  }

  /// Makes the traces of a recorded run. Their bytes do not depend on the number of threads.
  ///
  /// - Throws: `notRecorded`, `unexplained` for accesses that no EVM run makes, `tooTall`, `trace` without memory.
  public func makeTraces(
    of run: consuming Run, threads: Int = Parallel.processorCount
  ) throws(EVMCircuitError) -> EVMTraces {
    guard run.memory.mode == .recorded(.accessLog) else { throw .notRecorded }
    let (outcome, counts, timestamp) = (run.outcome, run.instructionCounts, run.memory.timestamp)
    let memoryJobs: MemoryTraceJobs
    do throws(MemoryCircuitError) {
      memoryJobs = try memory.traceJobs(run.takeMemory())
    } catch { throw .memoryCircuit(error) }
    let accesses = try accesses(of: memoryJobs.source)
    var jobs = [
      try job(EVMRunChip(), timestamp), TraceJob(table: RangeTable()), TraceJob(table: BitwiseTable()),
    ]
    jobs += memoryJobs.jobs
    for space in spaces {
      if let records = accesses[space.id] { jobs.append(try job(HostAccessChip<32>(space), records)) }
    }
    if let records = accesses[.firstContext] { jobs.append(try job(HostContextAccessChip(), records)) }
    let traces: TraceSet
    do throws(TraceError) {
      traces = try TraceGenerator(threads: threads).generate(jobs)
    } catch { throw .trace(error) }
    return EVMTraces(
      traces: traces, outcome: outcome, accessCount: accesses.values.reduce(0) { $0 + $1.accesses.count },
      unconstrained: counts)
  }

  /// Checks the traces of a run against this circuit and the start image.
  public func check(_ made: EVMTraces, checker: Checker = Checker()) throws(TraceError) -> CheckReport {
    try system.check(made.traces, committed: made.committed, checker: checker)
  }

  private func job<C: Chip>(_ chip: C, _ records: C.Records) throws(EVMCircuitError) -> TraceJob {
    if let rows = chip.rowCount(for: records), rows > Self.rowLimit {
      throw .tooTall(air: chip.name, rows: rows, limit: Self.rowLimit)
    }
    return TraceJob(chip, records: records, description: system.description(chip.name))
  }

  /// All accesses in the order of time, sorted to chips.
  private func accesses(
    of source: MemoryTraceSource
  ) throws(EVMCircuitError) -> [AddressSpaceID: HostAccessRecords] {
    let known = Dictionary(spaces.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var sorted: [AddressSpaceID: HostAccessRecords] = [:]
    let count = source.inputs.records.count
    for index in 0..<count {
      let isExplained = source.inputs.records.withRecord(index) { header, _, data, previous in
        let space = header.access.space
        let key = space.isContext ? .firstContext : space
        guard let pattern = space.isContext ? HostContextAccessChip.pattern : known[space], data.count == 32
        else { return false }
        sorted[key, default: HostAccessRecords(pattern)].append(
          HostAccessRecords.Access(
            step: HostStep(
              nextPC: 0, timestamp: header.timestamp, mayUseRegisters: false, isLast: index == count - 1),
            pointer: header.pointer, previousTime: header.previousTimestamp, space: space),
          data: data.bytes, previous: previous.bytes)
        return true
      }
      guard isExplained == true else { throw .unexplained(record: index) }
    }
    return sorted
  }
}
