// The threaded engine's handlers for recorded runs that fill the access log.

// MARK: Register-register

@c func weft_rv32_logged_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.add)
}
@c func weft_rv32_logged_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sub)
}
@c func weft_rv32_logged_sll(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_logged_slt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_logged_sltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_logged_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_logged_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_logged_sra(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sra)
}
@c func weft_rv32_logged_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.or)
}
@c func weft_rv32_logged_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.and)
}
@c func weft_rv32_logged_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.mul)
}
@c func weft_rv32_logged_mulh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.mulh)
}
@c func weft_rv32_logged_mulhsu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.mulhsu)
}
@c func weft_rv32_logged_mulhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.mulhu)
}
@c func weft_rv32_logged_div(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.div)
}
@c func weft_rv32_logged_divu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.divu)
}
@c func weft_rv32_logged_rem(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.rem)
}
@c func weft_rv32_logged_remu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  registerBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.remu)
}

// MARK: Register-immediate

@c func weft_rv32_logged_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.add)
}
@c func weft_rv32_logged_slti(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.slt)
}
@c func weft_rv32_logged_sltiu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sltu)
}
@c func weft_rv32_logged_xori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.xor)
}
@c func weft_rv32_logged_ori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.or)
}
@c func weft_rv32_logged_andi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.and)
}
@c func weft_rv32_logged_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sll)
}
@c func weft_rv32_logged_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.srl)
}
@c func weft_rv32_logged_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  immediateBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Arithmetic.sra)
}

// MARK: Constants and no-ops

@c func weft_rv32_logged_constant(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  constantBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_idle(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  idleBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Loads and stores

@c func weft_rv32_logged_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, SignedByte.self)
}
@c func weft_rv32_logged_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, SignedHalfword.self)
}
@c func weft_rv32_logged_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Word.self)
}
@c func weft_rv32_logged_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Byte.self)
}
@c func weft_rv32_logged_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Halfword.self)
}
@c func weft_rv32_logged_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Byte.self)
}
@c func weft_rv32_logged_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Halfword.self)
}
@c func weft_rv32_logged_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Word.self)
}

// MARK: Control transfer

@c func weft_rv32_logged_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.eq)
}
@c func weft_rv32_logged_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.ne)
}
@c func weft_rv32_logged_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.lt)
}
@c func weft_rv32_logged_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.ge)
}
@c func weft_rv32_logged_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.ltu)
}
@c func weft_rv32_logged_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self, Condition.geu)
}
@c func weft_rv32_logged_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpRegisterBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_logged_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  serviceBody(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
