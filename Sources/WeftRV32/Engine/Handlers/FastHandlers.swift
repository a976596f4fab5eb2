// The threaded engine's handlers for fast runs. Each is one body with its dispatch inlined.

// MARK: Register-register

@c func weft_rv32_fast_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.add)
}
@c func weft_rv32_fast_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sub)
}
@c func weft_rv32_fast_sll(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_fast_slt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_fast_sltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_fast_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_fast_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_fast_sra(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sra)
}
@c func weft_rv32_fast_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.or)
}
@c func weft_rv32_fast_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.and)
}
@c func weft_rv32_fast_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.mul)
}
@c func weft_rv32_fast_mulh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.mulh)
}
@c func weft_rv32_fast_mulhsu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.mulhsu)
}
@c func weft_rv32_fast_mulhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.mulhu)
}
@c func weft_rv32_fast_div(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.div)
}
@c func weft_rv32_fast_divu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.divu)
}
@c func weft_rv32_fast_rem(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.rem)
}
@c func weft_rv32_fast_remu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.remu)
}

// MARK: Register-immediate

@c func weft_rv32_fast_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.add)
}
@c func weft_rv32_fast_slti(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_fast_sltiu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_fast_xori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_fast_ori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.or)
}
@c func weft_rv32_fast_andi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.and)
}
@c func weft_rv32_fast_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_fast_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_fast_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Arithmetic.sra)
}

// MARK: Constants and no-ops

@c func weft_rv32_fast_constant(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  constantBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_idle(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  idleBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Loads and stores

@c func weft_rv32_fast_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, SignedByte.self)
}
@c func weft_rv32_fast_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, SignedHalfword.self)
}
@c func weft_rv32_fast_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Word.self)
}
@c func weft_rv32_fast_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Byte.self)
}
@c func weft_rv32_fast_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Halfword.self)
}
@c func weft_rv32_fast_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Byte.self)
}
@c func weft_rv32_fast_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Halfword.self)
}
@c func weft_rv32_fast_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Word.self)
}

// MARK: Control transfer

@c func weft_rv32_fast_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.eq)
}
@c func weft_rv32_fast_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.ne)
}
@c func weft_rv32_fast_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.lt)
}
@c func weft_rv32_fast_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.ge)
}
@c func weft_rv32_fast_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.ltu)
}
@c func weft_rv32_fast_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self, Condition.geu)
}
@c func weft_rv32_fast_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpRegisterBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_fast_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  serviceBody(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
