// Handlers for metered runs: the instructions that are counted or touch memory. The rest are the fast ones.

// MARK: Loads and stores

@c func weft_rv32_metered_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, SignedByte.self)
}
@c func weft_rv32_metered_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, SignedHalfword.self)
}
@c func weft_rv32_metered_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Word.self)
}
@c func weft_rv32_metered_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Byte.self)
}
@c func weft_rv32_metered_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  loadBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Halfword.self)
}
@c func weft_rv32_metered_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Byte.self)
}
@c func weft_rv32_metered_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Halfword.self)
}
@c func weft_rv32_metered_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  storeBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Word.self)
}

// MARK: Control transfer

@c func weft_rv32_metered_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.eq)
}
@c func weft_rv32_metered_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.ne)
}
@c func weft_rv32_metered_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.lt)
}
@c func weft_rv32_metered_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.ge)
}
@c func weft_rv32_metered_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.ltu)
}
@c func weft_rv32_metered_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  branchBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self, Condition.geu)
}
@c func weft_rv32_metered_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  jumpRegisterBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_metered_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  serviceBody(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
