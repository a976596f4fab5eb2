// Handlers of groups of instructions; see `FusedGroups`.

// MARK: Words that only move.

@c func weft_evm_push_push(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<PushSmall, PushSmall>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<PushSmall, Dup>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<Dup, PushSmall>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<Dup, Dup>.handle(i, t, m, z, g, c)
}
@c func weft_evm_wide_dup(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<PushWide, Dup>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_and_wide(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushTwo<PushSmall, PushWide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  SwapPop.handle(i, t, m, z, g, c)
}
@c func weft_evm_pop_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PopTwo.handle(i, t, m, z, g, c)
}
@c func weft_evm_pop_pop_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PopThree.handle(i, t, m, z, g, c)
}

// MARK: Results that are operands again.

@c func weft_evm_add_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Add, SwapPop>.handle(i, t, m, z, g, c)
}
@c func weft_evm_sub_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Sub, SwapPop>.handle(i, t, m, z, g, c)
}
@c func weft_evm_mul_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Mul, SwapPop>.handle(i, t, m, z, g, c)
}
@c func weft_evm_or_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Or, SwapPop>.handle(i, t, m, z, g, c)
}
@c func weft_evm_xor_swap_pop(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Xor, SwapPop>.handle(i, t, m, z, g, c)
}
@c func weft_evm_add_swap(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Add, Swap>.handle(i, t, m, z, g, c)
}
@c func weft_evm_sub_swap(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Sub, Swap>.handle(i, t, m, z, g, c)
}
@c func weft_evm_mul_swap(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Mul, Swap>.handle(i, t, m, z, g, c)
}
@c func weft_evm_and_swap(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<And, Swap>.handle(i, t, m, z, g, c)
}
@c func weft_evm_add_mload(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Add, MemoryLoad>.handle(i, t, m, z, g, c)
}
@c func weft_evm_mul_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  ChainWith<Mul, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_shr_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  ChainWith<ShiftRight, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_shl_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  ChainWith<ShiftLeft, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_and_or(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  ChainWith<And, Or>.handle(i, t, m, z, g, c)
}
@c func weft_evm_or_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  ChainWith<Or, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_add_swap_pop(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Add, SwapPop>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_add_mload(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Chain<Add, MemoryLoad>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_add_swap_pop(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Add, SwapPop>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_add_mload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Add, MemoryLoad>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_add_mload(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushWith<PushSmall, Chain<Add, MemoryLoad>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_mul_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, ChainWith<Mul, Add>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_shr_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, ChainWith<ShiftRight, And>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_shr_and(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, PushSmall, ChainWith<ShiftRight, And>>.handle(i, t, m, z, g, c)
}
