// Handlers that carry out a pair of instructions of which the first is a load or store; see `FusedPairs`.

// MARK: lw

@c func weft_rv32_fused_lw_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Mul>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Beq>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Or>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Jalr>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Sub>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lw_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lw, Lbu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: sw

@c func weft_rv32_fused_sw_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sw_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sw_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sw_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Jal>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sw_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sw_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sw, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: sb

@c func weft_rv32_fused_sb_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sb, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sb_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sb, Bltu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sb_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sb, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sb_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sb, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: lbu

@c func weft_rv32_fused_lbu_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lbu_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lbu_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Sb>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lbu_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Lbu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lbu_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Beq>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lbu_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lbu, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: lh

@c func weft_rv32_fused_lh_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lh, Lh>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lh_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lh, Mul>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_lh_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Lh, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
