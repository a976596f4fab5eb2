import CWeftABI
import Glibc
import WeftMemory

// Instructions that may make memory grow. Each computes its whole price before it pays, pays before it grows, and
// grows before it touches anything.

/// MLOAD at a place that memory does not reach yet.
enum GrowingLoad: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let area = Host.area(c.top[0], UInt256(32)), c.charge(Host.expansion(c, to: area.end)) else {
      return Host.starve(c, D.self)
    }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    c.top[0] = MemoryWord.load(c.engine.pointee.memory.contextBase + area.offset)
    return .proceed
  }
}

/// MSTORE at a place that memory does not reach yet.
enum GrowingStore: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let area = Host.area(c.top[0], UInt256(32)), c.charge(Host.expansion(c, to: area.end)) else {
      return Host.starve(c, D.self)
    }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    MemoryWord.store(c.top[-1], to: c.engine.pointee.memory.contextBase + area.offset)
    c.pop(2)
    return .proceed
  }
}

/// MSTORE8 at a place that memory does not reach yet.
enum GrowingByteStore: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let area = Host.area(c.top[0], .one), c.charge(Host.expansion(c, to: area.end)) else {
      return Host.starve(c, D.self)
    }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    let byte = UInt8(truncatingIfNeeded: c.top[-1].limb0)
    c.engine.pointee.memory.contextBase.storeBytes(of: byte, toByteOffset: area.offset, as: UInt8.self)
    c.pop(2)
    return .proceed
  }
}

enum MemoryCopy: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let target = Host.area(c.top[0], c.top[-2]), let source = Host.area(c.top[-1], c.top[-2]) else {
      return Host.starve(c, D.self)
    }
    let end = max(target.end, source.end)
    guard c.charge(3 &* Host.words(target.count) &+ Host.expansion(c, to: end)) else {
      return Host.starve(c, D.self)
    }
    guard Host.grow(c, to: end) else { return Frames.halt(c, .memoryLimit, D.self) }
    let base = c.engine.pointee.memory.contextBase
    memmove(base + target.offset, base + source.offset, target.count)
    c.pop(3)
    return .proceed
  }
}

/// What CALLDATACOPY, CODECOPY and EXTCODECOPY have in common: bytes past the source's end are 0.
private enum Copying {
  @inline(__always)
  static func run<D: Dispatch>(
    _ c: EVMContext, operands: Words, extra: Int64, _: D.Type,
    source: () -> UnsafeRawBufferPointer
  ) -> HostOutcome {
    guard let target = Host.area(operands[0], operands[-2]),
      c.charge(3 &* Host.words(target.count) &+ Host.expansion(c, to: target.end) &+ extra)
    else { return Host.starve(c, D.self) }
    guard Host.grow(c, to: target.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    copy(source(), operands[-1], to: c.engine.pointee.memory.contextBase + target.offset, target.count)
    return .proceed
  }

  @inline(__always)
  static func copy(
    _ source: UnsafeRawBufferPointer, _ start: UInt256, to target: UnsafeMutableRawPointer, _ count: Int
  ) {
    if count == 0 { return }
    let offset = start.fitsInUInt64 ? Int(truncatingIfNeeded: min(start.limb0, UInt64(Int.max))) : Int.max
    let available = min(count, max(0, source.count &- offset))
    if available > 0, let base = source.baseAddress { memcpy(target, base + offset, available) }
    memset(target + available, 0, count &- available)
  }
}

enum CallDataCopy: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let outcome = Copying.run(c, operands: c.top, extra: 0, D.self) {
      UnsafeRawBufferPointer(
        start: c.frame.pointee.input, count: Int(truncatingIfNeeded: c.frame.pointee.input_size))
    }
    if outcome == .proceed { c.pop(3) }
    return outcome
  }
}

enum CodeCopy: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let outcome = Copying.run(c, operands: c.top, extra: 0, D.self) {
      UnsafeRawBufferPointer(
        start: c.frame.pointee.code, count: Int(truncatingIfNeeded: c.frame.pointee.code_size))
    }
    if outcome == .proceed { c.pop(3) }
    return outcome
  }
}

enum ExternalCodeCopy: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let tables = engine.pointee.tables
    let account = tables.pointee.account(c.top[0].addressBits)
    let isCold = tables.pointee.isCold(account)
    let extra = isCold ? engine.pointee.schedule.coldAccountExtra : 0
    let outcome = Copying.run(c, operands: c.top - 1, extra: extra, D.self) {
      guard let code = tables.pointee.code(of: account) else {
        return UnsafeRawBufferPointer(start: nil, count: 0)
      }
      return tables.pointee.codeBytes(code)
    }
    if outcome == .proceed {
      if isCold { _ = tables.pointee.warm(account) }
      c.pop(4)
    }
    return outcome
  }
}

enum ReturnDataCopy: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let engine = c.engine
    // The range must lie inside, even where nothing is copied.
    let (start, count) = (c.top[-1], c.top[-2])
    let size = UInt64(truncatingIfNeeded: engine.pointee.memory.returnDataSize)
    guard start.fitsInUInt64, count.fitsInUInt64, start.limb0 <= size, count.limb0 <= size &- start.limb0
    else {
      return Frames.halt(c, .returnDataOutOfBounds, D.self)
    }
    guard let target = Host.area(c.top[0], count),
      c.charge(3 &* Host.words(target.count) &+ Host.expansion(c, to: target.end))
    else { return Host.starve(c, D.self) }
    guard Host.grow(c, to: target.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    do throws(EVMMemoryError) {
      try engine.pointee.memory.copyReturnData(
        from: Int(truncatingIfNeeded: start.limb0), to: target.offset, count: target.count)
    } catch { return Host.fail(c, .memory("\(error)")) }
    c.pop(3)
    return .proceed
  }
}

/// CALLDATALOAD past the end, or across it.
enum PartialCallDataLoad: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let offset = c.top[0]
    let size = c.frame.pointee.input_size
    var value = UInt256.zero
    if offset.fitsInUInt64, offset.limb0 < size, let input = c.frame.pointee.input {
      var word = UInt256.zero
      let available = min(32, size &- offset.limb0)
      memcpy(&word, input + Int(truncatingIfNeeded: offset.limb0), Int(truncatingIfNeeded: available))
      value = withUnsafeMutableBytes(of: &word) { bytes in
        bytes.baseAddress.map { MemoryWord.load($0) } ?? .zero
      }
    }
    c.top[0] = value
    return .proceed
  }
}

enum KeccakHash: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let area = Host.area(c.top[0], c.top[-1]),
      c.charge(6 &* Host.words(area.count) &+ Host.expansion(c, to: area.end))
    else { return Host.starve(c, D.self) }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }
    let bytes = Host.bytes(c, area)
    c.top[-1] = area.count == 64 ? c.engine.pointee.hashes.hash(bytes) : Keccak256.hash(bytes).word
    c.pop(1)
    return .proceed
  }
}

/// A word in memory: 32 bytes, the most significant first.
enum MemoryWord {
  @inline(__always)
  static func load(_ source: UnsafeRawPointer) -> UInt256 {
    UInt256(
      limbs: UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 24, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(as: UInt64.self)))
  }

  @inline(__always)
  static func load(_ source: UnsafeMutableRawPointer) -> UInt256 { load(UnsafeRawPointer(source)) }

  @inline(__always)
  static func store(_ word: UInt256, to target: UnsafeMutableRawPointer) {
    target.storeBytes(of: word.limb3.bigEndian, as: UInt64.self)
    target.storeBytes(of: word.limb2.bigEndian, toByteOffset: 8, as: UInt64.self)
    target.storeBytes(of: word.limb1.bigEndian, toByteOffset: 16, as: UInt64.self)
    target.storeBytes(of: word.limb0.bigEndian, toByteOffset: 24, as: UInt64.self)
  }
}
