// Handlers that call an operation of the host and then jump on. They are never inlined: in the handlers that leave
// rare cases to them a call would save registers on every execution.

@inline(never) @c func weft_evm_host_stop(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Stop.self, 0x00)
}
@inline(never) @c func weft_evm_host_sdiv(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), WideSignedDivide.self, 0x05)
}
@inline(never) @c func weft_evm_host_smod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SignedModulo.self, 0x07)
}
@inline(never) @c func weft_evm_host_addmod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), AddModulo.self, 0x08)
}
@inline(never) @c func weft_evm_host_mulmod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), MultiplyModulo.self, 0x09)
}
@inline(never) @c func weft_evm_host_exp(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Exponentiation.self, 0x0a)
}
@inline(never) @c func weft_evm_host_keccak256(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), KeccakHash.self, 0x20)
}
@inline(never) @c func weft_evm_host_balance(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BalanceOf.self, 0x31)
}
@inline(never) @c func weft_evm_host_calldatacopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CallDataCopy.self, 0x37)
}
@inline(never) @c func weft_evm_host_codecopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CodeCopy.self, 0x39)
}
@inline(never) @c func weft_evm_host_extcodesize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeSize.self, 0x3b)
}
@inline(never) @c func weft_evm_host_extcodecopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeCopy.self, 0x3c)
}
@inline(never) @c func weft_evm_host_returndatacopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ReturnDataCopy.self, 0x3e)
}
@inline(never) @c func weft_evm_host_extcodehash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeHash.self, 0x3f)
}
@inline(never) @c func weft_evm_host_blockhash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BlockHashOf.self, 0x40)
}
@inline(never) @c func weft_evm_host_selfbalance(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SelfBalance.self, 0x47)
}
@inline(never) @c func weft_evm_host_blobhash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BlobHashOf.self, 0x49)
}
@inline(never) @c func weft_evm_host_sload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StorageLoad.self, 0x54)
}
@inline(never) @c func weft_evm_host_sstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StorageStore.self, 0x55)
}
@inline(never) @c func weft_evm_host_tload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), TransientLoad.self, 0x5c)
}
@inline(never) @c func weft_evm_host_tstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), TransientStore.self, 0x5d)
}
@inline(never) @c func weft_evm_host_mcopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), MemoryCopy.self, 0x5e)
}
@inline(never) @c func weft_evm_host_log0(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log0.self, 0xa0)
}
@inline(never) @c func weft_evm_host_log1(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log1.self, 0xa1)
}
@inline(never) @c func weft_evm_host_log2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log2.self, 0xa2)
}
@inline(never) @c func weft_evm_host_log3(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log3.self, 0xa3)
}
@inline(never) @c func weft_evm_host_log4(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log4.self, 0xa4)
}
@inline(never) @c func weft_evm_host_create(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Create.self, 0xf0)
}
@inline(never) @c func weft_evm_host_call(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Call.self, 0xf1)
}
@inline(never) @c func weft_evm_host_callcode(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CallCode.self, 0xf2)
}
@inline(never) @c func weft_evm_host_return(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Return.self, 0xf3)
}
@inline(never) @c func weft_evm_host_delegatecall(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), DelegateCall.self, 0xf4)
}
@inline(never) @c func weft_evm_host_create2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Create2.self, 0xf5)
}
@inline(never) @c func weft_evm_host_staticcall(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StaticCall.self, 0xfa)
}
@inline(never) @c func weft_evm_host_revert(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Revert.self, 0xfd)
}
@inline(never) @c func weft_evm_host_invalid(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Invalid.self, 0xfe)
}
@inline(never) @c func weft_evm_host_selfdestruct(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SelfDestruct.self, 0xff)
}
@inline(never) @c func weft_evm_host_mload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  var s = ExecutionState(i, t, m, z, g, c)
  if s.loadGrowing() { return Threaded.proceed(s.advanced()) }
  return Threaded.carryOut(s, GrowingLoad.self, 0x51)
}
@inline(never) @c func weft_evm_host_mstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  var s = ExecutionState(i, t, m, z, g, c)
  if s.storeGrowing() { return Threaded.proceed(s.advanced()) }
  return Threaded.carryOut(s, GrowingStore.self, 0x52)
}
@inline(never) @c func weft_evm_host_mstore8(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  var s = ExecutionState(i, t, m, z, g, c)
  if s.storeByteGrowing() { return Threaded.proceed(s.advanced()) }
  return Threaded.carryOut(s, GrowingByteStore.self, 0x53)
}
@inline(never) @c func weft_evm_host_calldataload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), PartialCallDataLoad.self, 0x35)
}
@inline(never) @c func weft_evm_host_div(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), WideDivide.self, 0x04)
}
@inline(never) @c func weft_evm_host_mod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), WideModulo.self, 0x06)
}
@inline(never) @c func weft_evm_host_halt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Halt.self, 0x100)
}
@inline(never) @c func weft_evm_host_undefined(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Undefined.self, 0x101)
}
@inline(never) @c func weft_evm_host_land(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Land.self, 0x102)
}
@inline(never) @c func weft_evm_host_landing(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), PendingLanding.self, 0x104)
}
@inline(never) @c func weft_evm_host_service(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExtensionService.self, 0x103)
}
