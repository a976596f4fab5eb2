/// What an instruction does, written once for every engine, every recorder and every pair it is fused into.
protocol InstructionBody {
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation
}

// One type per operation, so that handlers, the reference engine and fused pairs can name it.

// MARK: Register-register

enum Add: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.add)
  }
}

enum Sub: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.sub)
  }
}

enum Sll: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.sll)
  }
}

enum Slt: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.slt)
  }
}

enum Sltu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.sltu)
  }
}

enum Xor: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.xor)
  }
}

enum Srl: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.srl)
  }
}

enum Sra: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.sra)
  }
}

enum Or: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.or)
  }
}

enum And: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.and)
  }
}

enum Mul: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.mul)
  }
}

enum Mulh: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.mulh)
  }
}

enum Mulhsu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.mulhsu)
  }
}

enum Mulhu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.mulhu)
  }
}

enum Div: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.div)
  }
}

enum Divu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.divu)
  }
}

enum Rem: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.rem)
  }
}

enum Remu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    registerBody(s, D.self, R.self, Arithmetic.remu)
  }
}

// MARK: Register-immediate

enum Addi: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.add)
  }
}

enum Slti: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.slt)
  }
}

enum Sltiu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.sltu)
  }
}

enum Xori: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.xor)
  }
}

enum Ori: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.or)
  }
}

enum Andi: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.and)
  }
}

enum Slli: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.sll)
  }
}

enum Srli: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.srl)
  }
}

enum Srai: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    immediateBody(s, D.self, R.self, Arithmetic.sra)
  }
}

// MARK: Constants and no-ops

enum Constant: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    constantBody(s, D.self, R.self)
  }
}

enum Idle: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    idleBody(s, D.self, R.self)
  }
}

// MARK: Loads and stores

enum Lb: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    loadBody(s, D.self, R.self, SignedByte.self)
  }
}

enum Lh: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    loadBody(s, D.self, R.self, SignedHalfword.self)
  }
}

enum Lw: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    loadBody(s, D.self, R.self, Word.self)
  }
}

enum Lbu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    loadBody(s, D.self, R.self, Byte.self)
  }
}

enum Lhu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    loadBody(s, D.self, R.self, Halfword.self)
  }
}

enum Sb: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    storeBody(s, D.self, R.self, Byte.self)
  }
}

enum Sh: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    storeBody(s, D.self, R.self, Halfword.self)
  }
}

enum Sw: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    storeBody(s, D.self, R.self, Word.self)
  }
}

// MARK: Control transfer

enum Beq: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.eq)
  }
}

enum Bne: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.ne)
  }
}

enum Blt: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.lt)
  }
}

enum Bge: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.ge)
  }
}

enum Bltu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.ltu)
  }
}

enum Bgeu: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    branchBody(s, D.self, R.self, Condition.geu)
  }
}

enum Jal: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    jumpBody(s, D.self, R.self)
  }
}

enum Jalr: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    jumpRegisterBody(s, D.self, R.self)
  }
}

// MARK: Left to the host

enum Service: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    serviceBody(s, D.self, R.self)
  }
}
