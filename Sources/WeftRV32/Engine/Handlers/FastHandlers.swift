// The threaded engine's handlers for fast runs. Each is one body with its dispatch inlined.

// MARK: Register-register

@c func weft_rv32_fast_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Add.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sub.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sll(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sll.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_slt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slt.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sltu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Xor.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srl.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sra(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sra.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Or.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  And.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mul.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_mulh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulh.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_mulhsu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulhsu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_mulhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Mulhu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_div(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Div.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_divu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Divu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_rem(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Rem.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_remu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Remu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Register-immediate

@c func weft_rv32_fast_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Addi.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_slti(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slti.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sltiu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sltiu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_xori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Xori.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_ori(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Ori.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_andi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Andi.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Slli.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srli.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Srai.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Constants and no-ops

@c func weft_rv32_fast_constant(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Constant.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_idle(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Idle.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Loads and stores

@c func weft_rv32_fast_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lb.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lh.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lw.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lbu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lhu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sb.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sh.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sw.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Control transfer

@c func weft_rv32_fast_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Beq.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bne.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Blt.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bge.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bltu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bgeu.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jal.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fast_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jalr.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_fast_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Service.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
