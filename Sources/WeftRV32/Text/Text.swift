import CWeftABI
import WeftMachine
import WeftMemory

/// The decoded instructions of a program: one slot for each word of its executable segments, from the lowest to the
/// highest.
///
/// One more slot behind the last word stands for the end. Decoding makes the handlers' assumptions true: destinations
/// `x0` are redirected, immediates are ready to use, every static target is a slot, and `length` counts to the end of
/// the straight line. What does not fit is left to the host.
final class Text {
  /// Address of the first slot, a multiple of 4.
  let start: UInt32
  /// Words of text.
  let count: Int
  /// `Operation` of each slot, for the reference engine.
  var operations: UnsafeMutablePointer<UInt8> { array.operations }
  /// Index of each slot's entry in the instruction table; -1 where none claims the word.
  var entries: UnsafeMutablePointer<Int32> { array.entries }
  /// Number 0 is that of all slots without code.
  private var services: [TextService] = [.outside]
  /// Numbers of services whose slots have been decoded anew.
  private var freeServices: [Int] = []

  /// What stands at slots whose operation is `native`.
  private var natives: [Int: TextService] = [:]
  /// What the slots of step functions point at, by their immediate.
  let steps = StepTable()
  /// Calls of the machine's C extensions, by the number of their instance.
  private let calls: [UnsafeMutablePointer<weft_call>?]

  private let array: SlotArray
  private let table: InstructionTable
  /// Address of the first byte of memory: immediates of loads and stores are made relative to it.
  private let memoryStart: UInt32
  /// Executable segments as address ranges.
  private let segments: [Range<UInt64>]
  /// Whether some slots stand for words outside all segments.
  private let hasGaps: Bool
  private(set) var mode: RunMode?
  /// Whether any word has been decoded anew.
  private(set) var wasChanged = false

  /// The longest straight line that a 16-bit length can describe.
  private static let maximumLine = 65_535
  /// The most text that is decoded: 256 MiB of slots.
  static let byteLimit: UInt64 = 64 << 20

  var slots: UnsafeMutablePointer<weft_instruction> { array.slots }

  /// - Parameter read: the word at an address of the text.
  init(
    segments: [Range<UInt64>], table: InstructionTable, memoryStart: UInt32,
    calls: [UnsafeMutablePointer<weft_call>?] = [], read: (UInt32) -> UInt32
  ) throws(MachineError) {
    self.calls = calls
    let lowest = segments.map(\.lowerBound).min() ?? 0
    let highest = segments.map(\.upperBound).max() ?? 0
    guard highest &- lowest <= Self.byteLimit else {
      throw .program(
        "executable segments span \(highest &- lowest) bytes, the limit is \(Self.byteLimit)")
    }
    start = UInt32(truncatingIfNeeded: lowest)
    count = Int(truncatingIfNeeded: (highest &- lowest) / 4)
    guard let array = SlotArray(count: count &+ 1) else {
      throw .memory(.outOfMemory(bytes: UInt64(count) &* 16))
    }
    self.array = array
    self.table = table
    self.memoryStart = memoryStart
    self.segments = segments
    hasGaps = segments.count > 1
    forEach(in: indices) { write(decode($0, read(address(of: $0))), at: $0) }
    write(Self.outside, at: count)
    forEach(in: indices) { link($0) }
    measureLines()
  }

  /// The slots that stand for words.
  var indices: Range<Int> { Range(uncheckedBounds: (0, count)) }

  /// A loop without the checks of `Range`, whose bounds here are numbers of slots.
  @inline(__always)
  private func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
    var index = range.lowerBound
    while index < range.upperBound {
      body(index)
      index &+= 1
    }
  }

  func address(of index: Int) -> UInt32 { start &+ UInt32(truncatingIfNeeded: index &* 4) }

  /// The slot of an address, if it is a multiple of four inside the text.
  func index(of address: UInt32) -> Int? {
    let offset = address &- start
    return offset & 3 == 0 && Int(offset >> 2) < count ? Int(offset >> 2) : nil
  }

  /// What the host does at a slot with operation `service`.
  func service(at index: Int) -> TextService? {
    if operations[index] == Operation.native.rawValue { return natives[index] }
    let (number, services) = (Int(slots[index].immediate), services)
    guard operations[index] == Operation.service.rawValue, number >= 0, number < services.count
    else { return nil }
    return services[number]
  }

  /// The operation of a slot with operands as the instruction word has them; `nil` for services.
  func lowered(at index: Int) -> (Operation, RV32Operands)? {
    guard let operation = Operation(rawValue: operations[index]) else { return nil }
    if case .jumpOutside(let operation, let operands) = service(at: index) { return (operation, operands) }
    if operation == .service || operation == .native { return nil }
    var operands = RV32Operands(
      rd: Int(slots[index].rd) & 31, rs1: Int(slots[index].rs1), rs2: 0, immediate: slots[index].immediate)
    if operation.hasStaticTarget {
      operands.immediate /= Int32(MemoryLayout<weft_instruction>.stride / 4)
    } else if operation == .jalr {
      operands.immediate &+= Int32(bitPattern: start)
    }
    return (operation, operands)
  }

  // MARK: Decoding

  /// A slot before its handler is known.
  private struct Decoded {
    var operation: Operation
    var operands: RV32Operands
    var entry: Int32
  }

  private func decode(_ index: Int, _ word: UInt32) -> Decoded {
    let address = address(of: index)
    guard !hasGaps || isExecutable(address) else { return Self.outside }
    guard let entry = table.index(ofRV32: word),
      let lowered = table.entries[entry].executor.lower(word, at: address)
    else { return service(.illegal(word: word), entry: -1) }
    let owner = Int32(truncatingIfNeeded: entry)
    switch lowered.implementation {
    case .service(let body):
      return service(.executor(body, lowered.operands), entry: owner)
    case .native(let native):
      natives[index] = .native(native, word: word)
      return Decoded(operation: .native, operands: lowered.operands, entry: owner)
    case .engine(let number):
      if let operation = Operation(rawValue: number), operation != .service {
        return Decoded(operation: operation, operands: lowered.operands, entry: owner)
      }
      guard let operation = HostOperation(rawValue: number) else {
        return service(.illegal(word: word), entry: -1)
      }
      return service(.host(operation, word: word), entry: owner)
    }
  }

  private func isExecutable(_ address: UInt32) -> Bool {
    segments.contains { $0.contains(UInt64(address)) && UInt64(address) &+ 4 <= $0.upperBound }
  }

  /// What stands where there is no code: one service for all such slots, however many there are.
  private static let outside = Decoded(
    operation: .service, operands: RV32Operands(rd: 0, rs1: 0, rs2: 0, immediate: outsideNumber), entry: -1)
  private static let outsideNumber: Int32 = 0

  private func service(_ service: TextService, entry: Int32) -> Decoded {
    let number: Int
    if let free = freeServices.popLast() {
      number = free
      services[number] = service
    } else {
      number = services.count
      services.append(service)
    }
    return Decoded(
      operation: .service,
      operands: RV32Operands(rd: 0, rs1: 0, rs2: 0, immediate: Int32(truncatingIfNeeded: number)),
      entry: entry)
  }

  private func write(_ decoded: Decoded, at index: Int) {
    operations[index] = decoded.operation.rawValue
    entries[index] = decoded.entry
    let operands = decoded.operands
    var slot = weft_instruction()
    slot.rs1 = UInt8(truncatingIfNeeded: operands.rs1)
    slot.rd = UInt8(
      truncatingIfNeeded: operands.rd == 0 ? ExecutionState.discardedRegister : operands.rd)
    slot.immediate = operands.immediate
    switch decoded.operation {
    case .add, .sub, .sll, .slt, .sltu, .xor, .srl, .sra, .or, .and, .mul, .mulh, .mulhsu, .mulhu, .div,
      .divu,
      .rem, .remu:
      slot.immediate = Int32(truncatingIfNeeded: operands.rs2)
    case .slli, .srli, .srai:
      slot.immediate &= 31
    case .lb, .lh, .lw, .lbu, .lhu:
      slot.immediate &-= Int32(bitPattern: memoryStart)
    case .sb, .sh, .sw:
      slot.rd = UInt8(truncatingIfNeeded: operands.rs2)
      slot.immediate &-= Int32(bitPattern: memoryStart)
    case .jalr:
      slot.immediate &-= Int32(bitPattern: start)
    case .beq, .bne, .blt, .bge, .bltu, .bgeu:
      slot.rd = UInt8(truncatingIfNeeded: operands.rs2)
    case .native:
      slot = nativeSlot(index)
    default:
      break
    }
    slots[index] = slot
  }

  /// A full handler's operands, or the number of a step function's entry.
  private func nativeSlot(_ index: Int) -> weft_instruction {
    guard case .native(let native, let word) = natives[index] else { return weft_instruction() }
    let operands = native.operands(of: word, at: address(of: index))
    if native.handler != nil { return native.slot(operands) }
    var slot = weft_instruction()
    let call = calls.indices.contains(native.instance) ? calls[native.instance] : nil
    slot.immediate = steps.add(weft_step_slot(step: native.step, call: call, operands: operands))
    return slot
  }

  /// The handler of C code in a fast run: the extension's own, or the one that calls its step function.
  private func nativeHandler(at index: Int) -> UInt {
    guard case .native(let native, _) = natives[index] else {
      return address(of: HandlerTable.handler(.service, .fast))
    }
    if let handler = native.handler { return unsafeBitCast(handler, to: UInt.self) }
    return address(of: weft_callout_step)
  }

  /// Turns the distance of a static jump from bytes of code to bytes of slots.
  private func link(_ index: Int) {
    guard let operation = Operation(rawValue: operations[index]), operation.hasStaticTarget else { return }
    let distance = slots[index].immediate
    let target = address(of: index) &+ UInt32(bitPattern: distance)
    guard let targetIndex = self.index(of: target) else {
      let operands = RV32Operands(
        rd: Int(slots[index].rd) & 31, rs1: Int(slots[index].rs1), rs2: Int(slots[index].rd) & 31,
        immediate: distance)
      write(service(.jumpOutside(operation, operands), entry: entries[index]), at: index)
      return
    }
    let stride = MemoryLayout<weft_instruction>.stride
    slots[index].immediate = Int32(truncatingIfNeeded: (targetIndex &- index) &* stride)
  }

  /// Sets the lengths of all straight lines, from the end backwards.
  private func measureLines() {
    slots[count].length = 1
    forEach(in: indices) { slots[count &- 1 &- $0].length = lineLength(count &- 1 &- $0) }
  }

  private func lineLength(_ index: Int) -> UInt16 {
    if Operation(rawValue: operations[index])?.endsLine ?? true { return 1 }
    let rest = slots[index &+ 1].length
    // A line that would be too long is cut: the host carries the last instruction of the first part out.
    return rest == UInt16(Self.maximumLine) ? 1 : rest &+ 1
  }

  // MARK: Handlers

  /// Where functions start: when set, handlers leave calls, returns and jumps to a function to the host, for
  /// profiles.
  var functionStarts: Set<UInt32>? {
    didSet { assignHandlers(Range(uncheckedBounds: (0, count &+ 1))) }
  }

  private func leavesFunction(_ operation: Operation, at index: Int) -> Bool {
    guard let functionStarts else { return false }
    switch operation {
    case .jalr: return true
    case .jal:
      let distance = Int(slots[index].immediate) / MemoryLayout<weft_instruction>.stride
      return slots[index].rd != ExecutionState.discardedRegister
        || functionStarts.contains(address(of: index &+ distance))
    default: return false
    }
  }

  /// Gives every slot the handler of a mode.
  func prepare(for mode: RunMode) {
    if mode == self.mode { return }
    self.mode = mode
    assignHandlers(Range(uncheckedBounds: (0, count &+ 1)))
  }

  private func assignHandlers(_ range: Range<Int>) {
    guard let mode else { return }
    forEach(in: range) { slots[$0].handler = handler(at: $0, mode) }
  }

  private func handler(at index: Int, _ mode: RunMode) -> UInt {
    let operation = Operation(rawValue: operations[index]) ?? .service
    if slots[index].length == 1, !operation.endsLine {
      // The last instruction of a cut line: its handler would run on without charging the next line.
      return address(of: HandlerTable.handler(.service, mode))
    }
    if leavesFunction(operation, at: index) {
      return address(of: HandlerTable.handler(.service, mode))
    }
    if operation == .native, mode == .fast { return nativeHandler(at: index) }
    if mode == .fast, !operation.endsLine, let next = Operation(rawValue: operations[index &+ 1]),
      next.endsLine || slots[index &+ 1].length > 1,
      let fused = FusedPairs.handler(operation, next)
    {
      return address(of: fused)
    }
    return address(of: HandlerTable.handler(operation, mode))
  }

  private func address(of handler: Handler) -> UInt { unsafeBitCast(handler, to: UInt.self) }

  // MARK: Writable text

  /// Decodes the words `range` (as slots) anew, after the guest has changed them.
  func redecode(_ range: Range<Int>, read: (UInt32) -> UInt32) {
    let range = range.clamped(to: indices)
    guard !range.isEmpty else { return }
    wasChanged = true
    forEach(in: range) { index in
      let number = slots[index].immediate
      if operations[index] == Operation.service.rawValue, number != Self.outsideNumber {
        freeServices.append(Int(number))
      }
      if case .native(let native, _) = natives.removeValue(forKey: index), native.handler == nil {
        steps.remove(number)
      }
      write(decode(index, read(address(of: index))), at: index)
      link(index)
    }
    // Lengths change back to the head of the line that runs into the range.
    var first = range.upperBound &- 1
    while first >= 0 {
      let length = lineLength(first)
      let isOld = first < range.lowerBound && slots[first].length == length
      slots[first].length = length
      if isOld { break }
      first &-= 1
    }
    assignHandlers(Range(uncheckedBounds: (max(first, 0), range.upperBound)))
  }
}

extension Operation {
  /// Whether the instruction after this one is not reached by falling through, or is the head of a new line.
  var endsLine: Bool {
    switch self {
    case .beq, .bne, .blt, .bge, .bltu, .bgeu, .jal, .jalr, .service: true
    default: false
    }
  }

  var hasStaticTarget: Bool {
    switch self {
    case .beq, .bne, .blt, .bge, .bltu, .bgeu, .jal: true
    default: false
    }
  }
}
