import CWeftABI

/// The threaded engine's handler of each opcode.
enum HandlerTable {
  static var undefined: UInt { address(weft_evm_host_undefined) }
  static var service: UInt { address(weft_evm_host_service) }
  static var stop: UInt { address(weft_evm_host_stop) }
  static var link: UInt { address(weft_evm_link) }
  static var line: UInt { address(weft_evm_line) }
  static var landing: UInt { address(weft_evm_host_landing) }

  static func address(_ handler: @escaping Handler) -> UInt { unsafeBitCast(handler, to: UInt.self) }

  /// Weft's own handler; `nil` for opcodes that it does not know.
  static func standard(_ opcode: Opcode) -> UInt? {
    let number = Int(opcode.rawValue)
    switch number {
    case 0x60...0x67: return address(weft_evm_push)
    case 0x68...0x7f: return address(weft_evm_push_wide)
    case 0x80...0x8f: return address(dups[number &- 0x80])
    case 0x90...0x9f: return address(swaps[number &- 0x90])
    case 0xa0: return address(weft_evm_host_log0)
    case 0xa1: return address(weft_evm_host_log1)
    case 0xa2: return address(weft_evm_host_log2)
    case 0xa3: return address(weft_evm_host_log3)
    case 0xa4: return address(weft_evm_host_log4)
    default: return computing(opcode) ?? moving(opcode) ?? host(opcode)
    }
  }

  private static func computing(_ opcode: Opcode) -> UInt? {
    switch opcode {
    case .add: address(weft_evm_add)
    case .mul: address(weft_evm_mul)
    case .sub: address(weft_evm_sub)
    case .signextend: address(weft_evm_signextend)
    case .lt: address(weft_evm_lt)
    case .gt: address(weft_evm_gt)
    case .slt: address(weft_evm_slt)
    case .sgt: address(weft_evm_sgt)
    case .eq: address(weft_evm_eq)
    case .iszero: address(weft_evm_iszero)
    case .and: address(weft_evm_and)
    case .or: address(weft_evm_or)
    case .xor: address(weft_evm_xor)
    case .not: address(weft_evm_not)
    case .byte: address(weft_evm_byte)
    case .shl: address(weft_evm_shl)
    case .shr: address(weft_evm_shr)
    case .sar: address(weft_evm_sar)
    case .clz: address(weft_evm_clz)
    case .div: address(weft_evm_div)
    case .mod: address(weft_evm_mod)
    case .sdiv: address(weft_evm_sdiv)
    default: nil
    }
  }

  private static func moving(_ opcode: Opcode) -> UInt? {
    switch opcode {
    case .address: address(weft_evm_address)
    case .origin: address(weft_evm_origin)
    case .caller: address(weft_evm_caller)
    case .callvalue: address(weft_evm_callvalue)
    case .calldataload: address(weft_evm_calldataload)
    case .calldatasize: address(weft_evm_calldatasize)
    case .codesize: address(weft_evm_codesize)
    case .gasprice: address(weft_evm_gasprice)
    case .returndatasize: address(weft_evm_returndatasize)
    case .coinbase: address(weft_evm_coinbase)
    case .timestamp: address(weft_evm_timestamp)
    case .number: address(weft_evm_number)
    case .prevrandao: address(weft_evm_prevrandao)
    case .gaslimit: address(weft_evm_gaslimit)
    case .chainid: address(weft_evm_chainid)
    case .basefee: address(weft_evm_basefee)
    case .blobbasefee: address(weft_evm_blobbasefee)
    case .pop: address(weft_evm_pop)
    case .mload: address(weft_evm_mload)
    case .mstore: address(weft_evm_mstore)
    case .mstore8: address(weft_evm_mstore8)
    case .jump: address(weft_evm_jump)
    case .jumpi: address(weft_evm_jumpi)
    case .pc: address(weft_evm_pc)
    case .msize: address(weft_evm_msize)
    case .gas: address(weft_evm_gas)
    case .push0: address(weft_evm_push0)
    // The decoder makes nothing of it.
    case .jumpdest: undefined
    default: nil
    }
  }

  private static func host(_ opcode: Opcode) -> UInt? {
    switch opcode {
    case .stop: address(weft_evm_host_stop)
    case .smod: address(weft_evm_host_smod)
    case .addmod: address(weft_evm_host_addmod)
    case .mulmod: address(weft_evm_host_mulmod)
    case .exp: address(weft_evm_host_exp)
    case .keccak256: address(weft_evm_host_keccak256)
    case .balance: address(weft_evm_host_balance)
    case .calldatacopy: address(weft_evm_host_calldatacopy)
    case .codecopy: address(weft_evm_host_codecopy)
    case .extcodesize: address(weft_evm_host_extcodesize)
    case .extcodecopy: address(weft_evm_host_extcodecopy)
    case .returndatacopy: address(weft_evm_host_returndatacopy)
    case .extcodehash: address(weft_evm_host_extcodehash)
    case .blockhash: address(weft_evm_host_blockhash)
    case .selfbalance: address(weft_evm_host_selfbalance)
    case .blobhash: address(weft_evm_host_blobhash)
    case .sload: address(weft_evm_host_sload)
    case .sstore: address(weft_evm_host_sstore)
    case .tload: address(weft_evm_host_tload)
    case .tstore: address(weft_evm_host_tstore)
    case .mcopy: address(weft_evm_host_mcopy)
    case .create: address(weft_evm_host_create)
    case .call: address(weft_evm_host_call)
    case .callcode: address(weft_evm_host_callcode)
    case .`return`: address(weft_evm_host_return)
    case .delegatecall: address(weft_evm_host_delegatecall)
    case .create2: address(weft_evm_host_create2)
    case .staticcall: address(weft_evm_host_staticcall)
    case .revert: address(weft_evm_host_revert)
    case .invalid: address(weft_evm_host_invalid)
    case .selfdestruct: address(weft_evm_host_selfdestruct)
    default: nil
    }
  }

  private static let dups: [Handler] = [
    weft_evm_dup1, weft_evm_dup2, weft_evm_dup3, weft_evm_dup4,
    weft_evm_dup5, weft_evm_dup6, weft_evm_dup7, weft_evm_dup8,
    weft_evm_dup9, weft_evm_dup10, weft_evm_dup11, weft_evm_dup12,
    weft_evm_dup13, weft_evm_dup14, weft_evm_dup15, weft_evm_dup16,
  ]

  private static let swaps: [Handler] = [
    weft_evm_swap1, weft_evm_swap2, weft_evm_swap3, weft_evm_swap4,
    weft_evm_swap5, weft_evm_swap6, weft_evm_swap7, weft_evm_swap8,
    weft_evm_swap9, weft_evm_swap10, weft_evm_swap11, weft_evm_swap12,
    weft_evm_swap13, weft_evm_swap14, weft_evm_swap15, weft_evm_swap16,
  ]
}
