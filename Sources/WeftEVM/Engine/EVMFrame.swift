import CWeftABI
import WeftMachine
import WeftMemory

/// The running frame as an instruction of an extension sees it.
///
/// The inputs stand on the stack; the instruction gives every output that it declared, and the engine moves the
/// stack. What it throws halts the frame, so it throws before it writes memory.
public struct EVMFrame: ~Copyable {
  private let context: EVMContext
  private let inputs: Int
  private let outputs: Int
  /// Where the instruction stands in the running code.
  public let programCounter: UInt64
  /// The frame ends with success behind the instruction, without output.
  var isFinished = false
  /// What is to be said about a halt.
  private(set) var detail: String?

  init(_ context: EVMContext, inputs: Int, outputs: Int, counter: UInt64) {
    self.context = context
    self.inputs = inputs
    self.outputs = outputs
    programCounter = counter
    // Outputs wait above the stack, so that inputs stay readable.
    for index in 0..<outputs { context.top[1 &+ index] = .zero }
  }

  // MARK: Stack

  /// An input, 0 being the top of the stack; 0 for one that was not declared.
  public func input(_ index: Int) -> UInt256 {
    index >= 0 && index < inputs ? context.top[-index] : .zero
  }

  /// Gives an output, 0 being the new top of the stack. One that was not declared is ignored.
  public mutating func setOutput(_ index: Int, to value: UInt256) {
    if index >= 0, index < outputs { context.top[1 &+ index] = value }
  }

  /// Moves the outputs to their places; `top` is the new top.
  func storeOutputs(below top: Words) {
    let waiting = top - outputs + inputs
    // From the deepest place up: a place is never above the output that goes there.
    withUnsafeTemporaryAllocation(of: UInt256.self, capacity: outputs) { copy in
      for index in 0..<outputs { copy[index] = waiting[1 &+ index] }
      for index in 0..<outputs { top[-index] = copy[index] }
    }
  }

  // MARK: Gas

  /// Gas that is left after the static price of the instruction.
  public var gasLeft: UInt64 { UInt64(clamping: context.gas) }

  /// Takes gas beyond the static price.
  public mutating func charge(_ gas: UInt64) throws(EVMHalt) {
    guard gas <= UInt64(Int64.max), context.charge(Int64(gas)) else { throw .outOfGas }
  }

  /// Takes back what was charged for a call that did not use it.
  public mutating func giveBack(_ gas: UInt64) {
    Frames.setGas(context, context.gas &+ Int64(clamping: gas))
  }

  /// Adds to the refund counter; undone where the frame fails.
  public mutating func addRefund(_ refund: Int64) { context.engine.pointee.refund &+= refund }

  // MARK: Control

  /// Ends the frame with success behind the instruction, as SELFDESTRUCT does.
  public mutating func finish() { isFinished = true }

  /// A failure with words of its own, to be thrown: `EVMResult.detail` has them where it ends the whole call.
  public mutating func failure(_ detail: String) -> EVMHalt {
    self.detail = detail
    return .extensionFailed
  }

  /// What the extension with this number from `registerInstance` keeps for the EVM.
  public func instance(_ index: Int) -> (any ExtensionInstance)? {
    let instances = context.engine.pointee.instances
    return instances.indices.contains(index) ? instances[index] : nil
  }

  /// Makes bytes the return data of the last call; none where a call failed before it began.
  public mutating func setReturnData(_ bytes: UnsafeRawBufferPointer) throws(EVMHalt) {
    do throws(EVMMemoryError) { try context.engine.pointee.memory.setReturnData(bytes) } catch {
      throw .memoryLimit
    }
    context.pointee.return_size = UInt64(truncatingIfNeeded: bytes.count)
  }

  // MARK: Memory

  /// Bytes of the frame's memory (MSIZE).
  public var memorySize: Int { context.engine.pointee.memory.contextSize }

  /// Makes sure that a range lies inside memory, and pays for that.
  ///
  /// - Returns: the range as offsets; empty where `count` is 0.
  public mutating func reach(_ offset: UInt256, count: UInt256) throws(EVMHalt) -> Range<Int> {
    guard let area = Host.area(offset, count), context.charge(Host.expansion(context, to: area.end)) else {
      throw .outOfGas
    }
    guard Host.grow(context, to: area.end) else { throw .memoryLimit }
    return area.offset..<area.end
  }

  /// The bytes of a range that `reach` has given; `nil` outside memory.
  public func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard let bytes = try? context.engine.pointee.memory.bytes(at: range.lowerBound, count: range.count)
    else {
      return nil
    }
    context.engine.pointee.inspector?.read(range, FrameView(context))
    return Array(bytes)
  }

  /// Calls a closure with the bytes of a range that `reach` has given; with none outside memory. They are valid during
  /// the call, and as long as memory does not grow.
  public func withBytes<R>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let bytes = try? context.engine.pointee.memory.bytes(at: range.lowerBound, count: range.count)
    if bytes != nil { context.engine.pointee.inspector?.read(range, FrameView(context)) }
    return body(bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Writes bytes from an offset on, in a range that `reach` has given.
  public mutating func setBytes(_ bytes: [UInt8], at offset: Int) throws(EVMHalt) {
    try bytes.span.bytes.withUnsafeBytes { bytes throws(EVMHalt) in try setBytes(bytes, at: offset) }
  }

  public mutating func setBytes(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(EVMHalt) {
    guard offset >= 0, offset <= memorySize, bytes.count <= memorySize &- offset else {
      throw .extensionFailed
    }
    do throws(EVMMemoryError) { try context.engine.pointee.memory.setData(bytes, at: offset) } catch {
      throw .memoryLimit
    }
  }

  // MARK: Environment

  public var address: Address { Address(word: UInt256(context.frame.pointee.address)) }
  public var caller: Address { Address(word: UInt256(context.frame.pointee.caller)) }
  public var value: UInt256 { UInt256(context.frame.pointee.value) }
  /// 0 for the outermost frame.
  public var depth: Int { Int(context.frame.pointee.depth) }
  /// Whether the frame may not change the state.
  public var isStatic: Bool { context.frame.pointee.is_static != 0 }
  public var callData: [UInt8] { withCallData { Array($0) } }

  /// Calls a closure with the call data. They are valid during the call, and as long as memory does not grow.
  public func withCallData<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    let frame = context.frame
    return body(
      UnsafeRawBufferPointer(
        start: frame.pointee.input, count: Int(truncatingIfNeeded: frame.pointee.input_size)))
  }

  /// Calls a closure with what the last call returned; valid as call data are.
  public func withReturnData<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    body(context.engine.pointee.memory.returnData)
  }

  /// The fork that runs, or the one that its rules derive from.
  public var fork: Fork { context.engine.pointee.fork }

  // MARK: Storage

  /// The value of a slot of the frame's account, for what SLOAD costs: static price and a cold slot.
  public mutating func loadStorage(_ slot: UInt256) throws(EVMHalt) -> UInt256 {
    guard context.charge(context.engine.pointee.schedule.storageLoad),
      let value = StorageAccess.load(context, slot)
    else { throw .outOfGas }
    return value
  }

  /// Writes a slot of the frame's account as SSTORE does: its price, its refund, its refusals.
  public mutating func storeStorage(_ slot: UInt256, _ value: UInt256) throws(EVMHalt) {
    if let reason = StorageAccess.store(context, slot, value, isObserved: true) { throw reason }
  }

  /// The value of a slot of the frame's account. It is neither paid nor warmed.
  public func storage(_ slot: UInt256) -> UInt256 {
    let tables = context.engine.pointee.tables
    let index = tables.pointee.slot(Int(context.frame.pointee.account), slot)
    let value = tables.pointee.slots[index].pointee.current
    context.engine.pointee.inspector?.load(slot: slot, value: value, FrameView(context))
    return value
  }

  /// Writes a slot of the frame's account; undone where the frame fails.
  public mutating func setStorage(_ slot: UInt256, to value: UInt256) throws(EVMHalt) {
    if isStatic { throw .staticViolation }
    let tables = context.engine.pointee.tables
    let index = tables.pointee.slot(Int(context.frame.pointee.account), slot)
    if let inspector = context.engine.pointee.inspector {
      let old = tables.pointee.slots[index].pointee.current
      inspector.store(slot: slot, from: old, to: value, FrameView(context))
    }
    tables.pointee.store(value, in: index)
  }
}
