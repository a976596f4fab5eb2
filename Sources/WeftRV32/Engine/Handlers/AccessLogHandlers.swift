// The threaded engine's handlers for recorded runs that fill the access log.

// MARK: Register-register

@c func weft_rv32_logged_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Add.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sub.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sll(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sll.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_slt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slt.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sltu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Xor.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srl.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sra(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sra.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Or.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  And.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mul.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_mulh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulh.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_mulhsu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulhsu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_mulhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulhu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_div(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Div.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_divu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Divu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_rem(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Rem.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_remu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Remu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Register-immediate

@c func weft_rv32_logged_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Addi.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_slti(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slti.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sltiu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sltiu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_xori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Xori.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_ori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Ori.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_andi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Andi.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slli.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srli.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srai.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Constants and no-ops

@c func weft_rv32_logged_constant(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Constant.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_idle(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Idle.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Loads and stores

@c func weft_rv32_logged_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lb.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lh.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lw.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lbu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lhu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sb.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sh.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sw.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Control transfer

@c func weft_rv32_logged_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Beq.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bne.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Blt.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bge.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bltu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bgeu.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jal.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
@c func weft_rv32_logged_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jalr.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_logged_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Service.run(.init(i, x, m, z, b, c), Threaded.self, AccessLogRecorder.self)
}
