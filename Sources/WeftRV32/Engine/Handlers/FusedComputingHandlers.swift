// Handlers that carry out a pair of instructions of which the first computes; see `FusedPairs`.

// MARK: addi

@c func weft_rv32_fused_addi_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Bltu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Beq>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Mul>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Jal>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Sb>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Jalr>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Blt>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Bge>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Lbu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Sub>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Bgeu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_addi_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Addi, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: add

@c func weft_rv32_fused_add_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Srli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Lbu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Bltu>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Sb>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_add_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Add, Sub>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: mul

@c func weft_rv32_fused_mul_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Mul, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_mul_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Mul, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_mul_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Mul, Mul>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: slli

@c func weft_rv32_fused_slli_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_slli_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Srli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_slli_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Or>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_slli_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_slli_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_slli_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: srli

@c func weft_rv32_fused_srli_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Sb>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Or>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Jal>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Srai>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Srli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_mul(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Mul>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srli_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srli, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: xor

@c func weft_rv32_fused_xor_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Srli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_xor_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Xor, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: or

@c func weft_rv32_fused_or_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_srli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Srli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Or>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_or_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Or, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: and

@c func weft_rv32_fused_and_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_and_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_and_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_and_or(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, Or>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_and_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_and_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<And, Beq>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: andi

@c func weft_rv32_fused_andi_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Andi, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_andi_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Andi, Beq>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_andi_xor(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Andi, Xor>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_andi_slli(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Andi, Slli>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_andi_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Andi, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: sub

@c func weft_rv32_fused_sub_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sub, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sub_srl(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sub, Srl>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sub_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sub, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: srai

@c func weft_rv32_fused_srai_and(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srai, And>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srai_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srai, Srai>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_srai_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Srai, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: constant

@c func weft_rv32_fused_constant_addi(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Constant, Addi>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_constant_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Constant, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_constant_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Constant, Lw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_constant_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Constant, Sw>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: sltu

@c func weft_rv32_fused_sltu_add(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sltu, Add>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
@c func weft_rv32_fused_sltu_sub(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sltu, Sub>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: sltiu

@c func weft_rv32_fused_sltiu_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Sltiu, Bne>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}

// MARK: slli

@c func weft_rv32_fused_slli_srai(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Pair<Slli, Srai>.run(.init(i, x, m, z, b, c), Threaded.self, FastRecorder.self)
}
