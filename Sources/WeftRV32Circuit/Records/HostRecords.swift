import WeftField
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// What the host did for the instructions that handlers do not carry out, sorted to chips: environment calls, services,
/// hints, public values.
struct HostRecords: Sendable {
  private(set) var calls: [EnvironmentCallRecord] = []
  private(set) var services: [ServiceRecord] = []
  private(set) var hints = HintStoreRecords()
  private(set) var idle: [HostStep] = []
  private(set) var traps: [TrapRecord] = []
  private(set) var accesses: [AddressSpaceID: HostAccessRecords] = [:]
  /// Stores of public values: the numbers of their records, and records as stores have them.
  private(set) var reveals: [(number: UInt32, record: InstructionRecord)] = []
  /// Instructions of extensions that have chips, by their keys.
  private(set) var extensions: [UInt32: [ExtensionRecords.Execution]] = [:]
  /// How often instructions were executed that no chip explains, by name; and traps.
  private(set) var unconstrained: [String: Int] = [:]
  /// The last instruction that ended the program, if one did.
  private(set) var end: (number: Int, record: ConnectorRecord.End)?

  private let run: RunRecords
  private let program: CircuitProgram
  private let spaces: [AddressSpaceID: AddressSpace]
  /// Where the program goes on after the last record.
  private let finalPC: UInt32
  private var stepCount = 0

  init(_ run: RunRecords, _ program: CircuitProgram, spaces: [AddressSpace], finalPC: UInt32) {
    self.run = run
    self.program = program
    self.spaces = Dictionary(spaces.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.finalPC = finalPC
  }

  /// Takes in the records with the given numbers, ascending.
  mutating func read(_ numbers: [UInt32]) throws(RV32CircuitError) {
    for number in numbers { try read(Int(number)) }
  }

  private mutating func read(_ number: Int) throws(RV32CircuitError) {
    let record = run[number]
    if record.isTrap { return try readTrap(number, record) }
    guard let instruction = program[record.programCounter] else {
      throw .foreignRun("record \(number): no instruction at \(hexadecimal(record.programCounter))")
    }
    switch instruction.opcode {
    case .terminate: end = (number, .terminated(code: instruction.c.canonical))
    case .environmentCall: try readCall(number, record)
    case .hintStoreWord, .hintBuffer: try readHint(record, instruction)
    case .storeWord where instruction.e == 3: try readReveal(number, record)
    case .service: try readService(number, record, instruction)
    case .extensionInstruction: try readExtension(number, record, instruction.key)
    default:
      // A load or store that the host emulated.
      let word = CircuitProgram.word(at: record.programCounter, of: program.source)
      try readService(number, record, .service(word: word, mayJump: false))
    }
  }

  private func nextPC(_ number: Int) -> UInt32 {
    number + 1 < run.count ? run[number + 1].programCounter : finalPC
  }

  private func unexplained(_ record: InstructionRecord, _ reason: String) -> RV32CircuitError {
    let address = record.programCounter
    return .unexplained(address: address, instruction: program.name(at: address), reason: reason)
  }

  private mutating func readTrap(_ number: Int, _ record: InstructionRecord) throws(RV32CircuitError) {
    let (pc, next) = (record.programCounter, nextPC(number))
    for address in [pc, next] where !program.reaches(address) { throw .addressTooLarge(UInt64(address)) }
    traps.append(
      TrapRecord(pc: program.distance(pc), timestamp: record.timestamp, nextPC: program.distance(next)))
    unconstrained[RV32Traces.trap, default: 0] += 1
  }

  // MARK: Instructions

  private mutating func readCall(_ number: Int, _ record: InstructionRecord) throws(RV32CircuitError) {
    let first = run.firstAccess(of: record)
    func register(_ offset: Int, _ index: UInt32) throws(RV32CircuitError) -> Word {
      try word(first + offset, .registers, 4 * index, of: record)
    }
    guard record.second >= 6 else { throw unexplained(record, "\(record.second) accesses, a call makes 6") }
    let (a7, a0) = (try register(0, 17), try register(1, 10))
    let (a1, a2) = (try register(2, 11), try register(3, 12))
    let result = try register(4, 10).data
    let isIdle = run.memory.inputs.records.withRecord(first + 5) { _, _, _, _ in } == nil
    let second = isIdle ? nil : try register(5, 11).data
    let call = EnvironmentCallRecord(
      pc: program.distance(record.programCounter), timestamp: record.timestamp, number: a7.register,
      a0: a0.register,
      a1: a1.register, a2: a2.register, result: result, second: second, continues: record.second > 6)
    if call.isExit {
      guard number == run.count - 1 else { throw unexplained(record, "the program goes on after its end") }
      end = (number, .called(code: a0.data))
    } else {
      guard nextPC(number) == record.programCounter &+ 4 else {
        throw unexplained(record, "the call jumps, which calls do not")
      }
      let name = program.table.systemCalls[a7.data]?.name ?? "\(a7.data)"
      unconstrained["ecall \(name)", default: 0] += 1
    }
    calls.append(call)
    try readSteps(
      record, entries: first + 6..<first + Int(record.second), time: record.timestamp &+ 6,
      HostStep(
        nextPC: program.distance(record.programCounter) &+ 4, timestamp: 0, mayUseRegisters: false,
        isLast: false))
  }

  private mutating func readService(
    _ number: Int, _ record: InstructionRecord, _ instruction: CircuitInstruction
  ) throws(RV32CircuitError) {
    let next = nextPC(number)
    guard !instruction.c.isZero || next == record.programCounter &+ 4 else {
      throw unexplained(record, "the instruction jumps, which it should not")
    }
    services.append(
      ServiceRecord(
        pc: program.distance(record.programCounter), timestamp: record.timestamp, instruction: instruction,
        nextPC: program.distance(next), continues: record.previous > 0))
    unconstrained[program.name(at: record.programCounter), default: 0] += 1
    let first = run.firstAccess(of: record)
    try readSteps(
      record, entries: first..<first + Int(record.second), time: record.timestamp,
      HostStep(nextPC: program.distance(next), timestamp: 0, mayUseRegisters: true, isLast: false))
  }

  private mutating func readExtension(
    _ number: Int, _ record: InstructionRecord, _ key: UInt32
  ) throws(RV32CircuitError) {
    let address = record.programCounter
    guard nextPC(number) == address &+ 4 else {
      throw unexplained(record, "the instruction jumps, which its chip does not")
    }
    let word = CircuitProgram.word(at: address, of: program.source)
    let registers = program.table.index(ofRV32: word).flatMap {
      program.table.entries[$0].executor.chip?.registers
    }
    let accesses = Int(record.second) - (registers?.accessCount ?? 0)
    guard accesses >= 0 else {
      throw unexplained(record, "\(record.second) accesses are fewer than those to its registers")
    }
    extensions[key, default: []].append(
      ExtensionRecords.Execution(
        programCounter: address, word: word, timestamp: record.timestamp,
        firstEntry: run.firstAccess(of: record), accessCount: accesses))
  }

  private mutating func readHint(
    _ record: InstructionRecord, _ instruction: CircuitInstruction
  ) throws(RV32CircuitError) {
    var entry = run.firstAccess(of: record)
    let end = entry + Int(record.second)
    let pointer = try word(entry, .registers, instruction.b.canonical, of: record)
    entry += 1
    var wordsTime: UInt32 = 0
    if instruction.opcode == .hintBuffer {
      wordsTime = try word(entry, .registers, instruction.a.canonical, of: record).previousTime
      entry += 1
    }
    hints.instructions.append(
      HintStoreRecords.Instruction(
        pc: program.distance(record.programCounter), timestamp: record.timestamp, instruction: instruction,
        pointer: pointer.data, pointerTime: pointer.previousTime, wordsTime: wordsTime,
        firstWord: hints.words.count))
    // Idle ticks stand between the words.
    while entry < end {
      if let stored = run.memory.inputs.records.withRecord(entry, { Word($0, $2, $3) }) {
        hints.words.append(
          HintStoreRecords.Word(
            data: stored.data, previous: stored.previous, previousTime: stored.previousTime))
      }
      entry += 1
    }
  }

  private mutating func readReveal(_ number: Int, _ record: InstructionRecord) throws(RV32CircuitError) {
    let first = run.firstAccess(of: record)
    let instruction = program.instructions[program.slot(of: record.programCounter) ?? 0]
    let base = try word(first, .registers, instruction.b.canonical, of: record)
    let value = try word(first + 1, .registers, instruction.a.canonical, of: record)
    guard let stored = run.memory.inputs.records.withRecord(first + 2, { Word($0, $2, $3) }) else {
      throw unexplained(record, "no public value is written")
    }
    reveals.append(
      (
        UInt32(truncatingIfNeeded: number),
        InstructionRecord(
          programCounter: record.programCounter, timestamp: record.timestamp, first: base.data,
          firstTime: base.previousTime, second: value.data, secondTime: value.previousTime,
          previous: stored.previous, thirdTime: stored.previousTime)
      ))
  }

  // MARK: Accesses

  /// An access to a block of four bytes.
  private struct Word {
    var data: UInt32
    var previous: UInt32
    var previousTime: UInt32

    init(_ header: MemoryRecords.Header, _ data: StoredCells, _ previous: StoredCells) {
      func number(_ cells: StoredCells) -> UInt32 {
        (0..<4).reduce(0) { $0 | cells[$1] &<< UInt32(truncatingIfNeeded: 8 &* $1) }
      }
      self.data = number(data)
      self.previous = number(previous)
      previousTime = header.previousTimestamp
    }

    var register: EnvironmentCallRecord.Register {
      EnvironmentCallRecord.Register(value: data, previousTime: previousTime)
    }
  }

  /// The access at a place, which must be one to the given block.
  private func word(
    _ entry: Int, _ space: AddressSpaceID, _ pointer: UInt32, of record: InstructionRecord
  ) throws(RV32CircuitError) -> Word {
    let found = run.memory.inputs.records.withRecord(entry) { header, _, data, previous in
      header.access.space == space && header.pointer == pointer ? Word(header, data, previous) : nil
    }
    guard let word = found ?? nil else {
      throw unexplained(record, "access \(entry) is not that to \(space), pointer \(pointer)")
    }
    return word
  }

  /// Takes in the accesses and idle ticks of an instruction, one step for each.
  private mutating func readSteps(
    _ record: InstructionRecord, entries: Range<Int>, time: UInt32, _ pattern: HostStep
  ) throws(RV32CircuitError) {
    let memory = run.memory
    var step = pattern
    step.timestamp = time
    for entry in entries {
      let ticks = memory.inputs.records.ticks(at: entry)
      stepCount += Int(ticks)
      guard stepCount <= RV32Circuit.rowLimit else {
        throw .tooTall(air: "HostIdle", rows: stepCount, limit: RV32Circuit.rowLimit)
      }
      let isLastEntry = entry == entries.upperBound - 1
      let failure: RV32CircuitError?? = memory.inputs.records.withRecord(entry) {
        header, _, data, previous in
        step.isLast = isLastEntry
        return append(header, data, previous, step, of: record)
      }
      if let failure {
        if let failure { throw failure }
        step.timestamp &+= 1
        continue
      }
      for tick in 0..<ticks {
        step.isLast = isLastEntry && tick == ticks - 1
        idle.append(step)
        step.timestamp &+= 1
      }
    }
  }

  private mutating func append(
    _ header: MemoryRecords.Header, _ data: StoredCells, _ previous: StoredCells, _ step: HostStep,
    of record: InstructionRecord
  ) -> RV32CircuitError? {
    // The contexts of the EVM share a chip.
    let isContext = header.access.space.isContext
    let id = isContext ? .firstContext : header.access.space
    guard let space = isContext ? HostContextAccessChip.pattern : spaces[id] else {
      return unexplained(record, "there is no \(id)")
    }
    if id == .registers, !step.mayUseRegisters {
      return unexplained(record, "the call accesses registers besides its arguments and results")
    }
    guard header.access.count == space.blockSize else {
      return unexplained(
        record,
        "an access of \(header.access.count) cells to \(space.name), whose blocks have \(space.blockSize)")
    }
    accesses[id, default: HostAccessRecords(space)].append(
      HostAccessRecords.Access(
        step: step, pointer: header.pointer, previousTime: header.previousTimestamp,
        space: header.access.space),
      data: data.bytes, previous: previous.bytes)
    return nil
  }
}
