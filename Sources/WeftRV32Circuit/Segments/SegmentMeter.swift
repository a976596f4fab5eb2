import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// Tells from what a metered run counts how tall the traces of the present segment would be.
struct SegmentMeter: Sendable {
  /// Rows of every AIR whose height depends on the run, before padding, and the time they take.
  struct Measure: Sendable {
    var rows: [Int]
    var time: Int
  }

  private struct Member: Sendable {
    let name: String
    let columns: Int
    let interactions: Int
  }

  private let members: [Member]
  private let places: [String: Int]
  private let limits: SegmentLimits
  /// The kind of every slot of the machine's text.
  private let kinds: [UInt16]
  private let executorNames: [String]
  /// Chips of extensions, and whether their executions take several rows.
  private let extensions: [(name: String, isLoop: Bool)]
  private let adapterNames: [Int: String]
  /// By the cells of a block at the boundary.
  private let boundaryNames: [Int: String]
  private let hostAccessNames: [AddressSpaceID: String]
  private let merkleName: String
  /// Whether loads and stores may be carried out by the host.
  private let emulates: Bool

  /// What becomes of an instruction: executors have the first numbers, chips of extensions the last.
  private enum Kind {
    static let phantom = 0, hintWord = 1, hintBuffer = 2, call = 3, service = 4, none = 5
    static let count = 6
  }

  init(
    _ circuit: RV32Circuit, _ program: CircuitProgram, _ limits: SegmentLimits,
    textAddresses: (first: UInt32, count: Int)
  ) {
    self.limits = limits
    let fixed: Set = [ProgramAIR().name, RangeTable().name, BitwiseTable().name]
    members = circuit.members.map(\.description).filter { !fixed.contains($0.name) }.map {
      Member(
        name: $0.name, columns: $0.cachedColumns.reduce($0.mainColumns.count) { $0 + $1.count },
        interactions: $0.interactions.count)
    }
    places = Dictionary(
      members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    executorNames = circuit.executors.map(\.name)
    extensions = circuit.extensions.map { ($0.name, $0.content.isLoop) }
    adapterNames = Dictionary(
      circuit.memory.adapters.chips.map { ($0.size, $0.chip.name) }, uniquingKeysWith: { first, _ in first })
    boundaryNames = circuit.memory.persistentBoundaryNames
    merkleName = MemoryMerkleChip(circuit.memory.dimensions).name
    hostAccessNames = Dictionary(
      circuit.memory.configuration.spaces.filter { $0.kind != .immediate }.map {
        ($0.id, RV32Circuit.hostAccess($0).name)
      }, uniquingKeysWith: { first, _ in first })
    emulates = program.source.options.misalignedAccess == .emulate
    var kindOfOpcode: [CircuitOpcode: Int] = [:]
    for (index, chip) in circuit.executors.enumerated() {
      for opcode in type(of: chip).opcodes { kindOfOpcode[opcode] = index }
    }
    let others: [CircuitOpcode: Int] = [
      .phantom: Kind.phantom, .hintStoreWord: Kind.hintWord, .hintBuffer: Kind.hintBuffer,
      .environmentCall: Kind.call, .service: Kind.service,
    ]
    let executorCount = circuit.executors.count
    let kindOfKey = Dictionary(
      circuit.extensions.enumerated().map { ($1.key, executorCount + Kind.count + $0) },
      uniquingKeysWith: { first, _ in first })
    kinds = (0..<textAddresses.count).map { slot in
      let instruction = program[textAddresses.first &+ 4 &* UInt32(truncatingIfNeeded: slot)]
      let kind = instruction.map { instruction in
        instruction.opcode == .extensionInstruction
          ? kindOfKey[instruction.key] ?? executorCount + Kind.service
          : kindOfOpcode[instruction.opcode] ?? executorCount + (others[instruction.opcode] ?? Kind.none)
      }
      return UInt16(truncatingIfNeeded: kind ?? executorCount + Kind.none)
    }
  }

  /// What the present segment of a metered run has come to.
  func measure(_ machine: borrowing Machine) throws(RV32CircuitError) -> Measure {
    let reading: MeterReading?
    do throws(MachineError) {
      reading = try machine.meterReading(
        kinds: kinds, kindCount: executorNames.count + Kind.count + extensions.count)
    } catch { throw .machine(error) }
    guard let reading else { throw .notRecorded("a run is cut in metered mode, with persistent memory") }
    let executorCount = executorNames.count
    func retired(_ kind: Int) -> Int { reading.retired[executorCount + kind] }
    let emulated = emulates ? reading.services[..<executorCount].reduce(0, +) : 0
    // A chip that is not known here stands for services.
    let services = retired(Kind.service) + emulated
    var rows = [Int](repeating: services, count: members.count)
    func set(_ name: String, _ count: Int) {
      if let place = places[name] { rows[place] = count }
    }
    set(ConnectorChip().name, 2)
    set(PhantomChip().name, retired(Kind.phantom))
    // A word of hints takes three ticks.
    let bufferTicks = reading.serviceTicks[executorCount + Kind.hintBuffer]
    set(HintStoreChip(addressBase: .zero).name, retired(Kind.hintWord) + bufferTicks / 3)
    set(EnvironmentCallChip().name, retired(Kind.call))
    set(ServiceChip().name, services)
    let accesses = reading.hostAccesses.values.reduce(0, +)
    set(HostIdleChip().name, max(0, reading.clock - 1 - accesses))
    set(TrapChip().name, reading.traps)
    for (index, name) in executorNames.enumerated() { set(name, reading.retired[index]) }
    for (index, chip) in extensions.enumerated() {
      let kind = executorCount + Kind.count + index
      // Every row of a loop takes time.
      set(chip.name, chip.isLoop ? reading.serviceTicks[kind] : reading.retired[kind])
    }
    for (space, name) in hostAccessNames { set(name, reading.hostAccesses[space] ?? 0) }

    let memory = reading.memory
    for (size, name) in boundaryNames { set(name, memory.boundaries[size] ?? 0) }
    set(merkleName, memory.merkle)
    set(Poseidon2Chip().name, memory.boundary + memory.merkle)
    for (size, name) in adapterNames { set(name, memory.adapters[size] ?? 0) }
    let time = 3 * reading.retired.reduce(0, +) + reading.clock + reading.traps
    return Measure(rows: rows, time: time)
  }

  /// Which limit a segment would pass; nil where it keeps all of them.
  func excess(_ measure: Measure) -> String? {
    if measure.time > SegmentLimits.lastTimestamp {
      return "it ends at time \(measure.time), the limit is \(SegmentLimits.lastTimestamp)"
    }
    for (member, rows) in zip(members, measure.rows) where rows > 0 {
      if Trace.paddedHeight(rows) > limits.rows {
        return
          "AIR \(member.name): \(rows) rows, padded \(Trace.paddedHeight(rows)), the limit is \(limits.rows)"
      }
    }
    let size = size(measure)
    if size.cells > limits.cells { return "\(size.cells) cells, the limit is \(limits.cells)" }
    if size.interactions > limits.interactions {
      return "\(size.interactions) interactions, the limit is \(limits.interactions)"
    }
    return nil
  }

  private func size(_ measure: Measure) -> (height: Int, cells: Int, interactions: Int) {
    var (tallest, cells, interactions) = (0, 0, 0)
    for (member, rows) in zip(members, measure.rows) where rows > 0 {
      let height = Trace.paddedHeight(rows)
      tallest = max(tallest, height)
      cells += height * member.columns
      interactions += height * member.interactions
    }
    return (tallest, cells, interactions)
  }

  /// The size of a segment with its parts by name.
  func segmentSize(_ measure: Measure) -> SegmentSize {
    let (height, cells, interactions) = size(measure)
    let rows = zip(members, measure.rows).filter { $1 > 0 }.map { ($0.name, $1) }
    return SegmentSize(
      rows: Dictionary(rows, uniquingKeysWith: { first, _ in first }), height: height, cells: cells,
      interactions: interactions)
  }
}

extension SegmentMeter.Measure {
  /// What a segment would come to after further instructions like those since `earlier`.
  func projected(since earlier: Self, instructions: UInt64, further: UInt64) -> Self {
    func project(_ now: Int, _ before: Int) -> Int {
      let grown = Double(max(0, now - before)) * Double(further) / Double(max(instructions, 1))
      return now + Int(min(grown.rounded(.up), 1e15))
    }
    return Self(rows: zip(rows, earlier.rows).map(project), time: project(time, earlier.time))
  }
}
