import CWeftABI
import WeftMachine
import WeftMemory

// What the handlers leave to the host, one instruction at a time. Each either retires or traps with nothing done.
extension RV32Processor {
  /// Carries out the instruction at `pc`. Gives a stop when the run ends with it.
  func service() -> ProcessorStop? {
    guard let index = text.index(of: pc) else { return nil }
    do throws(Trap) {
      try perform(at: index)
    } catch {
      return take(error)
    }
    if let code = guest.exitCode { return .exited(code: code) }
    return nil
  }

  private func perform(at index: Int) throws(Trap) {
    guard let service = text.service(at: index) else {
      return try performLeftOver(at: index)
    }
    switch service {
    case .executor(let body, let operands):
      try record { () throws(Trap) in try body(guest, operands) }
    case .native(let native, let word):
      if let service = native.service {
        return try record { () throws(Trap) in try service(guest, native.form.operands(of: word)) }
      }
      guard let instance = guest.instance(native.instance) as? NativeInstance else {
        throw Trap(.illegalInstruction, value: UInt64(word))
      }
      let address = pc
      try record { () throws(Trap) in try instance.perform(native, word: word, address: address, guest) }
    case .host(.environmentCall, _):
      try environmentCall()
    case .host(.breakpoint, _):
      throw Trap(.breakpoint, value: UInt64(pc))
    case .host(.controlAndStatusRegister, let word):
      try record { () throws(Trap) in try controlAndStatusRegister(word) }
    case .host(.machineReturn, _):
      try machineReturn()
    case .illegal(let word):
      throw Trap(.illegalInstruction, value: UInt64(word))
    case .jumpOutside(let operation, let operands):
      try jumpOutside(operation, operands, at: index)
    case .outside:
      throw Trap(.instructionAccessFault, value: UInt64(pc))
    }
  }

  /// Runs a service with its accesses recorded, and retires the instruction.
  func record(_ body: () throws(Trap) -> Void) throws(Trap) {
    let (start, timestamp, first) = unfinished ?? (pc, guest.memory.pointee.timestamp, nextRecordIndex)
    guest.retiredInstructions = retiredInstructions
    do throws(Trap) { try body() } catch {
      // What it has recorded so far belongs to it still, also where a limit ends the run.
      unfinished = nextRecordIndex == first ? nil : (start, timestamp, first)
      throw error
    }
    unfinished = nil
    recordService(at: start, timestamp: timestamp, firstRecord: first)
    retiredInstructions &+= 1
    pc = guest.jumpTarget ?? pc &+ 4
    guest.jumpTarget = nil
    finishTextWrite()
  }

  /// A trap as a stop, or, in the machine environment, as a jump to the trap handler.
  func take(_ trap: Trap) -> ProcessorStop? {
    if let limit = limit(trap) { return limit }
    var trap = trap
    trap.programCounter = UInt64(pc)
    guard let machineMode, let handler = machineMode.handler(of: trap, retired: retiredInstructions) else {
      return .trapped(trap)
    }
    if let stop = recordTrap(handler: handler) { return stop }
    machineMode.enter(trap, pc: pc, retired: retiredInstructions)
    pc = handler
    return nil
  }

  /// The limit, or the end of a slice, that a trap stands for, if it does.
  func limit(_ trap: Trap) -> ProcessorStop? {
    switch trap.cause {
    case .outputLimit: .limit(.output(bytes: configuration.limits.outputBytes))
    case .unfinished: .budgetSpent
    case .memory(let error): LimitReached(error, limits: configuration.limits).map { .limit($0) }
    default: nil
    }
  }

  // MARK: Loads, stores and jumps that a handler did not finish

  private func performLeftOver(at index: Int) throws(Trap) {
    let operation = Operation(rawValue: text.operations[index]) ?? .service
    switch operation {
    case .lb, .lh, .lw, .lbu, .lhu, .sb, .sh, .sw:
      try access(operation, at: index)
    case .jal, .jalr:
      try jump(operation, at: index)
    default:
      // The last instruction of a cut line.
      stepOne(at: index)
    }
  }

  private func stepOne(at index: Int) {
    _ = execute(from: index, budget: 1, engine: .reference)
  }

  /// A jump that its handler left: because the target is no text, or because a profile follows calls.
  private func jump(_ operation: Operation, at index: Int) throws(Trap) {
    let (source, before) = (pc, retiredInstructions)
    stepOne(at: index)
    if retiredInstructions == before { try jumpRegisterOutside(at: index) }
    let rd = Int(text.slots[index].rd)
    profiler?.follow(
      from: source, to: pc, isCall: rd == 1 || rd == 5, retired: retiredInstructions)
  }

  private func access(_ operation: Operation, at index: Int) throws(Trap) {
    let slot = text.slots[index]
    let offset = guest.peekRegister(Int(slot.rs1)) &+ UInt32(bitPattern: slot.immediate)
    let address = offset &+ guest.memoryStart
    let (bytes, isStore) = operation.accessShape
    let value = UInt64(address)
    if offset & UInt32(bytes &- 1) != 0 {
      guard program.options.misalignedAccess == .emulate else {
        throw Trap(isStore ? .storeAddressMisaligned : .loadAddressMisaligned, value: value)
      }
      return try accessMisaligned(operation, slot, address, bytes: bytes)
    }
    let range = isStore ? guest.writableOffsets(of: address, count: UInt64(bytes)) : nil
    guard let range else { throw Trap(isStore ? .storeAccessFault : .loadAccessFault, value: value) }
    let exitCode = try toHostCode(range, guest.peekRegister(Int(slot.rd)))
    openWindow()
    stepOne(at: index)
    closeWindow()
    pendingTextWrite = range
    finishTextWrite()
    if let exitCode { guest.exit(code: exitCode) }
  }

  /// A misaligned access, byte by byte in effect, word by aligned word in the record.
  private func accessMisaligned(
    _ operation: Operation, _ slot: weft_instruction, _ address: UInt32, bytes: Int
  ) throws(Trap) {
    let isStore = operation.accessShape.isStore
    let isInside =
      isStore
      ? guest.writableOffsets(of: address, count: UInt64(bytes)) != nil
      : guest.offsets(of: address, count: UInt64(bytes)) != nil
    guard isInside else {
      throw Trap(isStore ? .storeAccessFault : .loadAccessFault, value: UInt64(address))
    }
    try guest.reserve(accesses: 8)
    try record { () throws(Trap) in
      _ = try guest.register(Int(slot.rs1))
      if isStore {
        let value = try guest.register(Int(slot.rd))
        try withUnsafeBytes(of: value.littleEndian) { source throws(Trap) in
          try guest.writeBytes(UnsafeRawBufferPointer(start: source.baseAddress, count: bytes), at: address)
        }
      } else {
        let value = try guest.readBytes(at: address, count: bytes).reversed().reduce(UInt32(0)) {
          $0 << 8 | UInt32($1)
        }
        let signed = operation == .lh ? UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value))) : value
        try guest.setRegister(Int(slot.rd) & 31, to: signed)
      }
    }
  }

  /// `jalr` to a target that is misaligned, or that is no text: the jump retires and the fetch will trap.
  private func jumpRegisterOutside(at index: Int) throws(Trap) {
    let slot = text.slots[index]
    let sum = guest.peekRegister(Int(slot.rs1)) &+ UInt32(bitPattern: slot.immediate) &+ text.start
    let target = sum & ~1
    if target & 3 != 0 { throw Trap(.instructionAddressMisaligned, value: UInt64(target)) }
    let link = pc &+ 4
    retireJump(at: index, to: target) { state, recorder in recorder.jumpRegister(state, link: link) }
  }

  private func jumpOutside(_ operation: Operation, _ operands: RV32Operands, at index: Int) throws(Trap) {
    let (a, b) = (guest.peekRegister(operands.rs1), guest.peekRegister(operands.rs2))
    let target = pc &+ UInt32(bitPattern: operands.immediate)
    if operation == .jal {
      if target & 3 != 0 { throw Trap(.instructionAddressMisaligned, value: UInt64(target)) }
      let link = pc &+ 4
      let rd = operands.rd == 0 ? ExecutionState.discardedRegister : operands.rd
      return patched(index, rd: rd, rs1: 0) {
        retireJump(at: index, to: target) { state, recorder in recorder.write(state, value: link) }
      }
    }
    let isTaken = operation.condition(a, b)
    if isTaken, target & 3 != 0 { throw Trap(.instructionAddressMisaligned, value: UInt64(target)) }
    patched(index, rd: operands.rs2, rs1: operands.rs1) {
      retireJump(at: index, to: isTaken ? target : pc &+ 4) { state, recorder in recorder.branch(state) }
    }
  }

  /// Shows the recorder a slot with the operands of the instruction that the slot stands for.
  private func patched(_ index: Int, rd: Int, rs1: Int, _ body: () -> Void) {
    let slot = text.slots[index]
    text.slots[index].rd = UInt8(truncatingIfNeeded: rd)
    text.slots[index].rs1 = UInt8(truncatingIfNeeded: rs1)
    body()
    text.slots[index] = slot
  }

  /// Records a jump and retires it.
  private func retireJump(
    at index: Int, to target: UInt32, _ record: (ExecutionState, any Recorder.Type) -> ExecutionState
  ) {
    let recorder = self.recorder
    let before = entryState(at: index, recorder)
    let after = record(before, recorder)
    context.pointee.cursor = after.sizeOrCursor
    context.pointee.budget = after.budget
    commit()
    meter?.count(index, length: text.slots[index].length)
    retiredInstructions &+= 1
    pc = target
  }

  private func entryState(at index: Int, _ recorder: any Recorder.Type) -> ExecutionState {
    func open<R: Recorder>(_ type: R.Type) -> ExecutionState { state(at: index, budget: 0, type) }
    return open(recorder)
  }

  private var recorder: any Recorder.Type {
    switch guest.mode {
    case .fast: FastRecorder.self
    case .metered: MeteredRecorder.self
    case .recorded(.accessLog): AccessLogRecorder.self
    case .recorded(.instructionRecords): InstructionRecorder.self
    }
  }

  // MARK: Writable text

  /// Decodes the words that a store has changed.
  func finishTextWrite() {
    guard let range = pendingTextWrite else { return }
    pendingTextWrite = nil
    let textStart = UInt64(text.start &- guest.memoryStart)
    let textEnd = textStart &+ UInt64(truncatingIfNeeded: text.count) &* 4
    let changed = range.clamped(to: Range(uncheckedBounds: (textStart, textEnd)))
    if changed.isEmpty { return }
    let first = Int(truncatingIfNeeded: (changed.lowerBound &- textStart) / 4)
    let end = Int(truncatingIfNeeded: (changed.upperBound &+ 3 &- textStart) / 4)
    text.redecode(Range(uncheckedBounds: (first, end))) { [guest] address in guest.peekWord(at: address) }
  }
}

extension Operation {
  /// Bytes of a load or store, and which of the two it is.
  var accessShape: (bytes: Int, isStore: Bool) {
    switch self {
    case .lb, .lbu: (1, false)
    case .lh, .lhu: (2, false)
    case .sb: (1, true)
    case .sh: (2, true)
    case .sw: (4, true)
    default: (4, false)
    }
  }

  func condition(_ a: UInt32, _ b: UInt32) -> Bool {
    switch self {
    case .beq: Condition.eq(a, b)
    case .bne: Condition.ne(a, b)
    case .blt: Condition.lt(a, b)
    case .bge: Condition.ge(a, b)
    case .bltu: Condition.ltu(a, b)
    default: Condition.geu(a, b)
    }
  }
}
