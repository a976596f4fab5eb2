// Handlers of groups of instructions; see `FusedGroups`.

// MARK: A constant, and what is done with it.

@c func weft_evm_push_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_mul(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Mul>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_div(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Divide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_lt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Less>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_gt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Greater>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_slt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, SignedLess>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_eq(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, Equal>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_shl(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, ShiftLeft>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_shr(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, ShiftRight>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_mstore(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushSmall, MemoryStore>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_mload(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushThen<PushSmall, MemoryLoad>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_calldataload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushThen<PushSmall, CallDataLoad>.handle(i, t, m, z, g, c)
}
@c func weft_evm_wide_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<PushWide, And>.handle(i, t, m, z, g, c)
}

// MARK: A copy of a word, and what is done with it.

@c func weft_evm_dup_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_mul(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Mul>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_div(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Divide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_or(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Or>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_xor(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Xor>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_lt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Less>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_gt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Greater>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_slt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, SignedLess>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_eq(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, Equal>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_shl(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, ShiftLeft>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_shr(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, ShiftRight>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_signextend(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushWith<Dup, SignExtend>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_mstore(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushWith<Dup, MemoryStore>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_mload(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushThen<Dup, MemoryLoad>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_iszero(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushThen<Dup, IsZero>.handle(i, t, m, z, g, c)
}

// MARK: Two words, and what is done with them.

@c func weft_evm_dup_push_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_mul(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Mul>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_div(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Divide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_gt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Greater>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_eq(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, Equal>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_shl(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, ShiftLeft>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_shr(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushSmall, ShiftRight>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_mstore(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushBoth<Dup, PushSmall, MemoryStore>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_mul(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Mul>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_div(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Divide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_lt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Less>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_gt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Greater>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_slt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, SignedLess>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_eq(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushSmall, Dup, Equal>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_mstore(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushBoth<PushSmall, Dup, MemoryStore>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_add(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Add>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_mul(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Mul>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_sub(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Sub>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_or(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Or>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_xor(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Xor>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_lt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Less>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_gt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, Greater>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_slt(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, Dup, SignedLess>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_mstore(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushBoth<Dup, Dup, MemoryStore>.handle(i, t, m, z, g, c)
}
@c func weft_evm_wide_dup_div(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushWide, Dup, Divide>.handle(i, t, m, z, g, c)
}
@c func weft_evm_wide_dup_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<PushWide, Dup, And>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_wide_and(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  PushBoth<Dup, PushWide, And>.handle(i, t, m, z, g, c)
}
