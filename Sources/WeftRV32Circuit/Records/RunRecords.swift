import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// The instructions of a recorded run, and the accesses of those that the host carried out, whichever way the run was
/// recorded.
struct RunRecords: Sendable {
  let buffer: RecordBuffer
  let memory: MemoryTraceSource
  /// In runs with an access log: for every service the number of accesses of those before it, and where its entries
  /// begin in the log.
  private let spans: [(before: Int, firstEntry: Int)]

  init(_ buffer: RecordBuffer, _ memory: MemoryTraceSource, services: [ServiceSpan] = []) {
    self.buffer = buffer
    self.memory = memory
    var before = 0
    var spans: [(before: Int, firstEntry: Int)] = []
    for service in services {
      spans.append((before, service.firstEntry))
      before += service.count
    }
    self.spans = spans
  }

  var count: Int { buffer.count }

  /// The record with a number below `count`.
  subscript(number: Int) -> InstructionRecord {
    buffer.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: number &* InstructionRecord.stride, as: InstructionRecord.self)
    }
  }

  /// Where the accesses of a service begin among the memory's records.
  func firstAccess(of service: InstructionRecord) -> Int {
    let first = Int(service.first)
    if spans.isEmpty { return first }
    // The last span that begins there: those before it are empty.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low &+ high) / 2
      if spans[middle].before <= first { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0 else { return first }
    return spans[low &- 1].firstEntry &+ first &- spans[low &- 1].before
  }

  /// The instruction records of a run, made from its access log where it has none.
  static func buffer(of run: borrowing Run, _ program: CircuitProgram) throws(RV32CircuitError)
    -> RecordBuffer
  {
    switch run.memory.mode {
    case .fast, .metered: throw .notRecorded("it was a \(run.memory.mode) run")
    case .recorded(.instructionRecords):
      guard let records = run.records, records.stride == InstructionRecord.stride else {
        throw .notRecorded("its instruction set has no instruction records")
      }
      guard records.drainedCount == 0 else {
        throw .notRecorded("\(records.drainedCount) records were handed to a stream")
      }
      return records
    case .recorded(.accessLog):
      let records: [InstructionRecord]
      do throws(MachineError) {
        var replay = try InstructionRecordReplay(run, program: program.source, table: program.table)
        records = try replay.records()
      } catch { throw .machine(error) }
      let bytes = max(records.count, 1) * InstructionRecord.stride
      guard let buffer = RecordBuffer(stride: InstructionRecord.stride, byteLimit: bytes) else {
        throw .memory(.outOfMemory(bytes: UInt64(bytes)))
      }
      for record in records { buffer.append(record) }
      return buffer
    }
  }
}
