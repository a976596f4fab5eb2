/// The instructions of Ethereum, with prices from a fork's schedule.
///
/// Static gas is charged before an instruction does anything; what depends on operands comes on top.
enum StandardInstructions {
  /// The instructions that rules have.
  static func instructions(of rules: EVMRules) -> [StandardInstruction] {
    (plain(rules.schedule) + families).filter { rules.has($0.opcode.rawValue, since: $0.firstFork) }
  }

  private static func plain(_ schedule: GasSchedule) -> [StandardInstruction] {
    [
      .init(.stop, "stop", gas: 0, takes: 0, gives: 0),
      .init(.add, "add", gas: 3, takes: 2, gives: 1),
      .init(.mul, "mul", gas: 5, takes: 2, gives: 1),
      .init(.sub, "sub", gas: 3, takes: 2, gives: 1),
      .init(.div, "div", gas: 5, takes: 2, gives: 1),
      .init(.sdiv, "sdiv", gas: 5, takes: 2, gives: 1),
      .init(.mod, "mod", gas: 5, takes: 2, gives: 1),
      .init(.smod, "smod", gas: 5, takes: 2, gives: 1),
      .init(.addmod, "addmod", gas: 8, takes: 3, gives: 1),
      .init(.mulmod, "mulmod", gas: 8, takes: 3, gives: 1),
      .init(.exp, "exp", gas: 10, takes: 2, gives: 1),
      .init(.signextend, "signextend", gas: 5, takes: 2, gives: 1),
      .init(.lt, "lt", gas: 3, takes: 2, gives: 1),
      .init(.gt, "gt", gas: 3, takes: 2, gives: 1),
      .init(.slt, "slt", gas: 3, takes: 2, gives: 1),
      .init(.sgt, "sgt", gas: 3, takes: 2, gives: 1),
      .init(.eq, "eq", gas: 3, takes: 2, gives: 1),
      .init(.iszero, "iszero", gas: 3, takes: 1, gives: 1),
      .init(.and, "and", gas: 3, takes: 2, gives: 1),
      .init(.or, "or", gas: 3, takes: 2, gives: 1),
      .init(.xor, "xor", gas: 3, takes: 2, gives: 1),
      .init(.not, "not", gas: 3, takes: 1, gives: 1),
      .init(.byte, "byte", gas: 3, takes: 2, gives: 1),
      .init(.shl, "shl", gas: 3, takes: 2, gives: 1, since: .constantinople),
      .init(.shr, "shr", gas: 3, takes: 2, gives: 1, since: .constantinople),
      .init(.sar, "sar", gas: 3, takes: 2, gives: 1, since: .constantinople),
      .init(.clz, "clz", gas: 5, takes: 1, gives: 1, since: .osaka),
      .init(.keccak256, "keccak256", gas: 30, takes: 2, gives: 1),
      .init(.address, "address", gas: 2, takes: 0, gives: 1),
      .init(.balance, "balance", gas: schedule.balance, takes: 1, gives: 1),
      .init(.origin, "origin", gas: 2, takes: 0, gives: 1),
      .init(.caller, "caller", gas: 2, takes: 0, gives: 1),
      .init(.callvalue, "callvalue", gas: 2, takes: 0, gives: 1),
      .init(.calldataload, "calldataload", gas: 3, takes: 1, gives: 1),
      .init(.calldatasize, "calldatasize", gas: 2, takes: 0, gives: 1),
      .init(.calldatacopy, "calldatacopy", gas: 3, takes: 3, gives: 0),
      .init(.codesize, "codesize", gas: 2, takes: 0, gives: 1),
      .init(.codecopy, "codecopy", gas: 3, takes: 3, gives: 0),
      .init(.gasprice, "gasprice", gas: 2, takes: 0, gives: 1),
      .init(.extcodesize, "extcodesize", gas: schedule.externalCode, takes: 1, gives: 1),
      .init(.extcodecopy, "extcodecopy", gas: schedule.externalCode, takes: 4, gives: 0),
      .init(.returndatasize, "returndatasize", gas: 2, takes: 0, gives: 1, since: .byzantium),
      .init(.returndatacopy, "returndatacopy", gas: 3, takes: 3, gives: 0, since: .byzantium),
      .init(
        .extcodehash, "extcodehash", gas: schedule.externalCodeHash, takes: 1, gives: 1,
        since: .constantinople),
      .init(.blockhash, "blockhash", gas: 20, takes: 1, gives: 1),
      .init(.coinbase, "coinbase", gas: 2, takes: 0, gives: 1),
      .init(.timestamp, "timestamp", gas: 2, takes: 0, gives: 1),
      .init(.number, "number", gas: 2, takes: 0, gives: 1),
      .init(.prevrandao, "prevrandao", gas: 2, takes: 0, gives: 1),
      .init(.gaslimit, "gaslimit", gas: 2, takes: 0, gives: 1),
      .init(.chainid, "chainid", gas: 2, takes: 0, gives: 1, since: .istanbul),
      .init(.selfbalance, "selfbalance", gas: 5, takes: 0, gives: 1, since: .istanbul),
      .init(.basefee, "basefee", gas: 2, takes: 0, gives: 1, since: .london),
      .init(.blobhash, "blobhash", gas: 3, takes: 1, gives: 1, since: .cancun),
      .init(.blobbasefee, "blobbasefee", gas: 2, takes: 0, gives: 1, since: .cancun),
      .init(.pop, "pop", gas: 2, takes: 1, gives: 0),
      .init(.mload, "mload", gas: 3, takes: 1, gives: 1),
      .init(.mstore, "mstore", gas: 3, takes: 2, gives: 0),
      .init(.mstore8, "mstore8", gas: 3, takes: 2, gives: 0),
      .init(.sload, "sload", gas: schedule.storageLoad, takes: 1, gives: 1),
      .init(.sstore, "sstore", gas: 0, takes: 2, gives: 0),
      .init(.jump, "jump", gas: 8, takes: 1, gives: 0),
      .init(.jumpi, "jumpi", gas: 10, takes: 2, gives: 0),
      .init(.pc, "pc", gas: 2, takes: 0, gives: 1),
      .init(.msize, "msize", gas: 2, takes: 0, gives: 1),
      .init(.gas, "gas", gas: 2, takes: 0, gives: 1),
      .init(.jumpdest, "jumpdest", gas: 1, takes: 0, gives: 0),
      .init(.tload, "tload", gas: 100, takes: 1, gives: 1, since: .cancun),
      .init(.tstore, "tstore", gas: 100, takes: 2, gives: 0, since: .cancun),
      .init(.mcopy, "mcopy", gas: 3, takes: 3, gives: 0, since: .cancun),
      .init(.push0, "push0", gas: 2, takes: 0, gives: 1, since: .shanghai),
      .init(.create, "create", gas: 32000, takes: 3, gives: 1),
      .init(.call, "call", gas: schedule.call, takes: 7, gives: 1),
      .init(.callcode, "callcode", gas: schedule.call, takes: 7, gives: 1),
      .init(.`return`, "return", gas: 0, takes: 2, gives: 0),
      .init(.delegatecall, "delegatecall", gas: schedule.call, takes: 6, gives: 1, since: .homestead),
      .init(.create2, "create2", gas: 32000, takes: 4, gives: 1, since: .constantinople),
      .init(.staticcall, "staticcall", gas: schedule.call, takes: 6, gives: 1, since: .byzantium),
      .init(.revert, "revert", gas: 0, takes: 2, gives: 0, since: .byzantium),
      .init(.invalid, "invalid", gas: 0, takes: 0, gives: 0),
      .init(.selfdestruct, "selfdestruct", gas: schedule.selfDestruct, takes: 1, gives: 0),
    ]
  }

  /// PUSH, DUP, SWAP and LOG.
  private static var families: [StandardInstruction] {
    var all: [StandardInstruction] = []
    for n in 1...32 {
      all.append(.init(Opcode(0x5f &+ UInt8(n)), "push\(n)", gas: 3, takes: 0, gives: 1))
    }
    for n in 1...16 {
      all.append(.init(Opcode(0x7f &+ UInt8(n)), "dup\(n)", gas: 3, takes: n, gives: n + 1))
      all.append(.init(Opcode(0x8f &+ UInt8(n)), "swap\(n)", gas: 3, takes: n + 1, gives: n + 1))
    }
    for n in 0...4 {
      let gas = 375 * Int64(n + 1)
      all.append(.init(Opcode(0xa0 &+ UInt8(n)), "log\(n)", gas: gas, takes: n + 2, gives: 0))
    }
    return all
  }
}
