// DUP and SWAP.

@c func weft_evm_dup1(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 1, Threaded.self)
}
@c func weft_evm_dup2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 2, Threaded.self)
}
@c func weft_evm_dup3(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 3, Threaded.self)
}
@c func weft_evm_dup4(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 4, Threaded.self)
}
@c func weft_evm_dup5(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 5, Threaded.self)
}
@c func weft_evm_dup6(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 6, Threaded.self)
}
@c func weft_evm_dup7(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 7, Threaded.self)
}
@c func weft_evm_dup8(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 8, Threaded.self)
}
@c func weft_evm_dup9(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 9, Threaded.self)
}
@c func weft_evm_dup10(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 10, Threaded.self)
}
@c func weft_evm_dup11(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 11, Threaded.self)
}
@c func weft_evm_dup12(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 12, Threaded.self)
}
@c func weft_evm_dup13(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 13, Threaded.self)
}
@c func weft_evm_dup14(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 14, Threaded.self)
}
@c func weft_evm_dup15(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 15, Threaded.self)
}
@c func weft_evm_dup16(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  dupBody(.init(i, t, m, z, g, c), 16, Threaded.self)
}
@c func weft_evm_swap1(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 1, Threaded.self)
}
@c func weft_evm_swap2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 2, Threaded.self)
}
@c func weft_evm_swap3(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 3, Threaded.self)
}
@c func weft_evm_swap4(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 4, Threaded.self)
}
@c func weft_evm_swap5(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 5, Threaded.self)
}
@c func weft_evm_swap6(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 6, Threaded.self)
}
@c func weft_evm_swap7(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 7, Threaded.self)
}
@c func weft_evm_swap8(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 8, Threaded.self)
}
@c func weft_evm_swap9(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 9, Threaded.self)
}
@c func weft_evm_swap10(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 10, Threaded.self)
}
@c func weft_evm_swap11(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 11, Threaded.self)
}
@c func weft_evm_swap12(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 12, Threaded.self)
}
@c func weft_evm_swap13(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 13, Threaded.self)
}
@c func weft_evm_swap14(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 14, Threaded.self)
}
@c func weft_evm_swap15(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 15, Threaded.self)
}
@c func weft_evm_swap16(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  swapBody(.init(i, t, m, z, g, c), 16, Threaded.self)
}
