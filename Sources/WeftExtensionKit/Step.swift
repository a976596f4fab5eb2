import CWeftABI

/// One instruction that is being carried out: its operands, and guest memory.
///
/// Whatever can fail throws before it changes anything. A function with several effects checks first what the later
/// ones need: in fast runs, which write in place, an instruction that fails half way leaves its first half behind.
public struct Step {
  public let call: UnsafeMutablePointer<weft_call>
  public let operands: UnsafePointer<weft_operands>

  @inlinable @inline(__always)
  init(_ call: UnsafeMutablePointer<weft_call>, _ operands: UnsafePointer<weft_operands>) {
    self.call = call
    self.operands = operands
  }

  /// What a step function does with its arguments: runs `body`, and turns an error into a status.
  @inlinable @inline(__always)
  public static func perform(
    _ call: UnsafeMutablePointer<weft_call>?, _ operands: UnsafePointer<weft_operands>?,
    _ body: (Step) throws(StepFailure) -> Void
  ) -> weft_status {
    guard let call, let operands else { return weft_status(WEFT_FAILED) }
    do throws(StepFailure) {
      try body(Step(call, operands))
      return weft_status(WEFT_OK)
    } catch {
      return error.status
    }
  }

  // MARK: Operands

  /// The value of the register rs1.
  @inlinable public var rs1: UInt32 { call.pointee.x[Int(operands.pointee.rs1)] }

  /// The value of the register rs2.
  @inlinable public var rs2: UInt32 { call.pointee.x[Int(operands.pointee.rs2)] }

  /// The register rd: its value before, for instructions that read it, and its new value.
  @inlinable public var rd: UInt32 {
    get { call.pointee.x[Int(operands.pointee.source_rd)] }
    nonmutating set { call.pointee.x[Int(operands.pointee.rd)] = newValue }
  }

  /// The immediate; 0 in form R.
  @inlinable public var immediate: Int32 { operands.pointee.immediate }

  /// Ends the instruction as failed: `throw step.failure(1, "more than 16 MiB")`.
  public func failure(_ code: Int32, _ message: String) -> StepFailure {
    StepFailure(status: weft_fail(call, code, message))
  }

  // MARK: Memory

  /// The integer at an address, little-endian, with any alignment.
  @inlinable @inline(__always)
  public func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, at address: UInt32
  ) throws(StepFailure) -> Value {
    var value: Value = 0
    let status = withUnsafeMutableBytes(of: &value) {
      weft_load(call, address, $0.baseAddress, UInt32(MemoryLayout<Value>.size))
    }
    try StepFailure.check(status)
    return Value(littleEndian: value)
  }

  /// Stores an integer at an address, little-endian, with any alignment.
  @inlinable @inline(__always)
  public func store<Value: FixedWidthInteger & BitwiseCopyable>(
    _ value: Value, at address: UInt32
  ) throws(StepFailure) {
    let value = value.littleEndian
    let status = withUnsafeBytes(of: value) {
      weft_store(call, address, $0.baseAddress, UInt32(MemoryLayout<Value>.size))
    }
    try StepFailure.check(status)
  }

  /// Fills a buffer with the bytes at an address.
  @inlinable
  public func load(into buffer: UnsafeMutableRawBufferPointer, at address: UInt32) throws(StepFailure) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    try StepFailure.check(weft_load(call, address, start, UInt32(truncatingIfNeeded: buffer.count)))
  }

  /// Stores the bytes of a buffer at an address.
  @inlinable
  public func store(_ buffer: UnsafeRawBufferPointer, at address: UInt32) throws(StepFailure) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    try StepFailure.check(weft_store(call, address, start, UInt32(truncatingIfNeeded: buffer.count)))
  }

  /// Copies as `memmove` does, all or nothing.
  @inlinable @inline(__always)
  public func copy(to destination: UInt32, from source: UInt32, count: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_copy(call, destination, source, count))
  }

  /// Sets `count` bytes to one value, all or nothing.
  @inlinable @inline(__always)
  public func fill(_ destination: UInt32, with byte: UInt8, count: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_fill(call, destination, byte, count))
  }

  /// Guest memory in place, for reading, until the next store; `nil` where the host has to see each access.
  @inlinable @inline(__always)
  public func peek(at address: UInt32, count: UInt32) -> UnsafeRawBufferPointer? {
    guard let start = weft_peek(call, address, count) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(count))
  }

  // MARK: The extension's own spaces

  /// Fills a buffer with cells of the extension's space `space`, counted from 0.
  /// - Parameter pointer: in bytes.
  @inlinable
  public func load(
    into buffer: UnsafeMutableRawBufferPointer, space: UInt32, at pointer: UInt32
  ) throws(StepFailure) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    try StepFailure.check(
      weft_space_load(call, space, pointer, start, UInt32(truncatingIfNeeded: buffer.count)))
  }

  /// Stores the bytes of a buffer in the extension's space `space`.
  @inlinable
  public func store(
    _ buffer: UnsafeRawBufferPointer, space: UInt32, at pointer: UInt32
  ) throws(StepFailure) {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return }
    try StepFailure.check(
      weft_space_store(call, space, pointer, start, UInt32(truncatingIfNeeded: buffer.count)))
  }

  // MARK: Requests

  /// The value of a register that the instruction does not declare; logged here.
  public func register(_ index: UInt32) throws(StepFailure) -> UInt32 {
    var value: UInt32 = 0
    try StepFailure.check(weft_register(call, index, &value))
    return value
  }

  /// Sets a register that the instruction does not declare; logged here.
  public func setRegister(_ index: UInt32, to value: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_set_register(call, index, value))
  }

  /// Lets time pass without an access.
  public func advance(by ticks: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_advance(call, ticks))
  }

  /// Goes on at `address` instead of the next instruction.
  public func jump(to address: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_jump(call, address))
  }

  /// Ends the run after this instruction.
  public func exit(code: UInt32) throws(StepFailure) {
    try StepFailure.check(weft_exit(call, code))
  }

  /// Writes to the guest's standard output.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(StepFailure) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    try StepFailure.check(weft_write_output(call, start, UInt32(truncatingIfNeeded: bytes.count)))
  }
}
