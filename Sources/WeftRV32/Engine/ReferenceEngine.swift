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
    case .add: state = Add.run(state, Looped.self, R.self)
    case .sub: state = Sub.run(state, Looped.self, R.self)
    case .sll: state = Sll.run(state, Looped.self, R.self)
    case .slt: state = Slt.run(state, Looped.self, R.self)
    case .sltu: state = Sltu.run(state, Looped.self, R.self)
    case .xor: state = Xor.run(state, Looped.self, R.self)
    case .srl: state = Srl.run(state, Looped.self, R.self)
    case .sra: state = Sra.run(state, Looped.self, R.self)
    case .or: state = Or.run(state, Looped.self, R.self)
    case .and: state = And.run(state, Looped.self, R.self)
    case .mul: state = Mul.run(state, Looped.self, R.self)
    case .mulh: state = Mulh.run(state, Looped.self, R.self)
    case .mulhsu: state = Mulhsu.run(state, Looped.self, R.self)
    case .mulhu: state = Mulhu.run(state, Looped.self, R.self)
    case .div: state = Div.run(state, Looped.self, R.self)
    case .divu: state = Divu.run(state, Looped.self, R.self)
    case .rem: state = Rem.run(state, Looped.self, R.self)
    case .remu: state = Remu.run(state, Looped.self, R.self)
    case .addi: state = Addi.run(state, Looped.self, R.self)
    case .slti: state = Slti.run(state, Looped.self, R.self)
    case .sltiu: state = Sltiu.run(state, Looped.self, R.self)
    case .xori: state = Xori.run(state, Looped.self, R.self)
    case .ori: state = Ori.run(state, Looped.self, R.self)
    case .andi: state = Andi.run(state, Looped.self, R.self)
    case .slli: state = Slli.run(state, Looped.self, R.self)
    case .srli: state = Srli.run(state, Looped.self, R.self)
    case .srai: state = Srai.run(state, Looped.self, R.self)
    case .constant: state = Constant.run(state, Looped.self, R.self)
    case .idle: state = Idle.run(state, Looped.self, R.self)
    case .lb: state = Lb.run(state, Looped.self, R.self)
    case .lh: state = Lh.run(state, Looped.self, R.self)
    case .lw: state = Lw.run(state, Looped.self, R.self)
    case .lbu: state = Lbu.run(state, Looped.self, R.self)
    case .lhu: state = Lhu.run(state, Looped.self, R.self)
    case .sb: state = Sb.run(state, Looped.self, R.self)
    case .sh: state = Sh.run(state, Looped.self, R.self)
    case .sw: state = Sw.run(state, Looped.self, R.self)
    case .beq: state = Beq.run(state, Looped.self, R.self)
    case .bne: state = Bne.run(state, Looped.self, R.self)
    case .blt: state = Blt.run(state, Looped.self, R.self)
    case .bge: state = Bge.run(state, Looped.self, R.self)
    case .bltu: state = Bltu.run(state, Looped.self, R.self)
    case .bgeu: state = Bgeu.run(state, Looped.self, R.self)
    case .jal: state = Jal.run(state, Looped.self, R.self)
    case .jalr: state = Jalr.run(state, Looped.self, R.self)
    case .service, .native: state = Service.run(state, Looped.self, R.self)
    case nil: state = Service.run(state, Looped.self, R.self)
    }
    if context.pointee.status != UInt32(WEFT_RUNNING) { break }
    state.budget &-= R.budgetUnit
    R.stepped(slot, context)
  }
  weft_rv32_return(
    state.next, state.registers, state.memory, state.sizeOrCursor, state.budget, context)
}
