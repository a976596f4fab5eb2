import CWeftABI

/// The reference engine: a loop with a switch over the same bodies as the threaded engine's handlers.
///
/// Executes at most as many instructions as `state.budget` pays for, one at a time, and leaves the state in the
/// context. `operations` holds an `Operation` for every slot of the text.
func runReference<R: Recorder>(
  _ start: ExecutionState, operations: UnsafePointer<UInt8>, _: R.Type
) {
  var state = start
  let context = state.context
  let text = UnsafePointer(context.pointee.text.unsafelyUnwrapped)
  context.pointee.status = UInt32(WEFT_RUNNING)
  while true {
    if state.budget < R.budgetUnit {
      context.pointee.status = UInt32(WEFT_BUDGET_SPENT)
      break
    }
    let slot = state.next
    switch Operation(rawValue: operations[slot - text]) {
    case .add: state = registerBody(state, Looped.self, R.self, Arithmetic.add)
    case .sub: state = registerBody(state, Looped.self, R.self, Arithmetic.sub)
    case .sll: state = registerBody(state, Looped.self, R.self, Arithmetic.sll)
    case .slt: state = registerBody(state, Looped.self, R.self, Arithmetic.slt)
    case .sltu: state = registerBody(state, Looped.self, R.self, Arithmetic.sltu)
    case .xor: state = registerBody(state, Looped.self, R.self, Arithmetic.xor)
    case .srl: state = registerBody(state, Looped.self, R.self, Arithmetic.srl)
    case .sra: state = registerBody(state, Looped.self, R.self, Arithmetic.sra)
    case .or: state = registerBody(state, Looped.self, R.self, Arithmetic.or)
    case .and: state = registerBody(state, Looped.self, R.self, Arithmetic.and)
    case .mul: state = registerBody(state, Looped.self, R.self, Arithmetic.mul)
    case .mulh: state = registerBody(state, Looped.self, R.self, Arithmetic.mulh)
    case .mulhsu: state = registerBody(state, Looped.self, R.self, Arithmetic.mulhsu)
    case .mulhu: state = registerBody(state, Looped.self, R.self, Arithmetic.mulhu)
    case .div: state = registerBody(state, Looped.self, R.self, Arithmetic.div)
    case .divu: state = registerBody(state, Looped.self, R.self, Arithmetic.divu)
    case .rem: state = registerBody(state, Looped.self, R.self, Arithmetic.rem)
    case .remu: state = registerBody(state, Looped.self, R.self, Arithmetic.remu)
    case .addi: state = immediateBody(state, Looped.self, R.self, Arithmetic.add)
    case .slti: state = immediateBody(state, Looped.self, R.self, Arithmetic.slt)
    case .sltiu: state = immediateBody(state, Looped.self, R.self, Arithmetic.sltu)
    case .xori: state = immediateBody(state, Looped.self, R.self, Arithmetic.xor)
    case .ori: state = immediateBody(state, Looped.self, R.self, Arithmetic.or)
    case .andi: state = immediateBody(state, Looped.self, R.self, Arithmetic.and)
    case .slli: state = immediateBody(state, Looped.self, R.self, Arithmetic.sll)
    case .srli: state = immediateBody(state, Looped.self, R.self, Arithmetic.srl)
    case .srai: state = immediateBody(state, Looped.self, R.self, Arithmetic.sra)
    case .constant: state = constantBody(state, Looped.self, R.self)
    case .idle: state = idleBody(state, Looped.self, R.self)
    case .lb: state = loadBody(state, Looped.self, R.self, SignedByte.self)
    case .lh: state = loadBody(state, Looped.self, R.self, SignedHalfword.self)
    case .lw: state = loadBody(state, Looped.self, R.self, Word.self)
    case .lbu: state = loadBody(state, Looped.self, R.self, Byte.self)
    case .lhu: state = loadBody(state, Looped.self, R.self, Halfword.self)
    case .sb: state = storeBody(state, Looped.self, R.self, Byte.self)
    case .sh: state = storeBody(state, Looped.self, R.self, Halfword.self)
    case .sw: state = storeBody(state, Looped.self, R.self, Word.self)
    case .beq: state = branchBody(state, Looped.self, R.self, Condition.eq)
    case .bne: state = branchBody(state, Looped.self, R.self, Condition.ne)
    case .blt: state = branchBody(state, Looped.self, R.self, Condition.lt)
    case .bge: state = branchBody(state, Looped.self, R.self, Condition.ge)
    case .bltu: state = branchBody(state, Looped.self, R.self, Condition.ltu)
    case .bgeu: state = branchBody(state, Looped.self, R.self, Condition.geu)
    case .jal: state = jumpBody(state, Looped.self, R.self)
    case .jalr: state = jumpRegisterBody(state, Looped.self, R.self)
    case .service: state = serviceBody(state, Looped.self, R.self)
    case nil: state = serviceBody(state, Looped.self, R.self)
    }
    if context.pointee.status != UInt32(WEFT_RUNNING) { break }
    state.budget &-= R.budgetUnit
    R.stepped(slot, context)
  }
  weft_rv32_return(
    state.next, state.registers, state.memory, state.sizeOrCursor, state.budget, context)
}
