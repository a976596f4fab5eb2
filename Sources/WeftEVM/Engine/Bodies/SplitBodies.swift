import CWeftABI

// Instructions with a fast path in the handler; the rest is an operation of the host.

enum MemoryLoad: UnaryBody, SplitBody {
  typealias Rest = GrowingLoad

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mload(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ offset: UInt256, _: D.Type) -> D.Continuation {
    guard isInside(offset, 32, s.memorySize) else { return rest(s.pushing(offset), D.self) }
    let word = MemoryWord.load(s.memory + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.pushing(word).advanced())
  }
}

enum MemoryStore: BinaryBody, SplitBody {
  typealias Rest = GrowingStore

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mstore(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ offset: UInt256, _ word: UInt256, _: D.Type
  ) -> D.Continuation {
    guard isInside(offset, 32, s.memorySize) else { return rest(s.pushing(word).pushing(offset), D.self) }
    MemoryWord.store(word, to: s.memory + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.advanced())
  }
}

enum MemoryByteStore: BinaryBody, SplitBody {
  typealias Rest = GrowingByteStore

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mstore8(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ offset: UInt256, _ word: UInt256, _: D.Type
  ) -> D.Continuation {
    guard isInside(offset, 1, s.memorySize) else { return rest(s.pushing(word).pushing(offset), D.self) }
    let byte = UInt8(truncatingIfNeeded: word.limb0)
    s.memory.storeBytes(of: byte, toByteOffset: Int(truncatingIfNeeded: offset.limb0), as: UInt8.self)
    return D.proceed(s.advanced())
  }
}

enum CallDataLoad: UnaryBody, SplitBody {
  typealias Rest = PartialCallDataLoad

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_calldataload(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ offset: UInt256, _: D.Type) -> D.Continuation {
    let frame = s.context.frame
    guard isInside(offset, 32, frame.pointee.input_size), let input = frame.pointee.input else {
      return rest(s.pushing(offset), D.self)
    }
    let word = MemoryWord.load(UnsafeRawPointer(input) + Int(truncatingIfNeeded: offset.limb0))
    return D.proceed(s.pushing(word).advanced())
  }
}

enum Divide: BinaryBody, SplitBody {
  typealias Rest = WideDivide

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_div(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ dividend: UInt256, _ divisor: UInt256, _: D.Type
  ) -> D.Continuation {
    if let exponent = divisor.exactLogarithm {
      return D.proceed(s.pushing(dividend.shiftedRight(exponent)).advanced())
    }
    guard dividend.fitsInUInt64, divisor.fitsInUInt64, divisor.limb0 != 0 else {
      return rest(s.pushing(divisor).pushing(dividend), D.self)
    }
    return D.proceed(s.pushing(UInt256(dividend.limb0 / divisor.limb0)).advanced())
  }
}

enum Modulo: BinaryBody, SplitBody {
  typealias Rest = WideModulo

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_mod(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ dividend: UInt256, _ divisor: UInt256, _: D.Type
  ) -> D.Continuation {
    guard dividend.fitsInUInt64, divisor.fitsInUInt64, divisor.limb0 != 0 else {
      return rest(s.pushing(divisor).pushing(dividend), D.self)
    }
    return D.proceed(s.pushing(UInt256(dividend.limb0 % divisor.limb0)).advanced())
  }
}

enum SignedDivide: BinaryBody, SplitBody {
  typealias Rest = WideSignedDivide

  @inline(__always) static func continueInHandler(_ s: ExecutionState) {
    return weft_evm_host_sdiv(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ dividend: UInt256, _ divisor: UInt256, _: D.Type
  ) -> D.Continuation {
    let (upper, lower) = (dividend.magnitude, divisor.magnitude)
    guard upper.fitsInUInt64, lower.fitsInUInt64, lower.limb0 != 0 else {
      return rest(s.pushing(divisor).pushing(dividend), D.self)
    }
    let quotient = UInt256(upper.limb0 / lower.limb0)
    if dividend.isNegative == divisor.isNegative { return D.proceed(s.pushing(quotient).advanced()) }
    return D.proceed(s.pushing(quotient.negated).advanced())
  }
}

/// Whether `count` bytes at a word's offset lie inside `size` bytes.
@inline(__always)
func isInside(_ offset: UInt256, _ count: UInt64, _ size: UInt64) -> Bool {
  let (end, overflow) = offset.limb0.addingReportingOverflow(count)
  return (offset.limb1 | offset.limb2 | offset.limb3 == 0) && !overflow && end <= size
}
