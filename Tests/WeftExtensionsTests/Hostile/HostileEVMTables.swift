// Tables for the EVM that break the rules, and every rule that they break.
extension HostileObject {
  /// What `evm_tables.c` has done to its table.
  private static func evm(_ name: String, _ problems: String...) -> HostileObject {
    HostileObject(name: name, problems: problems) { try ObjectWorkshop.object("evm_tables.c", case: name) }
  }

  static let evmTables: [HostileObject] = evmHeads + evmInstructions + evmContracts + evmForks

  private static let evmHeads: [HostileObject] = [
    evm("none"),
    evm("evm-of-an-older-header"),
    evm("evm-rubbish", "evm cannot be read"),
    evm("evm-misaligned", "evm is a misaligned address"),
    evm("evm-size-one-short", "struct_size of weft_evm_extension is 63, version 1 has 64"),
    evm("evm-size-larger"),
    evm(
      "evm-counts",
      "4294967295 EVM instructions; the limit is 1024",
      "4294967295 precompiles; the limit is 1024",
      "4294967295 forks; the limit is 1024"),
    evm(
      "evm-tables-null",
      "2 EVM instructions, but the table is NULL",
      "2 precompiles, but the table is NULL",
      "2 forks, but the table is NULL"),
    evm(
      "evm-tables-rubbish",
      "the table of EVM instructions cannot be read",
      "the table of precompiles cannot be read",
      "the table of forks cannot be read"),
    evm(
      "evm-tables-misaligned",
      "the table of EVM instructions is misaligned",
      "the table of precompiles is misaligned",
      "the table of forks is misaligned"),
    evm(
      "evm-entry-sizes",
      "the size of an EVM instruction is 32, version 1 has 40",
      "the size of a precompile is 0, version 1 has 40",
      "the size of a fork is 1073741824, version 1 has 32"),
    evm("evm-change-size", "fork 'evm-fork': the size of a change is 33, version 1 has 32"),
  ]

  private static let evmInstructions: [HostileObject] = [
    evm("evm-mnemonic-null", "EVM instruction 0: mnemonic is NULL"),
    evm(
      "evm-mnemonic-in-capitals",
      "EVM instruction 'ADD': a mnemonic has lower-case letters, digits, dots, hyphens and underscores"),
    evm(
      "evm-mnemonics-equal",
      "instruction 'evm.first' of extension 'table' has the name of one of 'table'"),
    evm("evm-opcode-256", "EVM instruction 'evm.first': opcode 256; the opcodes are 0 to 255"),
    evm(
      "evm-opcode-push",
      "EVM instruction 'evm.first': opcodes 0x60 to 0x7f have bytes behind them, and are Ethereum's alone",
      "EVM instruction 'evm.second': opcodes 0x60 to 0x7f have bytes behind them, and are Ethereum's alone"),
    evm("evm-opcode-jumpdest", "EVM instruction 'evm.first': opcode 0x5b marks where jumps may land"),
    evm(
      "evm-opcodes-equal",
      "instruction 'evm.second' of extension 'table' (evm opcode 0x0c) clashes with 'evm.first' of 'table'"),
    evm(
      "evm-words-18",
      "EVM instruction 'evm.first': it takes 18 words; 17 are the most",
      "EVM instruction 'evm.second': it gives 4294967295 words; 17 are the most"),
    evm("evm-gas-4294967295", "EVM instruction 'evm.first': 4294967295 gas; 2147483647 is the most"),
    evm(
      "evm-first-fork-17",
      "EVM instruction 'evm.first': first_fork 17; the forks are 0 to 16",
      "precompile 'evm.echo': first_fork 4294967294; the forks are 0 to 16"),
    evm(
      "evm-flags",
      "EVM instruction 'evm.first': unknown bits in flags",
      "precompile 'evm.echo': unknown bits in flags",
      "fork 'evm-fork': unknown bits in flags"),
    evm(
      "evm-without-code",
      "EVM instruction 'evm.first': no function",
      "precompile 'evm.echo': gas: no function",
      "precompile 'evm.other': run: no function"),
    evm(
      "evm-code-rubbish",
      "EVM instruction 'evm.first': its function is no address of code",
      "precompile 'evm.echo': gas: its function is no address of code",
      "precompile 'evm.other': run: its function is no address of code"),
  ]

  private static let evmContracts: [HostileObject] = [
    evm("evm-address-0", "precompile 'evm.echo': nothing stands at address 0"),
    evm(
      "evm-addresses-equal",
      "precompile 'evm.other' of extension 'table' (address 0xc0de) clashes with 'evm.echo' of 'table'"),
    evm(
      "evm-names-equal",
      "precompile 'evm.echo' of extension 'table' has the name of one of 'table'"),
  ]

  private static let evmForks: [HostileObject] = [
    evm("evm-fork-name-null", "fork 0: name is NULL"),
    evm(
      "evm-fork-in-capitals",
      "fork 'Mine' of extension 'table': a name has lower-case letters, digits and hyphens"),
    evm("evm-forks-equal", "fork 'evm-fork' of extension 'table' has the name of one of 'table'"),
    evm("evm-fork-base-17", "fork 'evm-fork': it derives from fork 17; the forks are 0 to 16"),
    evm(
      "evm-fork-of-the-mainnet",
      "fork 'osaka': Osaka is a fork of the mainnet, which it does not replace"),
    evm("evm-fork-replaces-nothing", "fork 'evm-fork': there is no fork of this name to replace"),
    evm("evm-fork-replaces"),
    evm("evm-changes-null", "fork 'evm-fork': 2 changes, but the table is NULL"),
    evm("evm-changes-4294967295", "fork 'evm-fork': 4294967295 changes; the limit is 1024"),
    evm(
      "evm-change-kinds",
      "fork 'evm-fork': change 0: kind 0; the kinds are 1 to 6",
      "fork 'evm-fork': change 1: kind 7; the kinds are 1 to 6"),
    evm("evm-change-opcode-256", "fork 'evm-fork': change 0: opcode 256; the opcodes are 0 to 255"),
    evm(
      "evm-change-gas",
      "fork 'evm-fork': change 0: 18446744073709551615 gas; 2147483647 is the most"),
    evm("evm-change-entry-null", "fork 'evm-fork': change 1: entry is NULL"),
    evm("evm-change-entry-unknown", "fork 'evm-fork': the gas schedule has no entry 'storeSett'"),
    evm(
      "evm-change-value-huge",
      "fork 'evm-fork': storeSet is 9223372036854775807; 0 to 2147483647 is possible"),
    evm(
      "evm-everything",
      "version is NULL",
      "EVM instruction 'evm.first': opcode 256; the opcodes are 0 to 255",
      "EVM instruction 'evm.first': it takes 18 words; 17 are the most",
      "precompile 'evm.echo': nothing stands at address 0",
      "fork 'evm-fork': it derives from fork 99; the forks are 0 to 16",
      "fork 'evm-fork': the gas schedule has no entry 'nothing'"),
  ]
}
