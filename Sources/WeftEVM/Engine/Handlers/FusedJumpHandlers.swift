// Handlers of groups of instructions; see `FusedGroups`.

// MARK: Jumps to a destination that is known, and the comparisons that decide about them.

@c func weft_evm_push_jump(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  JumpTo.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  JumpToIf.handle(i, t, m, z, g, c)
}
@c func weft_evm_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  JumpToUnless.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  PushThen<Dup, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushThen<Dup, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_lt_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Less, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_lt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Chain<Less, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_gt_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Greater, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_gt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Chain<Greater, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_slt_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  Chain<SignedLess, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_slt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Chain<SignedLess, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_sgt_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context)
{
  Chain<SignedGreater, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_sgt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Chain<SignedGreater, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_eq_push_jumpi(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
  Chain<Equal, JumpToIf>.handle(i, t, m, z, g, c)
}
@c func weft_evm_eq_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Chain<Equal, JumpToUnless>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_lt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Less, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_lt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Less, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_gt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Greater, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_gt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Greater, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_slt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<SignedLess, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_slt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<SignedLess, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_eq_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Equal, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_eq_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWith<Dup, Chain<Equal, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_gt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, PushSmall, Chain<Greater, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_push_eq_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, PushSmall, Chain<Equal, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_lt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Less, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_lt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Less, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_gt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Greater, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_gt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Greater, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_eq_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Equal, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_push_dup_eq_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<PushSmall, Dup, Chain<Equal, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_lt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Less, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_lt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Less, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_gt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Greater, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_gt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<Greater, JumpToUnless>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_slt_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<SignedLess, JumpToIf>>.handle(i, t, m, z, g, c)
}
@c func weft_evm_dup_dup_slt_iszero_push_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushBoth<Dup, Dup, Chain<SignedLess, JumpToUnless>>.handle(i, t, m, z, g, c)
}
