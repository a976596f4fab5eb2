import CWeftABI

// Instructions with a fast path in the handler; the rest is an operation of the host.

enum MemoryLoad: SplitBody {
  typealias Rest = GrowingLoad

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mload(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let offset = s.top.word(0)
    guard isInside(offset, 32, s.memorySize) else { return rest(s, D.self) }
    s.top[0] = MemoryWord.load(s.memory + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.advanced())
  }
}

enum MemoryStore: SplitBody {
  typealias Rest = GrowingStore

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mstore(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let offset = s.top.word(0)
    guard isInside(offset, 32, s.memorySize) else { return rest(s, D.self) }
    MemoryWord.store(s.top.word(-1), to: s.memory + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.popped(2).advanced())
  }
}

enum MemoryByteStore: SplitBody {
  typealias Rest = GrowingByteStore

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mstore8(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let offset = s.top.word(0)
    guard isInside(offset, 1, s.memorySize) else { return rest(s, D.self) }
    let byte = UInt8(truncatingIfNeeded: s.top.word(-1).limb0)
    s.memory.storeBytes(of: byte, toByteOffset: Int(truncatingIfNeeded: offset.limb0), as: UInt8.self)
    return D.proceed(s.popped(2).advanced())
  }
}

enum CallDataLoad: SplitBody {
  typealias Rest = PartialCallDataLoad

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_calldataload(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let offset = s.top.word(0)
    let frame = s.context.frame
    guard isInside(offset, 32, frame.pointee.input_size), let input = frame.pointee.input else {
      return rest(s, D.self)
    }
    s.top[0] = MemoryWord.load(UnsafeRawPointer(input) + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.advanced())
  }
}

enum Divide: SplitBody {
  typealias Rest = WideDivide

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_div(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let (dividend, divisor) = (s.top.word(0), s.top.word(-1))
    guard dividend.fitsInUInt64, divisor.fitsInUInt64, divisor.limb0 != 0 else { return rest(s, D.self) }
    s.top[-1] = UInt256(dividend.limb0 / divisor.limb0)
    return D.proceed(s.popped().advanced())
  }
}

enum Modulo: SplitBody {
  typealias Rest = WideModulo

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mod(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let (dividend, divisor) = (s.top.word(0), s.top.word(-1))
    guard dividend.fitsInUInt64, divisor.fitsInUInt64, divisor.limb0 != 0 else { return rest(s, D.self) }
    s.top[-1] = UInt256(dividend.limb0 % divisor.limb0)
    return D.proceed(s.popped().advanced())
  }
}

/// Whether `count` bytes at a word's offset lie inside `size` bytes.
@inline(__always)
func isInside(_ offset: UInt256, _ count: UInt64, _ size: UInt64) -> Bool {
  let (end, overflow) = offset.limb0.addingReportingOverflow(count)
  return (offset.limb1 | offset.limb2 | offset.limb3 == 0) && !overflow && end <= size
}
