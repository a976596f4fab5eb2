import CWeftABI
import WeftMemory

/// Puts every access of an execution to stack, memory, call data, return data, storage and context into the record of a
/// memory controller, in the order of time.
///
/// It watches the reference engine as an inspector does: what an instruction accesses follows from its opcode, its
/// operands and its results (`InstructionAccesses`), so that neither bodies nor handlers know of it. The executor works
/// on memory of its own; the controller's spaces are filled by the accesses alone and hold the same at every moment
/// between two instructions.
///
/// An instruction that fails has no accesses; what its frame had stored is put back by accesses when the frame ends.
package final class AccessRecorder: EVMInspector {
  let engine: UnsafeMutablePointer<EngineState>
  let memory: UnsafeMutablePointer<MemoryController>
  /// Why recording has ended: a limit of the record. The execution must not go on then.
  package private(set) var failure: MemoryError?
  /// How often each opcode was executed.
  package private(set) var counts = [UInt64](repeating: 0, count: 256)
  /// What the last outermost call gave back, in the record.
  package private(set) var output: (pointer: UInt32, count: Int) = (0, 0)

  var frames: [RecordedFrame] = []
  var queue = AccessQueue()
  var storage = StorageCells()
  /// Storage words with their contents before each store of an open frame.
  private var journal: [(address: MemoryAddress, previous: UInt256)] = []
  /// Call data and return data end here.
  private var dataEnd = 0

  init(_ engine: UnsafeMutablePointer<EngineState>, _ memory: UnsafeMutablePointer<MemoryController>) {
    self.engine = engine
    self.memory = memory
  }

  private var context: EVMContext { engine.pointee.context }

  // MARK: Instructions

  package func step(_ step: StepInfo, _ frame: FrameView) {
    attempt { () throws(MemoryError) in
      let depth = frame.depth
      if depth == frames.count { try beginFrame() } else { try finishPending() }
      counts[Int(step.opcode.rawValue)] &+= 1
      // Behind the last byte of code stands a STOP, whatever an extension makes of opcode 0.
      guard step.programCounter < context.frame.pointee.code_size else { return }
      let stack = frame.stack
      let inputs = min(stack.count, Int(engine.pointee.table[step.opcode.rawValue].inputs))
      frames[depth].pending = PendingInstruction(
        opcode: step.opcode, height: stack.count,
        operands: (0..<inputs).map { stack[stack.count &- 1 &- $0] })
    }
  }

  /// Puts the rest of an instruction into the record that has been carried out, where the execution pauses behind it.
  package func flush() {
    attempt { () throws(MemoryError) in
      guard let frame = context.pointee.frame, Int(frame.pointee.depth) == frames.count &- 1 else { return }
      try finishPending()
    }
  }

  private func finishPending() throws(MemoryError) {
    guard let pending = frames.last?.pending else { return }
    frames[frames.count &- 1].pending = nil
    try finish(pending)
    try commit()
  }

  // MARK: Frames

  package func enter(_ call: CallInfo, input: UnsafeRawBufferPointer) {
    attempt { () throws(MemoryError) in
      guard var pending = frames.last?.pending else { return dataEnd = 0 }
      readOperands(pending)
      for access in InstructionAccesses.data(pending.opcode) { try plan(access, pending) }
      pending.hasEntered = true
      frames[frames.count &- 1].pending = pending
      frames[frames.count &- 1].returnData = DataArea()
      try commit()
    }
  }

  /// The first instruction of a frame is about to be executed.
  private func beginFrame() throws(MemoryError) {
    let frame = context.frame
    let depth = Int(frame.pointee.depth)
    if depth == 0 {
      writeEnvironment()
    } else {
      frames[depth &- 1].pending?.hasSuspended = true
      let parent = context.frame - 1
      let height = UInt64(truncatingIfNeeded: frames[depth &- 1].pending?.height ?? 0)
      let area = parent.pointee.program_counter | height &<< 32
      queue.write(
        UInt256(
          limbs: area, UInt64(bitPattern: parent.pointee.gas), frame.pointee.output_offset,
          frame.pointee.output_size),
        to: RecordedLayout.frame(depth: depth &- 1, .suspended))
    }
    let bytes = UnsafeRawBufferPointer(
      start: frame.pointee.input,
      count: frame.pointee.input == nil ? 0 : Int(truncatingIfNeeded: frame.pointee.input_size))
    let input = try writeData(bytes)
    func write(_ word: UInt256, _ name: RecordedLayout.FrameWord) {
      queue.write(word, to: RecordedLayout.frame(depth: depth, name))
    }
    write(UInt256(frame.pointee.address), .address)
    write(UInt256(frame.pointee.caller), .caller)
    write(UInt256(frame.pointee.value), .value)
    let kind = UInt64(frame.pointee.kind) | UInt64(frame.pointee.is_static) &<< 8
    write(UInt256(limbs: UInt64(input.pointer), UInt64(truncatingIfNeeded: input.count), kind, 0), .input)
    try commit()
    frames.append(RecordedFrame(depth: depth, input: input, firstStore: journal.count))
  }

  package func leave(_ result: FrameResult, _ frame: FrameView) {
    attempt { () throws(MemoryError) in
      guard frame.depth == frames.count &- 1 else { return }
      try finishPending()
      let ended = frames.removeLast()
      if !result.isSuccess { undoStores(from: ended.firstStore) }
      try giveBack(writeData(result.output))
    }
  }

  package func leaveWithoutCode(_ call: CallInfo, gasLeft: Int64?) {
    attempt { () throws(MemoryError) in
      if frames.isEmpty {
        // A precompiled contract, or nothing, was called from outside.
        let bytes = engine.pointee.inputCopy()
        let input = try writeData(UnsafeRawBufferPointer(start: bytes, count: engine.pointee.input.count))
        queue.read(input.address(0), count: input.count)
        try commit()
      }
      try giveBack(writeData(gasLeft == nil ? .init(start: nil, count: 0) : engine.pointee.memory.returnData))
    }
  }

  package func fault(_ reason: EVMHalt, _ frame: FrameView) {
    if !frames.isEmpty, frame.depth == frames.count &- 1 { frames[frames.count &- 1].pending = nil }
  }

  /// Lets the caller, or the host, have what a callee returned.
  private func giveBack(_ area: DataArea) throws(MemoryError) {
    try commit()
    if frames.isEmpty {
      output = (area.pointer, area.count)
    } else {
      frames[frames.count &- 1].returnData = area
    }
  }

  /// Writes call data or return data to an area of its own.
  func writeData(_ bytes: UnsafeRawBufferPointer) throws(MemoryError) -> DataArea {
    if bytes.isEmpty { return DataArea() }
    let end = dataEnd &+ (bytes.count &+ 31) & ~31
    guard end <= RecordedLayout.dataLimit else {
      throw .layoutLimitReached(of: "bytes of call data and return data", limit: RecordedLayout.dataLimit)
    }
    let area = DataArea(pointer: UInt32(truncatingIfNeeded: dataEnd), count: bytes.count)
    queue.write(bytes, padded: area.address(0))
    dataEnd = end
    return area
  }

  private func writeEnvironment() {
    let c = context.pointee
    let words: [(RecordedLayout.EnvironmentWord, weft_word)] = [
      (.origin, c.origin), (.gasPrice, c.gas_price), (.coinbase, c.coinbase), (.timestamp, c.timestamp),
      (.number, c.number), (.random, c.random), (.gasLimit, c.gas_limit), (.chainID, c.chain_id),
      (.baseFee, c.base_fee), (.blobBaseFee, c.blob_base_fee),
    ]
    for (name, word) in words { queue.write(UInt256(word), to: RecordedLayout.environment(name)) }
  }

  // MARK: Storage

  package func store(slot: UInt256, from old: UInt256, to new: UInt256, _ frame: FrameView) {
    guard !frames.isEmpty else { return }
    frames[frames.count &- 1].pending?.stores.append((slot, old, new))
  }

  package func load(slot: UInt256, value: UInt256, _ frame: FrameView) {
    guard !frames.isEmpty else { return }
    frames[frames.count &- 1].pending?.loads.append((slot, value))
  }

  package func read(_ range: Range<Int>, _ frame: FrameView) {
    guard !frames.isEmpty else { return }
    frames[frames.count &- 1].pending?.reads.append(range)
  }

  /// Writes a storage word, to be undone where the frame fails.
  func writeStorage(_ value: UInt256, to address: MemoryAddress) {
    // Two stores of one instruction are two entries: undoing goes through them backwards.
    journal.append((address, contents(of: address)))
    queue.write(value, to: address)
  }

  private func undoStores(from first: Int) {
    while journal.count > first, let store = journal.popLast() {
      queue.write(store.previous, to: store.address)
    }
  }

  /// What a word holds in the record.
  private func contents(of address: MemoryAddress) -> UInt256 {
    guard let region = memory.pointee.region(of: address.space) else { return .zero }
    return (region.base + Int(address.pointer)).loadUnaligned(as: UInt256.self)
  }

  /// The outermost call is over and the state has been tidied up: storage of contracts that are gone is 0, and so is
  /// transient storage.
  func endTransaction(_ tables: UnsafeMutablePointer<StateTables>) {
    journal.removeAll(keepingCapacity: true)
    attempt { () throws(MemoryError) in
      for (index, key) in storage.keys.enumerated() {
        var value = UInt256.zero
        if !key.isTransient, let account = tables.pointee.knownAccount(key.account) {
          value = tables.pointee.slots[tables.pointee.slot(account, key.slot)].pointee.current
        }
        let address = RecordedLayout.storage(index)
        if contents(of: address) != value { queue.write(value, to: address) }
      }
      try commit()
    }
  }

  /// The execution was given up: no frame is open any more.
  package func abandon() {
    frames.removeAll()
    journal.removeAll()
  }

  // MARK: The record

  private func commit() throws(MemoryError) { try queue.commit(to: &memory.pointee) }

  /// Records, or notes why that is not possible and stops the engine.
  private func attempt(_ body: () throws(MemoryError) -> Void) {
    guard failure == nil else { return }
    do throws(MemoryError) { try body() } catch {
      failure = error
      engine.pointee.fail(.memory("\(error)"))
      context.pointee.base.status = EngineStatus.failed
    }
  }
}
