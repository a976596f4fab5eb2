// Handlers for metered runs: the instructions that are counted or touch memory. The rest are the fast ones.

// MARK: Loads and stores

@c func weft_rv32_metered_lb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lb.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_lh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lh.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_lw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lw.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_lbu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lbu.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_lhu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Lhu.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_sb(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sb.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_sh(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sh.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_sw(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Sw.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}

// MARK: Control transfer

@c func weft_rv32_metered_beq(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Beq.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_bne(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bne.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_blt(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Blt.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_bge(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bge.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_bltu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bltu.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_bgeu(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Bgeu.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_jal(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jal.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
@c func weft_rv32_metered_jalr(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Jalr.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}

// MARK: Left to the host

@c func weft_rv32_metered_service(
  _ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context
) {
  Service.run(.init(i, x, m, z, b, c), Threaded.self, MeteredRecorder.self)
}
