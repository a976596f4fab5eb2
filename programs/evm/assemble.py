#!/usr/bin/env python3
"""Assembles EVM code: assemble.py SOURCE gives hexadecimal digits on standard output.

One instruction a line, in the names of the Yellow Paper and the later EIPs. `;` begins a comment. `name:` is a
JUMPDEST, `PUSH @name` its offset (two bytes). `PUSH 0x…` or `PUSH 12` takes the fewest bytes, `PUSH4 1` as many as
it says. A number alone is that byte: an instruction of an extension.
"""
import re
import sys

NAMES = {
    0x00: "STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND",
    0x10: "LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ",
    0x20: "KECCAK256",
    0x30: "ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY CODESIZE CODECOPY "
          "GASPRICE EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY EXTCODEHASH",
    0x40: "BLOCKHASH COINBASE TIMESTAMP NUMBER PREVRANDAO GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE",
    0x50: "POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD TSTORE MCOPY PUSH0",
    0x60: " ".join(f"PUSH{index}" for index in range(1, 33)),
    0x80: " ".join(f"DUP{index}" for index in range(1, 17)),
    0x90: " ".join(f"SWAP{index}" for index in range(1, 17)),
    0xa0: "LOG0 LOG1 LOG2 LOG3 LOG4",
    0xf0: "CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2",
    0xfa: "STATICCALL",
    0xfd: "REVERT INVALID SELFDESTRUCT",
}
OPCODES = {name: first + index for first, names in NAMES.items() for index, name in enumerate(names.split())}


def assemble(source):
    """The code of a text; ValueError with the line that is wrong."""
    code, labels, uses = bytearray(), {}, []
    for number, line in enumerate(source.splitlines(), 1):
        words = line.split(";")[0].split()
        try:
            if not words:
                continue
            if words[0].endswith(":"):
                labels[words[0][:-1]] = len(code)
                code.append(OPCODES["JUMPDEST"])
                words = words[1:]
                if not words:
                    continue
            name, operands = words[0].upper(), words[1:]
            if re.fullmatch(r"PUSH(\d+)?", name) and name != "PUSH0":
                operand, = operands
                if operand.startswith("@"):
                    uses.append((len(code) + 1, operand[1:], number))
                    code += bytes([OPCODES["PUSH2"], 0, 0])
                    continue
                value = int(operand, 0)
                size = int(name[4:]) if name[4:] else (value.bit_length() + 7) // 8
                code.append(0x5f + size)
                code += value.to_bytes(size, "big")
            elif operands:
                raise ValueError("operands")
            elif name[0].isdigit():
                code += int(name, 0).to_bytes(1, "big")
            else:
                code.append(OPCODES[name])
        except (KeyError, ValueError, OverflowError) as error:
            raise ValueError(f"line {number}: {line.strip()}: {error}") from None
    for offset, label, number in uses:
        if label not in labels:
            raise ValueError(f"line {number}: no label {label}")
        code[offset:offset + 2] = labels[label].to_bytes(2, "big")
    return bytes(code)


if __name__ == "__main__":
    try:
        with open(sys.argv[1]) as file:
            print("0x" + assemble(file.read()).hex())
    except ValueError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
