import CWeftABI
import WeftMemory

// What a finished instruction has accessed.
extension AccessRecorder {
  /// Plans the accesses of an instruction that has been carried out, or what is left of them.
  func finish(_ pending: PendingInstruction) throws(MemoryError) {
    let entry = engine.pointee.table[pending.opcode.rawValue]
    if entry.kind == .standard, InstructionAccesses.isCall(pending.opcode) {
      try finishCall(pending)
    } else {
      readOperands(pending)
      if entry.kind == .standard {
        for access in InstructionAccesses.data(pending.opcode) { try plan(access, pending) }
      } else {
        try planExtension(pending)
      }
    }
    let stack = places(pending)
    // The place below the first word is the base.
    let base = context.stackBase + 1
    stack.writes.forEach { place in
      queue.write(base.word(place), to: RecordedLayout.stack(depth: depth, place: place))
    }
  }

  func readOperands(_ pending: PendingInstruction) {
    places(pending).reads.forEach { queue.read(RecordedLayout.stack(depth: depth, place: $0)) }
  }

  /// The end of a call or creation: what it returned goes to its output area.
  private func finishCall(_ pending: PendingInstruction) throws(MemoryError) {
    guard pending.hasEntered else {
      // It could not begin.
      readOperands(pending)
      frames[depth].returnData = DataArea()
      return
    }
    if pending.hasSuspended { queue.read(RecordedLayout.frame(depth: depth, .suspended)) }
    guard let area = InstructionAccesses.outputArea(pending.opcode) else { return }
    let returned = frames[depth].returnData
    let count = min(size(.operand(area + 1), pending), returned.count)
    guard count > 0 else { return }
    queue.read(returned.address(0), count: count)
    try writeMemory(at: offset(area, pending), count: count)
  }

  // MARK: Data

  func plan(_ access: DataAccess, _ pending: PendingInstruction) throws(MemoryError) {
    switch access {
    case .readMemory(let at, let extent):
      try readMemory(at: offset(at, pending), count: size(extent, pending))
    case .writeMemory(let at, let extent):
      try writeMemory(at: offset(at, pending), count: size(extent, pending))
    case .readInput(let at, let extent):
      let input = frames[depth].input
      let start = offset(at, pending)
      guard start < input.count else { return }
      queue.read(input.address(start), count: min(size(extent, pending), input.count &- start))
    case .readReturnData(let at, let extent):
      queue.read(frames[depth].returnData.address(offset(at, pending)), count: size(extent, pending))
    case .loadStorage(let key):
      queue.read(try storageAddress(pending.operand(key), initially: context.topWord))
    case .storeStorage:
      try planStores(pending)
    case .loadTransient(let key):
      queue.read(try storageAddress(pending.operand(key), isTransient: true))
    case .storeTransient(let key, let value):
      writeStorage(
        pending.operand(value), to: try storageAddress(pending.operand(key), isTransient: true))
    case .environment(let word): queue.read(RecordedLayout.environment(word))
    case .frame(let word): queue.read(RecordedLayout.frame(depth: depth, word))
    }
  }

  private func planStores(_ pending: PendingInstruction) throws(MemoryError) {
    for store in pending.stores {
      writeStorage(store.new, to: try storageAddress(store.slot, initially: store.old))
    }
  }

  private func storageAddress(
    _ slot: UInt256, initially value: UInt256 = .zero, isTransient: Bool = false
  ) throws(MemoryError) -> MemoryAddress {
    let key = StorageCells.Key(
      account: UInt256(context.frame.pointee.address), slot: slot, isTransient: isTransient)
    return try storage.address(key, initially: value, in: &memory.pointee)
  }

  private func readMemory(at offset: Int, count: Int) throws(MemoryError) {
    guard count > 0 else { return }
    let space = try reach(offset &+ count)
    queue.read(MemoryAddress(space, UInt32(truncatingIfNeeded: offset)), count: count)
  }

  /// Writes the blocks around a range as the executor's memory holds them now.
  private func writeMemory(at offset: Int, count: Int) throws(MemoryError) {
    guard count > 0 else { return }
    let space = try reach(offset &+ count)
    let blocks = UnsafeRawPointer(engine.pointee.memory.contextBase + (offset & ~31))
    queue.write(MemoryAddress(space, UInt32(truncatingIfNeeded: offset)), count: count, blocks: blocks)
  }

  /// The space of the running frame's memory, with cells up to `end`.
  private func reach(_ end: Int) throws(MemoryError) -> AddressSpaceID {
    let space: AddressSpaceID
    if let known = frames[depth].context {
      space = known
    } else {
      space = try memory.pointee.addContext()
      frames[depth].context = space
    }
    try memory.pointee.reach((UInt64(truncatingIfNeeded: end) &+ 31) & ~31, in: space)
    return space
  }

  // MARK: Extensions

  /// An instruction of an extension: what it has read as far as it went through the frame, and all that it has changed.
  private func planExtension(_ pending: PendingInstruction) throws(MemoryError) {
    for range in pending.reads { try readMemory(at: range.lowerBound, count: range.count) }
    for load in pending.loads { queue.read(try storageAddress(load.slot, initially: load.value)) }
    try planStores(pending)
    try planChangedMemory()
    let returned = engine.pointee.memory.returnData
    let known = frames[depth].returnData
    let recorded = memory.pointee.region(of: .evmData).map {
      UnsafeRawBufferPointer(start: $0.base + Int(known.pointer), count: known.count)
    }
    if !(recorded?.elementsEqual(returned) ?? returned.isEmpty) {
      frames[depth].returnData = try writeData(returned)
    }
  }

  /// Writes the blocks of memory that differ from the record.
  private func planChangedMemory() throws(MemoryError) {
    let actual = UnsafeRawPointer(engine.pointee.memory.contextBase)
    let region = frames[depth].context.flatMap { memory.pointee.region(of: $0) }
    let changed = stride(from: 0, to: engine.pointee.memory.contextSize, by: 32).filter { offset in
      let recorded = region.flatMap {
        offset < $0.byteCount ? ($0.base + offset).loadUnaligned(as: UInt256.self) : nil
      }
      return (actual + offset).loadUnaligned(as: UInt256.self) != recorded ?? .zero
    }
    for offset in changed { try writeMemory(at: offset, count: 32) }
  }

  // MARK: Operands

  private var context: EVMContext { engine.pointee.context }
  private var depth: Int { frames.count &- 1 }

  private func places(_ pending: PendingInstruction) -> (reads: StackPlaces, writes: StackPlaces) {
    let entry = engine.pointee.table[pending.opcode.rawValue]
    return InstructionAccesses.stack(
      pending.opcode, isStandard: entry.kind == .standard, height: pending.height,
      inputs: Int(entry.inputs), outputs: Int(entry.outputs))
  }

  /// An offset that may lie anywhere; those of accesses that were carried out fit.
  private func offset(_ operand: Int, _ pending: PendingInstruction) -> Int {
    let word = pending.operand(operand)
    return word.fitsInUInt64 ? Int(clamping: word.limb0) : .max
  }

  private func size(_ extent: DataAccess.Extent, _ pending: PendingInstruction) -> Int {
    switch extent {
    case .bytes(let count): count
    case .operand(let index): offset(index, pending)
    }
  }
}

extension UnsafeMutablePointer<weft_evm_context> {
  /// The place below the first word of the running frame.
  fileprivate var stackBase: Words {
    UnsafeMutableRawPointer(pointee.stack_base.unsafelyUnwrapped).assumingMemoryBound(to: UInt256.self)
  }

  fileprivate var topWord: UInt256 { top[0] }
}
