// Tables that break the rules, and every rule that they break.
extension HostileObject {
  static let tables: [HostileObject] = [
    table("none"),
    table("abi-version-2", "is built for version 2 of the ABI, this is version 1"),
    table("abi-version-0", "is built for version 0 of the ABI, this is version 1"),
    table("struct-size-8", "struct_size of weft_extension is 8, version 1 has 120 at least"),
    table("struct-size-one-short", "struct_size of weft_extension is 119, version 1 has 120 at least"),
    table("struct-size-larger"),
    table("name-null", "name is NULL"),
    table("name-empty", "name is empty"),
    table("name-rubbish", "name cannot be read"),
    table("name-without-end", "name cannot be read"),
    table("name-of-65-bytes", "name has more than 64 bytes"),
    table("name-no-utf-8", "name is no UTF-8"),
    table("name-with-newline", "name has control characters"),
    table("name-with-escape", "name has control characters"),
    table(
      "name-in-capitals",
      "'Table' is no extension name: use lower-case letters, digits and hyphens"),
    table("version-null", "version is NULL"),
    table("license-of-200-bytes", "license has more than 128 bytes"),
    table("save-without-restore", "save and restore come together: one of them is NULL"),
    table("init-rubbish", "init is no address of code"),
    table(
      "counts-of-4294967295",
      "4294967295 instructions; the limit is 1024",
      "4294967295 phantoms; the limit is 1024",
      "4294967295 calls; the limit is 1024",
      "4294967295 spaces; the limit is 1024"),
    table("count-of-1025", "1025 instructions; the limit is 1024"),
    table(
      "tables-null",
      "2 instructions, but the table is NULL",
      "2 phantoms, but the table is NULL",
      "2 calls, but the table is NULL",
      "2 spaces, but the table is NULL"),
    table(
      "tables-rubbish",
      "the table of instructions cannot be read",
      "the table of phantoms cannot be read",
      "the table of calls cannot be read",
      "the table of spaces cannot be read"),
    table(
      "tables-misaligned",
      "the table of instructions is misaligned",
      "the table of phantoms is misaligned",
      "the table of calls is misaligned",
      "the table of spaces is misaligned"),
    table("table-shorter-than-its-count", "the table of instructions cannot be read"),
    table("tables-null-and-empty"),
    table("instruction-size-0", "instruction_size is 0, version 1 has 64"),
    table("instruction-size-one-short", "instruction_size is 56, version 1 has 64"),
    table("instruction-size-odd", "instruction_size is 65, version 1 has 64"),
    table("instruction-size-1-gib", "instruction_size is 1073741824, version 1 has 64"),
    table("mnemonic-null", "instruction 0: mnemonic is NULL"),
    table("mnemonic-rubbish", "instruction 1: mnemonic cannot be read"),
    table(
      "mnemonic-with-blank",
      "instruction 'table first': a mnemonic has lower-case letters, digits, dots, hyphens and "
        + "underscores"),
    table("mnemonic-no-utf-8", "instruction 0: mnemonic is no UTF-8"),
    table(
      "mnemonics-equal",
      "instruction 'table.first' of extension 'table' has the name of one of 'table'"),
    table("mnemonic-of-the-base"),
    table(
      "instruction-set-2",
      "instruction 'table.first': instruction set 2; 1 is RV32, and the EVM has a table of its own"),
    table("form-4", "instruction 'table.first': form 4; the forms are 0 to 3"),
    table("form-4294967295", "instruction 'table.first': form 4294967295; the forms are 0 to 3"),
    table("registers-unknown", "instruction 'table.first': unknown bits in registers"),
    table("form-s-with-rd", "instruction 'table.first': form S has no rd"),
    table(
      "form-u-with-sources",
      "instruction 'table.first': forms I and U have no rs2",
      "instruction 'table.first': form U has no rs1"),
    table("ticks-too-few", "instruction 'table.first': 2 ticks, but its registers alone take more"),
    table(
      "no-code",
      "instruction 'table.first': no step function",
      "instruction 'table.second': no step function"),
    table(
      "handler-alone",
      "instruction 'table.second': a handler needs a step function besides, for recorded runs"),
    table(
      "code-rubbish",
      "instruction 'table.first': step is no address of code",
      "instruction 'table.second': handler is no address of code"),
    table(
      "encodings-equal",
      "instruction 'table.second' of extension 'table' (rv32 word & 0xfe00707f == 0x0000002b) "
        + "clashes with 'table.first' of 'table'"),
    table(
      "encodings-overlapping",
      "instruction 'table.second' of extension 'table' (rv32 word & 0x0000007f == 0x0000002b) "
        + "clashes with 'table.first' of 'table'"),
    table(
      "encoding-of-the-base",
      "instruction 'table.first' of extension 'table' (rv32 word & 0xfe00707f == 0x00000033) is "
        + "reserved: standard opcodes belong to RISC-V; extensions use 0x2b, 0x5b or 0x7b"),
    table(
      "encoding-of-custom-0",
      "instruction 'table.first' of extension 'table' (rv32 word & 0xfe00707f == 0x0000000b) is "
        + "reserved: custom-0 (0x0b) is Weft's own; extensions use 0x2b, 0x5b or 0x7b"),
    table(
      "encoding-outside-its-mask",
      "instruction 'table.first' of extension 'table' has an impossible encoding (rv32 word & "
        + "0xfe00707f == 0x000000ab): match has bits outside mask"),
    table(
      "encoding-without-opcode",
      "instruction 'table.first' of extension 'table' has an impossible encoding (rv32 word & "
        + "0xfe007000 == 0x00000000): the mask must cover the major opcode, bits 0 to 6"),
    table(
      "encoding-compressed",
      "instruction 'table.first' of extension 'table' has an impossible encoding (rv32 word & "
        + "0xfe00707f == 0x0000002a): the low two bits of a 32-bit instruction are 1"),
    table(
      "phantom-numbers-reserved",
      "phantom instruction 0x0ff of extension 'table' is outside 0x100…0x7ff, the numbers for "
        + "extensions",
      "phantom instruction 0x800 of extension 'table' is outside 0x100…0x7ff, the numbers for "
        + "extensions"),
    table(
      "phantom-numbers-equal",
      "phantom instruction 0x100 of extension 'table' is taken by 'table'"),
    table("phantom-without-code", "phantom 'table.hint': no function"),
    table("phantom-code-rubbish", "phantom 'table.trace': its function is no address of code"),
    table("phantom-name-null", "phantom 0: name is NULL"),
    table(
      "call-numbers-reserved",
      "system call 93 of extension 'table' is outside 0x680…0x6ff, the numbers for extensions",
      "system call 1792 of extension 'table' is outside 0x680…0x6ff, the numbers for extensions"),
    table("call-numbers-equal", "system call 1664 of extension 'table' is taken by 'table'"),
    table(
      "call-names-equal",
      "system call 'table.call' of extension 'table' has the name of one of 'table'"),
    table("call-without-code", "call 'table.other': no function"),
    table("space-kind-2", "space 'vectors': cell kind 2; 0 is a byte, 1 a field element"),
    table(
      "space-block-3",
      "address space 'vectors' of extension 'table': blocks of 3 cells; they have 1, 2, 4, 8, 16 "
        + "or 32"),
    table(
      "space-empty",
      "address space 'vectors' of extension 'table': 0 cells; a multiple of 32 from 32 to 2^29 "
        + "is needed"),
    table(
      "space-huge",
      "address space 'vectors' of extension 'table': 1099511627776 cells; a multiple of 32 from "
        + "32 to 2^29 is needed",
      "address space 'elements' of extension 'table': 18446744073709551615 cells; a multiple of "
        + "8 from 8 to 2^29 is needed"),
    table(
      "space-of-half-blocks",
      "address space 'vectors' of extension 'table': 1000 cells; a multiple of 32 from 32 to "
        + "2^29 is needed"),
    table("space-names-equal", "address space 'vectors' of extension 'table': declared twice"),
    table("space-name-null", "space 0: name is NULL"),
    table(
      "129-spaces",
      "address space 's128' of extension 'table': there are 128 address spaces of extensions "
        + "already"),
    table(
      "everything",
      "save and restore come together: one of them is NULL",
      "version is NULL",
      "instruction 0: mnemonic is empty",
      "instruction 'table.second': form 9; the forms are 0 to 3",
      "phantom 'table.hint': no function",
      "call 'table.call': its function is no address of code",
      "space 'vectors': cell kind 77; 0 is a byte, 1 a field element"),
  ]
}
