/// Figures of other implementations for the cases of evm-benchmarks, measured once on another day: a yardstick where
/// they are not at hand, not a measurement of this run.
///
/// evmone 2cbfad3d (July 2025), the better of its builds by clang 19 and gcc 12; medians on a 2.6 GHz AMD EPYC (Zen 5).
enum EVMReferenceFigures {
  /// The interpreter alone under the rules of Istanbul, in µs: with the analysis of the code done before.
  static func evmoneExecution(_ name: String) -> Double? { execution[name] }

  /// One transaction with validation and state, in µs.
  static func evmoneTransaction(_ name: String) -> Double? { transaction[name] }

  /// revm 8 through pyrevm 0.3.7 on that machine, one transaction, in µs. What the same takes here says how fast this
  /// machine is beside that one, and so what evmone would take here.
  static func revmTransaction(_ name: String) -> Double? { revm[name] }

  private static let revm: [String: Double] = [
    "blake2b_huff/empty": 24.2, "blake2b_huff/8415nulls": 959, "blake2b_shifts/8415nulls": 8113,
    "sha1_divs/5311": 3948, "sha1_shifts/5311": 2538, "snailtracer/benchmark": 34631,
    "structarray_alloc/nfts_rank": 607, "swap_math/insufficient_liquidity": 8.4, "swap_math/received": 9.5,
    "swap_math/spent": 9.2, "weierstrudel/1": 198, "weierstrudel/15": 1737,
  ]

  private static let execution: [String: Double] = [
    "blake2b_huff/empty": 7.72, "blake2b_huff/8415nulls": 484, "blake2b_shifts/8415nulls": 4558,
    "sha1_divs/empty": 33.7, "sha1_divs/5311": 2886, "sha1_shifts/empty": 16.2, "sha1_shifts/5311": 1350,
    "snailtracer/benchmark": 23061, "structarray_alloc/nfts_rank": 239,
    "swap_math/insufficient_liquidity": 0.82, "swap_math/received": 1.37, "swap_math/spent": 1.14,
    "weierstrudel/1": 109, "weierstrudel/15": 1161,
    "JUMPDEST_n0/empty": 403, "jump_around/empty": 10.1, "loop_with_many_jumpdests/empty": 5913,
    "memory_grow_mload/nogrow": 17, "memory_grow_mload/by1": 19, "memory_grow_mload/by16": 24,
    "memory_grow_mload/by32": 38, "memory_grow_mstore/nogrow": 22, "memory_grow_mstore/by1": 23,
    "memory_grow_mstore/by16": 28, "memory_grow_mstore/by32": 35, "signextend/one": 30, "signextend/zero": 30,
  ]

  private static let transaction: [String: Double] = [
    "blake2b_huff/empty": 34.7, "blake2b_huff/8415nulls": 479, "blake2b_shifts/8415nulls": 4262,
    "sha1_divs/5311": 2780, "sha1_shifts/5311": 1307, "snailtracer/benchmark": 47033,
    "structarray_alloc/nfts_rank": 221, "swap_math/insufficient_liquidity": 5.8, "swap_math/received": 6.4,
    "swap_math/spent": 6.2, "weierstrudel/1": 136, "weierstrudel/15": 1200,
  ]
}
