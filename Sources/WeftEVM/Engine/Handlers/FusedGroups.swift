/// The groups of instructions that one handler carries out, chosen by how often contracts execute them and by what they
/// save: a dispatch each, and for words that go from one instruction to the next their way through memory.
enum FusedGroups {
  static var all: [FusedGroup] { constants + copies + pairs + moves + chains + jumps }

  /// A constant, and what is done with it.
  private static var constants: [FusedGroup] {
    [
      FusedGroup(.push, .add, handler: weft_evm_push_add),
      FusedGroup(.push, .mul, handler: weft_evm_push_mul),
      FusedGroup(.push, .sub, handler: weft_evm_push_sub),
      FusedGroup(.push, .div, handler: weft_evm_push_div),
      FusedGroup(.push, .and, handler: weft_evm_push_and),
      FusedGroup(.push, .lt, handler: weft_evm_push_lt),
      FusedGroup(.push, .gt, handler: weft_evm_push_gt),
      FusedGroup(.push, .slt, handler: weft_evm_push_slt),
      FusedGroup(.push, .eq, handler: weft_evm_push_eq),
      FusedGroup(.push, .shl, handler: weft_evm_push_shl),
      FusedGroup(.push, .shr, handler: weft_evm_push_shr),
      FusedGroup(.push, .mstore, handler: weft_evm_push_mstore),
      FusedGroup(.push, .mload, handler: weft_evm_push_mload),
      FusedGroup(.push, .calldataload, handler: weft_evm_push_calldataload),
      FusedGroup(.wide, .and, handler: weft_evm_wide_and),
    ]
  }

  /// A copy of a word, and what is done with it.
  private static var copies: [FusedGroup] {
    [
      FusedGroup(.dup, .add, handler: weft_evm_dup_add),
      FusedGroup(.dup, .mul, handler: weft_evm_dup_mul),
      FusedGroup(.dup, .sub, handler: weft_evm_dup_sub),
      FusedGroup(.dup, .div, handler: weft_evm_dup_div),
      FusedGroup(.dup, .and, handler: weft_evm_dup_and),
      FusedGroup(.dup, .or, handler: weft_evm_dup_or),
      FusedGroup(.dup, .xor, handler: weft_evm_dup_xor),
      FusedGroup(.dup, .lt, handler: weft_evm_dup_lt),
      FusedGroup(.dup, .gt, handler: weft_evm_dup_gt),
      FusedGroup(.dup, .slt, handler: weft_evm_dup_slt),
      FusedGroup(.dup, .eq, handler: weft_evm_dup_eq),
      FusedGroup(.dup, .shl, handler: weft_evm_dup_shl),
      FusedGroup(.dup, .shr, handler: weft_evm_dup_shr),
      FusedGroup(.dup, .signextend, handler: weft_evm_dup_signextend),
      FusedGroup(.dup, .mstore, handler: weft_evm_dup_mstore),
      FusedGroup(.dup, .mload, handler: weft_evm_dup_mload),
      FusedGroup(.dup, .iszero, handler: weft_evm_dup_iszero),
    ]
  }

  /// Two words, and what is done with them.
  private static var pairs: [FusedGroup] {
    [
      FusedGroup(.dup, .push, .add, handler: weft_evm_dup_push_add),
      FusedGroup(.dup, .push, .mul, handler: weft_evm_dup_push_mul),
      FusedGroup(.dup, .push, .sub, handler: weft_evm_dup_push_sub),
      FusedGroup(.dup, .push, .div, handler: weft_evm_dup_push_div),
      FusedGroup(.dup, .push, .and, handler: weft_evm_dup_push_and),
      FusedGroup(.dup, .push, .gt, handler: weft_evm_dup_push_gt),
      FusedGroup(.dup, .push, .eq, handler: weft_evm_dup_push_eq),
      FusedGroup(.dup, .push, .shl, handler: weft_evm_dup_push_shl),
      FusedGroup(.dup, .push, .shr, handler: weft_evm_dup_push_shr),
      FusedGroup(.dup, .push, .mstore, handler: weft_evm_dup_push_mstore),
      FusedGroup(.push, .dup, .add, handler: weft_evm_push_dup_add),
      FusedGroup(.push, .dup, .mul, handler: weft_evm_push_dup_mul),
      FusedGroup(.push, .dup, .sub, handler: weft_evm_push_dup_sub),
      FusedGroup(.push, .dup, .div, handler: weft_evm_push_dup_div),
      FusedGroup(.push, .dup, .and, handler: weft_evm_push_dup_and),
      FusedGroup(.push, .dup, .lt, handler: weft_evm_push_dup_lt),
      FusedGroup(.push, .dup, .gt, handler: weft_evm_push_dup_gt),
      FusedGroup(.push, .dup, .slt, handler: weft_evm_push_dup_slt),
      FusedGroup(.push, .dup, .eq, handler: weft_evm_push_dup_eq),
      FusedGroup(.push, .dup, .mstore, handler: weft_evm_push_dup_mstore),
      FusedGroup(.dup, .dup, .add, handler: weft_evm_dup_dup_add),
      FusedGroup(.dup, .dup, .mul, handler: weft_evm_dup_dup_mul),
      FusedGroup(.dup, .dup, .sub, handler: weft_evm_dup_dup_sub),
      FusedGroup(.dup, .dup, .and, handler: weft_evm_dup_dup_and),
      FusedGroup(.dup, .dup, .or, handler: weft_evm_dup_dup_or),
      FusedGroup(.dup, .dup, .xor, handler: weft_evm_dup_dup_xor),
      FusedGroup(.dup, .dup, .lt, handler: weft_evm_dup_dup_lt),
      FusedGroup(.dup, .dup, .gt, handler: weft_evm_dup_dup_gt),
      FusedGroup(.dup, .dup, .slt, handler: weft_evm_dup_dup_slt),
      FusedGroup(.dup, .dup, .mstore, handler: weft_evm_dup_dup_mstore),
      FusedGroup(.wide, .dup, .div, handler: weft_evm_wide_dup_div),
      FusedGroup(.wide, .dup, .and, handler: weft_evm_wide_dup_and),
      FusedGroup(.dup, .wide, .and, handler: weft_evm_dup_wide_and),
    ]
  }

  /// Words that only move.
  private static var moves: [FusedGroup] {
    [
      FusedGroup(.push, .push, handler: weft_evm_push_push),
      FusedGroup(.push, .dup, handler: weft_evm_push_dup),
      FusedGroup(.dup, .push, handler: weft_evm_dup_push),
      FusedGroup(.dup, .dup, handler: weft_evm_dup_dup),
      FusedGroup(.wide, .dup, handler: weft_evm_wide_dup),
      FusedGroup(.push, .wide, handler: weft_evm_push_and_wide),
      FusedGroup(.swap, .pop, handler: weft_evm_swap_pop),
      FusedGroup(.pop, .pop, handler: weft_evm_pop_pop),
      FusedGroup(.pop, .pop, .pop, handler: weft_evm_pop_pop_pop),
    ]
  }

  /// Results that are operands again.
  private static var chains: [FusedGroup] {
    [
      FusedGroup(.add, .swap, .pop, handler: weft_evm_add_swap_pop),
      FusedGroup(.sub, .swap, .pop, handler: weft_evm_sub_swap_pop),
      FusedGroup(.mul, .swap, .pop, handler: weft_evm_mul_swap_pop),
      FusedGroup(.or, .swap, .pop, handler: weft_evm_or_swap_pop),
      FusedGroup(.xor, .swap, .pop, handler: weft_evm_xor_swap_pop),
      FusedGroup(.add, .swap, handler: weft_evm_add_swap),
      FusedGroup(.sub, .swap, handler: weft_evm_sub_swap),
      FusedGroup(.mul, .swap, handler: weft_evm_mul_swap),
      FusedGroup(.and, .swap, handler: weft_evm_and_swap),
      FusedGroup(.add, .mload, handler: weft_evm_add_mload),
      FusedGroup(.mul, .add, handler: weft_evm_mul_add),
      FusedGroup(.shr, .and, handler: weft_evm_shr_and),
      FusedGroup(.shl, .sub, handler: weft_evm_shl_sub),
      FusedGroup(.and, .or, handler: weft_evm_and_or),
      FusedGroup(.or, .add, handler: weft_evm_or_add),
      FusedGroup(.dup, .add, .swap, .pop, handler: weft_evm_dup_add_swap_pop),
      FusedGroup(.dup, .add, .mload, handler: weft_evm_dup_add_mload),
      FusedGroup(.dup, .dup, .add, .swap, .pop, handler: weft_evm_dup_dup_add_swap_pop),
      FusedGroup(.dup, .dup, .add, .mload, handler: weft_evm_dup_dup_add_mload),
      FusedGroup(.push, .add, .mload, handler: weft_evm_push_add_mload),
      FusedGroup(.push, .mul, .add, handler: weft_evm_push_mul_add),
      FusedGroup(.push, .shr, .and, handler: weft_evm_push_shr_and),
      FusedGroup(.dup, .push, .shr, .and, handler: weft_evm_dup_push_shr_and),
    ]
  }

  /// Jumps to a destination that is known, and the comparisons that decide about them.
  private static var jumps: [FusedGroup] {
    [
      FusedGroup(.push, .jump, handler: weft_evm_push_jump),
      FusedGroup(.push, .jumpi, handler: weft_evm_push_jumpi),
      FusedGroup(.iszero, .push, .jumpi, handler: weft_evm_iszero_push_jumpi),
      FusedGroup(.dup, .push, .jumpi, handler: weft_evm_dup_push_jumpi),
      FusedGroup(.dup, .iszero, .push, .jumpi, handler: weft_evm_dup_iszero_push_jumpi),
      FusedGroup(.lt, .push, .jumpi, handler: weft_evm_lt_push_jumpi),
      FusedGroup(.lt, .iszero, .push, .jumpi, handler: weft_evm_lt_iszero_push_jumpi),
      FusedGroup(.gt, .push, .jumpi, handler: weft_evm_gt_push_jumpi),
      FusedGroup(.gt, .iszero, .push, .jumpi, handler: weft_evm_gt_iszero_push_jumpi),
      FusedGroup(.slt, .push, .jumpi, handler: weft_evm_slt_push_jumpi),
      FusedGroup(.slt, .iszero, .push, .jumpi, handler: weft_evm_slt_iszero_push_jumpi),
      FusedGroup(.sgt, .push, .jumpi, handler: weft_evm_sgt_push_jumpi),
      FusedGroup(.sgt, .iszero, .push, .jumpi, handler: weft_evm_sgt_iszero_push_jumpi),
      FusedGroup(.eq, .push, .jumpi, handler: weft_evm_eq_push_jumpi),
      FusedGroup(.eq, .iszero, .push, .jumpi, handler: weft_evm_eq_iszero_push_jumpi),
      FusedGroup(.dup, .lt, .push, .jumpi, handler: weft_evm_dup_lt_push_jumpi),
      FusedGroup(.dup, .lt, .iszero, .push, .jumpi, handler: weft_evm_dup_lt_iszero_push_jumpi),
      FusedGroup(.dup, .gt, .push, .jumpi, handler: weft_evm_dup_gt_push_jumpi),
      FusedGroup(.dup, .gt, .iszero, .push, .jumpi, handler: weft_evm_dup_gt_iszero_push_jumpi),
      FusedGroup(.dup, .slt, .push, .jumpi, handler: weft_evm_dup_slt_push_jumpi),
      FusedGroup(.dup, .slt, .iszero, .push, .jumpi, handler: weft_evm_dup_slt_iszero_push_jumpi),
      FusedGroup(.dup, .eq, .push, .jumpi, handler: weft_evm_dup_eq_push_jumpi),
      FusedGroup(.dup, .eq, .iszero, .push, .jumpi, handler: weft_evm_dup_eq_iszero_push_jumpi),
      FusedGroup(.dup, .push, .gt, .push, .jumpi, handler: weft_evm_dup_push_gt_push_jumpi),
      FusedGroup(.dup, .push, .eq, .push, .jumpi, handler: weft_evm_dup_push_eq_push_jumpi),
      FusedGroup(.push, .dup, .lt, .push, .jumpi, handler: weft_evm_push_dup_lt_push_jumpi),
      FusedGroup(.push, .dup, .lt, .iszero, .push, .jumpi, handler: weft_evm_push_dup_lt_iszero_push_jumpi),
      FusedGroup(.push, .dup, .gt, .push, .jumpi, handler: weft_evm_push_dup_gt_push_jumpi),
      FusedGroup(.push, .dup, .gt, .iszero, .push, .jumpi, handler: weft_evm_push_dup_gt_iszero_push_jumpi),
      FusedGroup(.push, .dup, .eq, .push, .jumpi, handler: weft_evm_push_dup_eq_push_jumpi),
      FusedGroup(.push, .dup, .eq, .iszero, .push, .jumpi, handler: weft_evm_push_dup_eq_iszero_push_jumpi),
      FusedGroup(.dup, .dup, .lt, .push, .jumpi, handler: weft_evm_dup_dup_lt_push_jumpi),
      FusedGroup(.dup, .dup, .lt, .iszero, .push, .jumpi, handler: weft_evm_dup_dup_lt_iszero_push_jumpi),
      FusedGroup(.dup, .dup, .gt, .push, .jumpi, handler: weft_evm_dup_dup_gt_push_jumpi),
      FusedGroup(.dup, .dup, .gt, .iszero, .push, .jumpi, handler: weft_evm_dup_dup_gt_iszero_push_jumpi),
      FusedGroup(.dup, .dup, .slt, .push, .jumpi, handler: weft_evm_dup_dup_slt_push_jumpi),
      FusedGroup(.dup, .dup, .slt, .iszero, .push, .jumpi, handler: weft_evm_dup_dup_slt_iszero_push_jumpi),
    ]
  }
}
