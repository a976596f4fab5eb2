// Handlers that work on the stack and the running frame alone. Each is one body with its dispatch inlined.

@c func weft_evm_add(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Add.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_mul(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Mul.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_sub(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Sub.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_signextend(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  SignExtend.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_lt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Less.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_gt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Greater.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_slt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  SignedLess.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_sgt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  SignedGreater.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_eq(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Equal.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_iszero(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  IsZero.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_and(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  And.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_or(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Or.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_xor(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Xor.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_not(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Not.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_byte(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ByteOf.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_shl(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ShiftLeft.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_shr(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ShiftRight.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_sar(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ShiftArithmetic.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_clz(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  CountLeadingZeros.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_div(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Divide.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_sdiv(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  SignedDivide.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_mod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Modulo.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_address(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  FrameAddress.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_origin(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Origin.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_caller(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Caller.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_callvalue(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  CallValue.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_calldataload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  CallDataLoad.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_calldatasize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  CallDataSize.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_codesize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  CodeSize.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_gasprice(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  GasPrice.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_returndatasize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ReturnDataSize.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_coinbase(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Coinbase.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_timestamp(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Timestamp.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_number(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  BlockNumber.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_prevrandao(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PreviousRandom.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_gaslimit(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  GasLimit.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_chainid(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ChainID.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_basefee(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  BaseFee.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_blobbasefee(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  BlobBaseFee.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_pop(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Pop.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_mload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  MemoryLoad.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_mstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  MemoryStore.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_mstore8(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  MemoryByteStore.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_jump(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Jump.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_jumpi(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  JumpIf.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_pc(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  ProgramCounter.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_msize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  MemorySize.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_gas(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  GasLeft.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_push0(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushZero.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_push(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushSmall.run(.init(i, t, m, z, g, c), Threaded.self)
}
@c func weft_evm_push_wide(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  PushWide.run(.init(i, t, m, z, g, c), Threaded.self)
}

// MARK: The decoder's own

/// Goes on with the slot that the payload points to.
@c func weft_evm_link(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  let target = Slot(bitPattern: UInt(i.payload)).unsafelyUnwrapped
  Threaded.proceed(.init(target, t, m, z, g, c))
}
/// A line that was cut goes on.
@c func weft_evm_line(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.enter(.init(i + 1, t, m, z, g, c), Line(rawValue: i.payload))
}
