import WeftMachine
import WeftRV32

/// The records of a run, sorted to the chips that explain them.
struct SortedRecords {
  private let records: RunRecords
  /// The program, with second lines for what the host emulated.
  private(set) var program: CircuitProgram
  /// Numbers of records by chip: the executors in their order, phantoms, what the host carried out.
  private var lists: [[UInt32]]
  /// The chip of stores.
  private let store: Int
  private var substitutes: [InstructionRecord] = []

  private static let executors = RV32Circuit.executors(.zero)
  private static var phantom: Int { executors.count }
  private static var host: Int { phantom + 1 }

  init(_ records: RunRecords, _ program: CircuitProgram, threads: Int) {
    self.records = records
    self.program = program
    var chipOfOpcode: [CircuitOpcode: Int] = [.phantom: Self.phantom]
    for (index, chip) in Self.executors.enumerated() {
      for opcode in type(of: chip).opcodes { chipOfOpcode[opcode] = index }
    }
    let chipOfSlot = program.instructions.indices.map { slot in
      let chip = program.isPresent[slot] ? chipOfOpcode[program.instructions[slot].opcode] : nil
      return UInt8(chip ?? Self.host)
    }
    lists = RecordSorter(
      records.buffer, firstAddress: program.firstAddress, chipOfSlot: chipOfSlot, chipCount: Self.host + 1,
      threads: threads
    ).sorted()
    store = chipOfOpcode[.storeWord] ?? Self.host
    noteReveals()
    if program.source.options.misalignedAccess == .emulate {
      moveEmulated(Set([CircuitOpcode.loadWord, .loadByte].compactMap { chipOfOpcode[$0] }))
    }
  }

  /// Numbers of the records of stores of public values, which are stores to the chip and services to the host.
  private var revealed: [UInt32] = []

  private mutating func noteReveals() {
    guard program.hasReveals else { return }
    revealed = lists[store].filter { number in
      program[records[Int(number)].programCounter]?.e == 3
    }
  }

  /// Gives loads and stores that the host emulated to the chip of services. A service's accesses have its time; no
  /// other instruction has accesses in the memory's records.
  private mutating func moveEmulated(_ chips: Set<Int>) {
    var addresses: Set<UInt32> = []
    var emulated: [UInt32] = []
    let memory = records.memory
    for chip in chips {
      lists[chip] = lists[chip].filter { number in
        let record = records[Int(number)]
        let first = records.firstAccess(of: record)
        let time = memory.inputs.records.withRecord(first) { header, _, _, _ in header.timestamp }
        let isService = record.second > 0 && record.firstTime == 0 && time == record.timestamp
        guard isService, !revealed.contains(number) else { return true }
        emulated.append(number)
        addresses.insert(record.programCounter)
        return false
      }
    }
    guard !emulated.isEmpty else { return }
    lists[Self.host] = (lists[Self.host] + emulated).sorted()
    program = program.emulating(addresses)
  }

  /// The numbers of the records that the host carried out, ascending. They are forgotten here.
  mutating func takeHost() -> [UInt32] {
    let numbers = revealed.isEmpty ? lists[Self.host] : (lists[Self.host] + revealed).sorted()
    lists[Self.host] = []
    return numbers
  }

  /// Puts records of stores in the place of what the host recorded for stores of public values.
  mutating func substitute(_ reveals: [(number: UInt32, record: InstructionRecord)]) {
    var places: [(place: Int, number: UInt32)] = []
    substitutes = reveals.map(\.record)
    for (index, reveal) in reveals.enumerated() {
      var (low, high) = (0, lists[store].count)
      while low < high {
        let middle = (low &+ high) / 2
        if lists[store][middle] < reveal.number { low = middle &+ 1 } else { high = middle }
      }
      if low < lists[store].count { places.append((low, UInt32(records.count + index))) }
    }
    for (place, number) in places { lists[store][place] = number }
  }

  /// Loads and stores by aligned addresses, stores of public values among them.
  var stores: ExecutorRecords { view(lists[store]) }

  /// What an executor fills its rows from. Its list is forgotten here.
  mutating func executor(_ index: Int) -> ExecutorRecords { take(index) }

  mutating func phantoms() -> ExecutorRecords { take(Self.phantom) }

  private mutating func take(_ chip: Int) -> ExecutorRecords {
    let numbers = lists[chip]
    lists[chip] = []
    return view(numbers)
  }

  private func view(_ numbers: [UInt32]) -> ExecutorRecords {
    ExecutorRecords(
      records.buffer, indexes: numbers, substitutes: substitutes, program: program.instructions,
      firstAddress: program.firstAddress, addressBase: program.addressBase)
  }
}
