import WeftMachine
import WeftMemory

/// Makes instruction records from the access log of a run: the slow, general way, and the oracle of the fast one.
///
/// The log is replayed for previous values and times; the program says which accesses belong to which instruction.
public struct InstructionRecordReplay: ~Copyable {
  private let text: Text
  private var memory: OfflineMemory
  private var services: ArraySlice<ServiceSpan>
  private var pc: UInt32
  /// Entries of services so far: their index in a run in the online form.
  private var serviceEntries = 0

  /// - Parameters:
  ///   - run: a run of `program` with an access log.
  ///   - table: the instructions of the machine it ran on.
  /// - Throws: `memory` when the log cannot be replayed, `program` when the program cannot be decoded.
  public init(_ run: borrowing Run, program: RV32Program, table: InstructionTable) throws(MachineError) {
    let base = program.options.environment.memoryBase
    let image = run.memory.initialImage
    let text = try Text(segments: program.executableRanges, table: table, memoryStart: base) { address in
      let bytes = image.bytes(at: MemoryAddress(.memory, address &- base), count: 4)
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    memory = try Self.replay(run)
    self.text = text
    services = run.services[...]
    pc = UInt32(truncatingIfNeeded: run.initialProgramCounter)
  }

  private static func replay(_ run: borrowing Run) throws(MachineError) -> OfflineMemory {
    do throws(MemoryError) {
      var memory = try run.memory.makeOfflineMemory()
      try memory.replay(run.memory.accessLog)
      return memory
    } catch { throw .memory(error) }
  }

  /// The records of all instructions and traps, in order.
  ///
  /// - Throws: `program` where the log does not fit the program.
  public mutating func records() throws(MachineError) -> [InstructionRecord] {
    var records: [InstructionRecord] = []
    var position = 0
    var time = Timestamp.first
    while position < memory.records.count || services.first?.firstEntry == position {
      if let service = services.first, service.firstEntry == position {
        let ticks = self.ticks(position..<position + service.count)
        records.append(
          service.isTrap
            ? InstructionRecord(trapAt: pc, timestamp: time, firstRecord: serviceEntries)
            : InstructionRecord(
              service: pc, timestamp: time, firstRecord: serviceEntries, count: service.count, ticks: ticks))
        services = services.dropFirst()
        serviceEntries += service.count
        position += service.count
        time &+= ticks
        pc = service.nextProgramCounter
        continue
      }
      guard let index = text.index(of: pc), let shape = Shape(text, index) else {
        throw .program("log entry \(position): no recorded instruction at \(hexadecimal(pc))")
      }
      var record = InstructionRecord(programCounter: pc, timestamp: time)
      shape.fill(&record, from: memory, at: position)
      records.append(record)
      pc = shape.next(record, text)
      position += shape.accessCount
      time &+= UInt32(shape.accessCount)
    }
    return records
  }

  private func ticks(_ range: Range<Int>) -> UInt32 {
    var sum: UInt32 = 0
    for index in range { sum &+= memory.records.ticks(at: index) }
    return sum
  }
}

/// How an instruction that handlers carry out uses its accesses.
private struct Shape {
  let operation: Operation
  let operands: RV32Operands
  let pc: UInt32

  /// `nil` for slots without such an instruction.
  init?(_ text: Text, _ index: Int) {
    guard let lowered = text.lowered(at: index) else { return nil }
    (operation, operands) = lowered
    pc = text.address(of: index)
  }

  /// Accesses and idle ticks.
  var accessCount: Int {
    switch operation {
    case .constant, .idle, .jal: 1
    case .beq, .bne, .blt, .bge, .bltu, .bgeu, .jalr: 2
    default: 3
    }
  }

  func fill(_ record: inout InstructionRecord, from memory: borrowing OfflineMemory, at position: Int) {
    for offset in 0..<accessCount {
      guard let access = memory.records[position + offset] else { continue }
      let isLast = access.kind == .write
      let value = access.previousData.reversed().reduce(UInt32(0)) { $0 << 8 | $1 }
      switch (isLast, offset) {
      case (true, _): (record.previous, record.thirdTime) = (value, access.previousTimestamp)
      case (false, 0): (record.first, record.firstTime) = (value, access.previousTimestamp)
      default: (record.second, record.secondTime) = (value, access.previousTimestamp)
      }
    }
  }

  func next(_ record: InstructionRecord, _ text: Text) -> UInt32 {
    let target = pc &+ UInt32(bitPattern: operands.immediate)
    switch operation {
    case .jal: return target
    case .jalr: return (record.first &+ UInt32(bitPattern: operands.immediate)) & ~1
    case .beq, .bne, .blt, .bge, .bltu, .bgeu:
      return operation.condition(record.first, record.second) ? target : pc &+ 4
    default: return pc &+ 4
    }
  }
}
