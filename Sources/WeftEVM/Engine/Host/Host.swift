import CWeftABI
import WeftMemory

/// An instruction that is carried out with the state in the context: it looks at accounts, grows memory, changes
/// frames, or is rare.
///
/// It decides about everything that can fail before it changes anything.
protocol HostOperation {
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome
}

/// What operations of the host share.
enum Host {
  /// Ends the whole execution without a result.
  @inline(never)
  static func fail(_ c: EVMContext, _ error: EVMError) -> HostOutcome {
    c.engine.pointee.fail(error)
    c.pointee.base.status = EngineStatus.failed
    return .leave
  }

  /// The frame cannot pay. The threaded engine, whose line is paid in advance, leaves it to the reference engine to
  /// find out where exactly the gas ends.
  @inline(never)
  static func starve<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    if D.isObserved { return Frames.halt(c, .outOfGas, D.self) }
    c.pointee.base.status = EngineStatus.starved
    return .leave
  }

  // MARK: Memory

  /// A range of the running frame's memory, out of two operands.
  struct Area {
    var offset: Int
    var count: Int

    static var none: Area { Area(offset: 0, count: 0) }
    var end: Int { offset &+ count }
  }

  /// The range that two operands name; `nil` where it is larger than any gas can pay.
  @inline(__always)
  static func area(_ offset: UInt256, _ count: UInt256) -> Area? {
    if count.isZero { return Area.none }
    guard offset.fitsInUInt64, count.fitsInUInt64, (offset.limb0 | count.limb0) &>> 32 == 0 else {
      return nil
    }
    return Area(offset: Int(truncatingIfNeeded: offset.limb0), count: Int(truncatingIfNeeded: count.limb0))
  }

  /// What it costs to have memory up to `end`.
  @inline(__always)
  static func expansion(_ c: EVMContext, to end: Int) -> Int64 {
    let size = c.engine.pointee.memory.contextSize
    if end <= size { return 0 }
    return expansion(from: Int64(size) &>> 5, to: words(end))
  }

  /// What it costs to have `after` words of memory and not `before`, fewer: areas end below 2³³, so that nothing
  /// overflows.
  @inline(__always)
  static func expansion(from before: Int64, to after: Int64) -> Int64 {
    3 &* (after &- before) &+ (after &* after) &>> 9 &- (before &* before) &>> 9
  }

  /// Makes memory reach `end`, which is paid.
  /// - Returns: `false` where the host's limit forbids it.
  @inline(__always)
  static func grow(_ c: EVMContext, to end: Int) -> Bool {
    if end <= c.engine.pointee.memory.contextSize { return true }
    return growContext(c, end)
  }

  @inline(__always)
  private static func growContext(_ c: EVMContext, _ end: Int) -> Bool {
    let engine = c.engine
    let before = c.pointee.memory
    do throws(EVMMemoryError) { try engine.pointee.memory.ensureContextCapacity(end) } catch { return false }
    engine.pointee.publishMemory()
    // Call data may lie in the buffer that has moved.
    if c.pointee.memory != before { Frames.bufferMoved(c) }
    return true
  }

  /// The bytes of an area that memory reaches.
  @inline(__always)
  static func bytes(_ c: EVMContext, _ area: Area) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: c.engine.pointee.memory.contextBase + area.offset, count: area.count)
  }

  /// Words of `count` bytes.
  @inline(__always)
  static func words(_ count: Int) -> Int64 { (Int64(count) &+ 31) &>> 5 }
}

extension UnsafeMutablePointer<weft_evm_context> {
  /// Pops `count` words while the host has control.
  @inline(__always) func pop(_ count: Int) { top -= count }
}

extension UInt256 {
  /// The low 160 bits: the address that an operand names.
  @inline(__always) var addressBits: UInt256 {
    UInt256(limbs: limb0, limb1, limb2 & 0xffff_ffff, 0)
  }
}
