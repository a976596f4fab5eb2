// One type per instruction, so that handlers, the reference engine and fused groups can name it.

// MARK: Arithmetic, comparison, bits

enum Add: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.add)
  }
}

enum Mul: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.mul)
  }
}

enum Sub: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.sub)
  }
}

enum SignExtend: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.signExtend)
  }
}

enum Less: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self) { Arithmetic.bool(Arithmetic.lt($0, $1)) }
  }
}

enum Greater: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self) { Arithmetic.bool(Arithmetic.lt($1, $0)) }
  }
}

enum SignedLess: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self) { Arithmetic.bool(Arithmetic.slt($0, $1)) }
  }
}

enum SignedGreater: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self) { Arithmetic.bool(Arithmetic.slt($1, $0)) }
  }
}

enum Equal: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self) { Arithmetic.bool(Arithmetic.eq($0, $1)) }
  }
}

enum IsZero: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    unaryBody(s, D.self) { Arithmetic.bool($0.isZero) }
  }
}

enum And: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.and)
  }
}

enum Or: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.or)
  }
}

enum Xor: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.xor)
  }
}

enum Not: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    unaryBody(s, D.self, Arithmetic.not)
  }
}

enum ByteOf: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.byte)
  }
}

enum ShiftLeft: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.shl)
  }
}

enum ShiftRight: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.shr)
  }
}

enum ShiftArithmetic: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    binaryBody(s, D.self, Arithmetic.sar)
  }
}

enum CountLeadingZeros: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    unaryBody(s, D.self) { UInt256(Arithmetic.leadingZeros($0)) }
  }
}
