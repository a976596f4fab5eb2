// Handlers that call an operation of the host and then jump on.

@c func weft_evm_host_stop(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Stop.self)
}
@c func weft_evm_host_sdiv(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SignedDivide.self)
}
@c func weft_evm_host_smod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SignedModulo.self)
}
@c func weft_evm_host_addmod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), AddModulo.self)
}
@c func weft_evm_host_mulmod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), MultiplyModulo.self)
}
@c func weft_evm_host_exp(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Exponentiation.self)
}
@c func weft_evm_host_keccak256(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), KeccakHash.self)
}
@c func weft_evm_host_balance(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BalanceOf.self)
}
@c func weft_evm_host_calldatacopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CallDataCopy.self)
}
@c func weft_evm_host_codecopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CodeCopy.self)
}
@c func weft_evm_host_extcodesize(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeSize.self)
}
@c func weft_evm_host_extcodecopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeCopy.self)
}
@c func weft_evm_host_returndatacopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ReturnDataCopy.self)
}
@c func weft_evm_host_extcodehash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExternalCodeHash.self)
}
@c func weft_evm_host_blockhash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BlockHashOf.self)
}
@c func weft_evm_host_selfbalance(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SelfBalance.self)
}
@c func weft_evm_host_blobhash(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), BlobHashOf.self)
}
@c func weft_evm_host_sload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StorageLoad.self)
}
@c func weft_evm_host_sstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StorageStore.self)
}
@c func weft_evm_host_tload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), TransientLoad.self)
}
@c func weft_evm_host_tstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), TransientStore.self)
}
@c func weft_evm_host_mcopy(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), MemoryCopy.self)
}
@c func weft_evm_host_log0(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log0.self)
}
@c func weft_evm_host_log1(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log1.self)
}
@c func weft_evm_host_log2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log2.self)
}
@c func weft_evm_host_log3(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log3.self)
}
@c func weft_evm_host_log4(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Log4.self)
}
@c func weft_evm_host_create(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Create.self)
}
@c func weft_evm_host_call(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Call.self)
}
@c func weft_evm_host_callcode(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), CallCode.self)
}
@c func weft_evm_host_return(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Return.self)
}
@c func weft_evm_host_delegatecall(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), DelegateCall.self)
}
@c func weft_evm_host_create2(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Create2.self)
}
@c func weft_evm_host_staticcall(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), StaticCall.self)
}
@c func weft_evm_host_revert(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Revert.self)
}
@c func weft_evm_host_invalid(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Invalid.self)
}
@c func weft_evm_host_selfdestruct(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), SelfDestruct.self)
}
@c func weft_evm_host_mload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), GrowingLoad.self)
}
@c func weft_evm_host_mstore(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), GrowingStore.self)
}
@c func weft_evm_host_mstore8(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), GrowingByteStore.self)
}
@c func weft_evm_host_calldataload(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), PartialCallDataLoad.self)
}
@c func weft_evm_host_div(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), WideDivide.self)
}
@c func weft_evm_host_mod(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), WideModulo.self)
}
@c func weft_evm_host_halt(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Halt.self)
}
@c func weft_evm_host_undefined(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Undefined.self)
}
@c func weft_evm_host_land(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), Land.self)
}
@c func weft_evm_host_service(
  _ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context
) {
  Threaded.carryOut(.init(i, t, m, z, g, c), ExtensionService.self)
}
