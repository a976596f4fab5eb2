import WeftMachine
import WeftMemory

@testable import WeftEVM

/// Executions on one recorded controller, compared at every instruction with what the executor holds.
final class RecordedExecution {
  let guest: Guest
  let evm: EVM
  let checker: RecordChecker

  init(
    fork: Fork = .osaka, extensions: [any VMExtension] = [], memoryLimit: UInt64 = 1 << 24,
    mode: RunMode = .recorded(.accessLog), contextLimit: Int? = nil
  ) throws {
    var memory = MemoryConfiguration()
    memory.spaces = [
      AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0), .registers,
    ]
    memory.addEVM(memoryLimit: memoryLimit, mode: mode)
    memory.accessLimit = 1 << 24
    memory.accessCapacity = 0
    if let contextLimit { memory.contextLimit = contextLimit }
    guest = Guest(
      memory: try MemoryController(memory, interface: .imageTable, mode: mode), memoryStart: 0,
      streams: HostStreams(input: []), publicValueCount: 0, outputLimit: 0)
    let rules = try EVMRules(fork, extensions: extensions)
    evm = try EVM(
      rules: rules, table: try EVM.table(rules, extensions), guest: guest, memoryLimit: memoryLimit)
    checker = RecordChecker(evm)
    evm.inspector = checker
  }

  /// - Returns: `nil` where the record came to its limit.
  func call(_ message: EVMMessage, on state: JournaledState) throws -> EVMResult? {
    do throws(EVMError) {
      return try evm.call(message, in: BlockEnvironment(), on: state)
    } catch {
      evm.abandon()
      if evm.recorder?.failure == nil { throw error }
      return nil
    }
  }

  /// Ends the run and checks that replaying the log gives its contents.
  func finish() throws -> FinalizedMemory {
    let memory = try guest.takeMemory().finalize()
    try memory.validate()
    return memory
  }
}

/// Compares the record with the executor before every instruction.
final class RecordChecker: EVMInspector {
  private let recorder: AccessRecorder
  private let engine: UnsafeMutablePointer<EngineState>
  private(set) var problems: [String] = []
  private(set) var steps = 0

  init(_ evm: EVM) {
    recorder = evm.recorder!
    engine = evm.state
  }

  func step(_ step: StepInfo, _ frame: FrameView) {
    recorder.step(step, frame)
    steps += 1
    guard recorder.failure == nil else { return }
    func check(_ name: String, _ isEqual: Bool) {
      if !isEqual { problems.append("\(name) at \(step.programCounter), before \(step.name)") }
    }
    let record = recorder.frames[frame.depth]
    check("stack", stack(frame.depth, count: frame.stack.count).elementsEqual(frame.stack))
    let recorded = record.context.map { bytes($0, 0, frame.memory.count) } ?? []
    let actual = Array(frame.memory)
    check(
      "memory",
      recorded.elementsEqual(actual.prefix(recorded.count))
        && actual.dropFirst(recorded.count).allSatisfy { $0 == 0 })
    check(
      "return data",
      bytes(.evmData, Int(record.returnData.pointer), record.returnData.count).elementsEqual(frame.returnData)
    )
    let running = engine.pointee.context.pointee.frame!.pointee
    let input = UnsafeRawBufferPointer(
      start: running.input, count: running.input == nil ? 0 : Int(running.input_size))
    check("call data", bytes(.evmData, Int(record.input.pointer), record.input.count).elementsEqual(input))
    check("storage", storageDifference == nil)
  }

  /// A slot that the record and the state do not agree about.
  var storageDifference: StorageCells.Key? {
    let tables = engine.pointee.tables
    for (index, key) in recorder.storage.keys.enumerated() {
      guard let account = tables.pointee.knownAccount(key.account) else { continue }
      let value =
        key.isTransient
        ? tables.pointee.transient(account, key.slot)
        : tables.pointee.slots[tables.pointee.slot(account, key.slot)].pointee.current
      let address = RecordedLayout.storage(index)
      if bytes(.evmContext, Int(address.pointer), 32) != Array(value.bigEndianBytes.reversed()) { return key }
    }
    return nil
  }

  private func stack(_ depth: Int, count: Int) -> [UInt256] {
    (0..<count).map {
      let pointer = RecordedLayout.stack(depth: depth, place: $0).pointer
      return UInt256(bigEndianBytes: bytes(.evmStack, Int(pointer), 32).reversed())!
    }
  }

  private func bytes(_ space: AddressSpaceID, _ start: Int, _ count: Int) -> [UInt8] {
    guard let region = recorder.memory.pointee.region(of: space) else { return [] }
    return (0..<min(count, region.byteCount - start)).map { (region.base + start + $0).load(as: UInt8.self) }
  }

  func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) { recorder.enter(call, input: input) }
  func leave(_ result: FrameResult, _ frame: FrameView) { recorder.leave(result, frame) }
  func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) {
    recorder.leaveWithoutCode(call, gasLeft: gasLeft)
  }
  func store(slot: UInt256, from old: UInt256, to new: UInt256, _ frame: FrameView) {
    recorder.store(slot: slot, from: old, to: new, frame)
  }
  func load(slot: UInt256, value: UInt256, _ frame: FrameView) {
    recorder.load(slot: slot, value: value, frame)
  }
  func read(_ range: Range<Int>, _ frame: FrameView) { recorder.read(range, frame) }
  func fault(_ reason: EVMHalt, _ frame: FrameView) { recorder.fault(reason, frame) }
}

extension FinalizedMemory {
  /// The accesses of the log, one text each: `r` or `w`, the space, the pointer in blocks of 32.
  var accesses: [String] {
    accessLog.entries.map { entry in
      let names: [AddressSpaceID: String] = [.evmStack: "stack", .evmData: "data", .evmContext: "context"]
      let space = entry.header.space
      let name = names[space] ?? "memory\(space.rawValue & 0xffff)"
      return "\(entry.header.kind == .read ? "r" : "w") \(name) \(entry.pointer / 32)"
    }
  }
}
