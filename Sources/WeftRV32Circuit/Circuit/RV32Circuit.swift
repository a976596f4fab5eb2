import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// All AIRs of RV32 runs, in a fixed order, and how a recorded run becomes their traces.
///
/// ```swift
/// let program = try CircuitProgram(elf, table: machine.table)
/// let run = try machine.finalize()
/// let circuit = try RV32Circuit(memory: run.memory.configuration, instructions: machine.table)
/// let made = try circuit.makeTraces(of: run, program: program)
/// let report = try circuit.check(made)
/// ```
///
/// One circuit serves all programs of one environment on memories of one configuration, with the instructions of the same
/// extensions. With persistent memory its runs may be segments of longer ones: they begin and end with Merkle roots, and
/// public values are proven from the last root. Its program counters and memory
/// pointers are distances from the start of the environment's memory.
public struct RV32Circuit: Sendable {
  /// An AIR of the circuit.
  public typealias Member = AIRSystem.Member

  /// Rows that an AIR may have.
  public static var rowLimit: Int { 1 << 24 }

  /// In the order of their numbers.
  public let members: [Member]
  public let memory: MemoryCircuit
  public let environment: GuestEnvironment
  let addressBase: AddressBase
  /// The boundary of public values; nil with persistent memory, where they are like all other memory.
  let publicValues: PublicValuesBoundaryChip?
  private let descriptions: [String: AIRDescription]

  /// The executors, whose instructions are one row each.
  static func executors(_ base: AddressBase) -> [any ExecutorChip] {
    [
      BaseAluChip(), LessThanChip(), ShiftChip(), LoadStoreChip(addressBase: base),
      LoadSignExtendChip(addressBase: base), BranchEqualChip(), BranchLessThanChip(),
      JalLuiChip(addressBase: base), JalrChip(addressBase: base), AuipcChip(addressBase: base), MulChip(),
      MulHighChip(), DivRemChip(),
    ]
  }
  let executors: [any ExecutorChip]
  /// The chips of extensions, in the order of their numbers.
  let extensions: [ExtensionChip]

  /// The circuit of runs whose memory has a configuration.
  /// - Parameters:
  ///   - environment: that of the programs; the machine environment has traps that programs go on from.
  ///   - interface: how memory is tied to the world outside: by the program's image, or by roots.
  ///   - table: the instructions of the machine: those of extensions bring their chips.
  /// - Throws: `memoryCircuit` for a configuration that no recorded run can have, `tooManyPublicValues`,
  ///   `unsoundChips` for chips of extensions that break a rule.
  public init(
    memory configuration: MemoryConfiguration, environment: GuestEnvironment = .user,
    interface: MemoryInterface = .imageTable, instructions table: InstructionTable? = nil
  ) throws(RV32CircuitError) {
    let provable = table?.provableInstructions ?? []
    let problems = table.map { ExtensionLint.problems(of: $0) } ?? []
    guard problems.isEmpty else { throw .unsoundChips(problems) }
    self.environment = environment
    addressBase = try AddressBase(environment.memoryBase)
    executors = Self.executors(addressBase)
    extensions = provable.compactMap { [addressBase] in ExtensionChip($0, addressBase: addressBase) }
      .sorted { $0.opcode < $1.opcode }
    do throws(MemoryCircuitError) {
      memory = try MemoryCircuit(
        configuration, interface: interface, separateSpaces: [.publicValues])
    } catch { throw .memoryCircuit(error) }
    let words = configuration.space(.publicValues)?.cellCount ?? 0
    publicValues =
      interface == .persistent
      ? nil : try PublicValuesBoundaryChip(wordCount: Int(clamping: (words + 3) / 4))

    var members: [Member] = []
    func add(_ id: Int, _ air: any AIR, isRequired: Bool = false) throws(CircuitError) {
      members.append(
        Member(id: id, air: air, description: try air.description(), isRequired: isRequired))
    }
    do throws(CircuitError) {
      let system: [(air: (any AIR)?, isRequired: Bool)] = [
        (ProgramAIR(), true), (ConnectorChip(), true), (publicValues, true), (PhantomChip(), false),
        (HintStoreChip(addressBase: addressBase), false), (EnvironmentCallChip(), false),
        (ServiceChip(), false),
        (HostIdleChip(), false), (RangeTable(), true), (BitwiseTable(), true),
      ]
      for (id, (air, isRequired)) in system.enumerated() {
        if let air { try add(id, air, isRequired: isRequired) }
      }
      if environment == .machine { try add(system.count, TrapChip()) }
      for (index, chip) in executors.enumerated() { try add(16 + index, chip) }
      // What the start image holds must not be left out: its blocks would begin with zeros.
      let required = Set(memory.requiredAIRs)
      for (index, air) in memory.airs.enumerated() {
        let first = interface == .persistent ? 512 : 64
        try add(first + index, air, isRequired: required.contains(air.name))
      }
      for space in configuration.spaces where space.kind != .immediate {
        try add(1024 + Int(space.id.rawValue), Self.hostAccess(space))
      }
      if configuration.contextLimit > 0 {
        try add(1024 + Int(AddressSpaceID.firstContext.rawValue), HostContextAccessChip())
      }
      // By their words, which no two share: the number does not depend on what else is there.
      for chip in extensions { try add(Int(chip.opcode), chip) }
    } catch { throw .trace(.badDescription(error)) }
    self.members = members
    descriptions = Dictionary(
      members.map { ($0.description.name, $0.description) }, uniquingKeysWith: { first, _ in first })
  }

  /// The chip of the host's accesses to a space.
  static func hostAccess(_ space: AddressSpace) -> any Chip<HostAccessRecords> {
    if space.id == .registers { return HostRegisterChip() }
    return switch space.blockSize {
    case 1: HostAccessChip<1>(space)
    case 2: HostAccessChip<2>(space)
    case 4: HostAccessChip<4>(space)
    case 8: HostAccessChip<8>(space)
    case 16: HostAccessChip<16>(space)
    default: HostAccessChip<32>(space)
    }
  }

  /// The work of filling a chip, which is described already.
  func job<C: Chip>(_ chip: C, _ records: C.Records) throws(RV32CircuitError) -> TraceJob {
    if let rows = chip.rowCount(for: records), rows > Self.rowLimit {
      throw .tooTall(air: chip.name, rows: rows, limit: Self.rowLimit)
    }
    return TraceJob(chip, records: records, description: descriptions[chip.name])
  }

  func job(table: any LookupTable) -> TraceJob {
    TraceJob(table: table, description: descriptions[table.name])
  }

  /// What the lint has to know of the system: the buses of time and of the program, and whose opcodes are whose.
  ///
  /// Some AIRs pass time on in other ways than an instruction in one place: the connector begins and ends it; an
  /// instruction that the host carries out takes its ticks one row each, from one AIR to the next; a loop of an extension
  /// passes it on from row to row.
  public var lintOptions: SymbolicLint.Options {
    var options = SymbolicLint.Options()
    options.timeBus = (Bus.execution.number, 1)
    options.programBus = (Bus.program.number, 1)
    options.timeExemptions = Set(
      members.map(\.description).filter { air in
        air.name == ConnectorChip().name || air.name == ServiceChip().name
          || air.interactions.contains { $0.bus == .host && $0.role == .receive }
      }.map(\.name))
    func note(_ name: String, _ opcodes: [CircuitOpcode]) {
      options.opcodes[name] = Set(opcodes.map(\.rawValue))
    }
    for chip in executors { note(chip.name, type(of: chip).opcodes) }
    note(ConnectorChip().name, [.terminate])
    note(PhantomChip().name, PhantomChip.opcodes)
    note(HintStoreChip().name, HintStoreChip.opcodes)
    note(EnvironmentCallChip().name, EnvironmentCallChip.opcodes)
    note(ServiceChip().name, ServiceChip.opcodes)
    for chip in extensions {
      options.opcodes[chip.name] = [chip.opcode]
      if !chip.hasConstantTime { options.timeExemptions.insert(chip.name) }
    }
    return options
  }
}
