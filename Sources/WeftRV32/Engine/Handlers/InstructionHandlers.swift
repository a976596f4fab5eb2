// The threaded engine's handlers for recorded runs that write one record per instruction.

// MARK: Register-register

@c func weft_rv32_recorded_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.add)
}
@c func weft_rv32_recorded_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sub)
}
@c func weft_rv32_recorded_sll(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_recorded_slt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_recorded_sltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_recorded_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_recorded_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_recorded_sra(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sra)
}
@c func weft_rv32_recorded_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.or)
}
@c func weft_rv32_recorded_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.and)
}
@c func weft_rv32_recorded_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.mul)
}
@c func weft_rv32_recorded_mulh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.mulh)
}
@c func weft_rv32_recorded_mulhsu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.mulhsu)
}
@c func weft_rv32_recorded_mulhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.mulhu)
}
@c func weft_rv32_recorded_div(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.div)
}
@c func weft_rv32_recorded_divu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.divu)
}
@c func weft_rv32_recorded_rem(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.rem)
}
@c func weft_rv32_recorded_remu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.remu)
}

// MARK: Register-immediate

@c func weft_rv32_recorded_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.add)
}
@c func weft_rv32_recorded_slti(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_recorded_sltiu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_recorded_xori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_recorded_ori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.or)
}
@c func weft_rv32_recorded_andi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.and)
}
@c func weft_rv32_recorded_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_recorded_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_recorded_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Arithmetic.sra)
}

// MARK: Constants and no-ops

@c func weft_rv32_recorded_constant(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  constantBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self)
}
@c func weft_rv32_recorded_idle(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  idleBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self)
}

// MARK: Loads and stores

@c func weft_rv32_recorded_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, SignedByte.self)
}
@c func weft_rv32_recorded_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, SignedHalfword.self)
}
@c func weft_rv32_recorded_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Word.self)
}
@c func weft_rv32_recorded_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Byte.self)
}
@c func weft_rv32_recorded_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Halfword.self)
}
@c func weft_rv32_recorded_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Byte.self)
}
@c func weft_rv32_recorded_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Halfword.self)
}
@c func weft_rv32_recorded_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Word.self)
}

// MARK: Control transfer

@c func weft_rv32_recorded_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.eq)
}
@c func weft_rv32_recorded_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.ne)
}
@c func weft_rv32_recorded_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.lt)
}
@c func weft_rv32_recorded_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.ge)
}
@c func weft_rv32_recorded_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.ltu)
}
@c func weft_rv32_recorded_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self, Condition.geu)
}
@c func weft_rv32_recorded_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self)
}
@c func weft_rv32_recorded_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpRegisterBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_recorded_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  serviceBody(.init(i, x, m, z, b, c), Threaded.self, InstructionRecorder.self)
}
