import WeftMachine
import WeftMemory

/// What a recorded run did: how often every instruction retired, and which memory was accessed when.
///
/// Read from the records in one pass, so that looking at a run costs no second one.
public struct RunActivity: Sendable {
  /// Instructions by mnemonic, most first.
  public let opcodes: [Profile.Share]
  /// Instructions by the function they stand in, most first. Code without a symbol goes by its address.
  public let functions: [Profile.Share]
  /// A map for every address space that was accessed, in the order of their numbers.
  public let maps: [AccessMap]

  /// - Parameters:
  ///   - run: a run of `program` with instruction records.
  ///   - table: the instructions of the machine it ran on.
  /// - Throws: `program` for runs without such records.
  public init(_ run: borrowing Run, program: RV32Program, table: InstructionTable) throws(MachineError) {
    guard let records = run.records, records.stride == InstructionRecord.stride, records.drainedCount == 0
    else { throw .program("the run kept no instruction records") }
    let accesses = try CodeAccesses(run, program: program, table: table)
    var counter = ActivityCounter(accesses, spaces: run.memory.configuration.spaces)
    counter.read(records, memory: run.memory.records, emulates: program.options.misalignedAccess == .emulate)
    counter.read(run.memory.records)

    var opcodes: [String: UInt64] = [:]
    var functions: [String: UInt64] = [:]
    for (slot, count) in counter.instructionCounts.enumerated() where count > 0 {
      let address = accesses.start &+ UInt32(4 * slot)
      let entry = table.index(ofRV32: accesses.words[slot])
      opcodes[entry.map { table.entries[$0].executor.mnemonic } ?? "no instruction", default: 0] += count
      functions[program.symbols.location(of: address)?.function ?? hexadecimal(address), default: 0] += count
    }
    self.opcodes = Self.sorted(opcodes)
    self.functions = Self.sorted(functions)
    maps = counter.maps.filter { $0.accesses > 0 }
  }

  private static func sorted(_ counts: [String: UInt64]) -> [Profile.Share] {
    counts.map { Profile.Share(name: $0.key, instructions: $0.value) }.sorted {
      ($1.instructions, $0.name) < ($0.instructions, $1.name)
    }
  }
}

/// The accesses that the instructions of a program make, slot by slot.
private struct CodeAccesses {
  /// Of one instruction. Access k is made k ticks after the instruction's time.
  struct Slot {
    /// Registers read by the first and the second access, written by the last; -1 for none.
    var first: Int8 = -1
    var second: Int8 = -1
    var last: Int8 = -1
    var memory = Memory.none
    var lastTick: UInt8 = 0
    var immediate: UInt32 = 0

    enum Memory: UInt8 { case none, load, store }
  }

  let start: UInt32
  private(set) var slots: [Slot] = []
  private(set) var words: [UInt32] = []

  init(_ run: borrowing Run, program: RV32Program, table: InstructionTable) throws(MachineError) {
    let base = program.options.environment.memoryBase
    let image = run.memory.initialImage
    func word(_ address: UInt32) -> UInt32 {
      let bytes = image.bytes(at: MemoryAddress(.memory, address &- base), count: 4)
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    let text = try Text(segments: program.executableRanges, table: table, memoryStart: base, read: word)
    start = text.start
    for index in text.indices {
      let word = word(text.address(of: index))
      words.append(word)
      slots.append(text.lowered(at: index).map { Slot($0, word) } ?? Slot())
    }
  }
}

extension CodeAccesses.Slot {
  /// See the table at `InstructionRecord`.
  fileprivate init(_ lowered: (operation: Operation, operands: RV32Operands), _ word: UInt32) {
    let (rs1, rs2) = (Int8(word >> 15 & 31), Int8(word >> 20 & 31))
    let rd = Int8(word >> 7 & 31)
    let result: Int8 = rd == 0 ? -1 : rd
    immediate = UInt32(bitPattern: lowered.operands.immediate)
    switch lowered.operation {
    case .idle, .service, .native: break
    case .constant, .jal: last = result
    case .jalr: (first, last, lastTick) = (rs1, result, 1)
    case .beq, .bne, .blt, .bge, .bltu, .bgeu: (first, second) = (rs1, rs2)
    case .addi, .slti, .sltiu, .xori, .ori, .andi, .slli, .srli, .srai:
      (first, last, lastTick) = (rs1, result, 2)
    case .lb, .lh, .lw, .lbu, .lhu: (first, last, lastTick, memory) = (rs1, result, 2, .load)
    case .sb, .sh, .sw: (first, second, memory) = (rs1, rs2, .store)
    case .add, .sub, .sll, .slt, .sltu, .xor, .srl, .sra, .or, .and, .mul, .mulh, .mulhsu, .mulhu, .div,
      .divu, .rem, .remu:
      (first, second, last, lastTick) = (rs1, rs2, result, 2)
    }
  }
}

/// Counts while records are read.
private struct ActivityCounter {
  private let code: CodeAccesses
  private(set) var instructionCounts: [UInt64]
  private var registers: AccessMap
  private var memory: AccessMap
  /// Of the other spaces, by number.
  private var others: [AccessMap]

  init(_ code: CodeAccesses, spaces: [AddressSpace]) {
    self.code = code
    instructionCounts = Array(repeating: 0, count: code.slots.count)
    func space(_ id: AddressSpaceID) -> AddressSpace {
      spaces.first { $0.id == id } ?? AddressSpace(id, name: "\(id)", cellCount: 1)
    }
    registers = AccessMap(space(.registers))
    memory = AccessMap(space(.memory))
    others = spaces.filter { $0.kind != .immediate && $0.id != .registers && $0.id != .memory }.map(
      AccessMap.init)
  }

  var maps: [AccessMap] { ([registers, memory] + others).sorted { $0.space.id < $1.space.id } }

  /// The instructions. Those that the host carried out have their accesses in the memory's records.
  mutating func read(_ records: RecordBuffer, memory host: borrowing MemoryRecords, emulates: Bool) {
    let count = records.count
    for number in 0..<count {
      let record = records.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: number &* InstructionRecord.stride, as: InstructionRecord.self)
      }
      let slot = Int(record.programCounter &- code.start) >> 2
      guard slot < instructionCounts.count, !record.isTrap else { continue }
      instructionCounts[slot] &+= 1
      if emulates, isEmulated(record, host) { continue }
      note(code.slots[slot], record)
    }
  }

  /// Whether the host carried a load or store out: then it accessed memory at the instruction's own time, at which no
  /// other instruction does.
  private func isEmulated(_ record: InstructionRecord, _ host: borrowing MemoryRecords) -> Bool {
    guard record.second > 0, record.firstTime == 0 else { return false }
    return host.withRecord(Int(record.first)) { header, _, _, _ in header.timestamp } == record.timestamp
  }

  @inline(__always)
  private mutating func note(_ slot: CodeAccesses.Slot, _ record: InstructionRecord) {
    let time = record.timestamp
    if slot.first >= 0 { registers.note(UInt32(slot.first) &* 4, at: time, isWrite: false) }
    if slot.second >= 0 { registers.note(UInt32(slot.second) &* 4, at: time &+ 1, isWrite: false) }
    switch slot.memory {
    case .none: break
    case .load: memory.note((record.first &+ slot.immediate) & ~3, at: time &+ 1, isWrite: false)
    case .store: memory.note((record.first &+ slot.immediate) & ~3, at: time &+ 2, isWrite: true)
    }
    if slot.last >= 0 {
      registers.note(UInt32(slot.last) &* 4, at: time &+ UInt32(slot.lastTick), isWrite: true)
    }
  }

  /// The accesses of the host.
  mutating func read(_ records: borrowing MemoryRecords) {
    for index in 0..<records.count {
      let access = records.withRecord(index) { header, kind, _, _ in (header, kind == .write) }
      guard let (header, isWrite) = access else { continue }
      let (pointer, time) = (header.pointer, header.timestamp)
      switch header.access.space {
      case .registers: registers.note(pointer, at: time, isWrite: isWrite)
      case .memory: memory.note(pointer, at: time, isWrite: isWrite)
      case let space:
        if let place = others.firstIndex(where: { $0.space.id == space }) {
          others[place].note(pointer, at: time, isWrite: isWrite)
        }
      }
    }
  }
}
