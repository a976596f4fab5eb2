#!/usr/bin/env python3
"""Writes Corpus/evm, where FuzzEVM starts: the programs of programs/evm and random ones of every fork."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Differential"))
import evm_cases  # noqa: E402

# Forks by number: the specification has no Constantinople.
NUMBERS = [fork for fork in evm_cases.FORKS if fork != "ConstantinopleFix"]
NUMBERS[5:5] = ["Constantinople", "ConstantinopleFix"]


def write(name, fork, settings, code, data=b""):
    head = bytes([NUMBERS.index(fork), settings]) + len(code).to_bytes(2, "little")
    (HERE / "Corpus/evm" / name).write_bytes(head + code + data)


if __name__ == "__main__":
    for path in sorted((HERE.parents[1] / "programs/evm").glob("*/*.hex")):
        code = bytes.fromhex(path.read_text().strip()[2:])
        name = f"{path.parent.name}-{path.stem}"
        write(name, "Osaka", 0, code, bytes(range(1, 33)) + bytes(32))
        write(f"{name}-created", "Cancun", 2, code)
    for fork in NUMBERS:
        for seed in range(1, 7):
            item = evm_cases.case(seed, "Istanbul" if fork == "Constantinople" else fork)
            settings = 2 * item["creates"] | 4 * (item["value"] > 0) | (seed % 3 == 0)
            write(f"{fork.lower()}-{seed}", fork, settings, item["code"], item["data"])
