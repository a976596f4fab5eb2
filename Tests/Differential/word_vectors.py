#!/usr/bin/env python3
"""Writes the vectors of 256-bit arithmetic, made with Python's integers.

    word_vectors.py [--seed N] [--count N] > Tests/WeftEVMTests/Words/words.txt

A line is an operation, its operands as on the EVM's stack (the top first) and the result, in hexadecimal digits.
Operands are biased to corners: small ones, all ones, powers of two and their neighbours, equal upper limbs.
"""
import argparse
import random

BITS = 256
MASK = (1 << BITS) - 1
SIGN = 1 << (BITS - 1)


def signed(value):
    return value - (1 << BITS) if value & SIGN else value


def quotient(a, b):
    """Rounded towards zero; 0 for the divisor 0."""
    if b == 0:
        return 0
    size = abs(a) // abs(b)
    return size if (a < 0) == (b < 0) else -size


def remainder(a, b):
    return 0 if b == 0 else a - b * quotient(a, b)


def sign_extended(index, value):
    if index >= 31:
        return value
    bits = 8 * index + 8
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


OPERATIONS = {
    "add": (2, lambda a, b: a + b),
    "sub": (2, lambda a, b: a - b),
    "mul": (2, lambda a, b: a * b),
    "div": (2, lambda a, b: quotient(a, b)),
    "mod": (2, lambda a, b: remainder(a, b)),
    "sdiv": (2, lambda a, b: quotient(signed(a), signed(b))),
    "smod": (2, lambda a, b: remainder(signed(a), signed(b))),
    "addmod": (3, lambda a, b, n: (a + b) % n if n else 0),
    "mulmod": (3, lambda a, b, n: a * b % n if n else 0),
    "exp": (2, lambda a, b: pow(a, b, 1 << BITS)),
    "lt": (2, lambda a, b: int(a < b)),
    "slt": (2, lambda a, b: int(signed(a) < signed(b))),
    "shl": (2, lambda a, b: b << a if a < BITS else 0),
    "shr": (2, lambda a, b: b >> a if a < BITS else 0),
    "sar": (2, lambda a, b: signed(b) >> min(a, BITS)),
    "byte": (2, lambda a, b: b >> 8 * (31 - a) & 255 if a < 32 else 0),
    "signextend": (2, sign_extended),
    "clz": (1, lambda a: BITS - a.bit_length()),
}
COUNTED_FIRST = {"shl": 300, "shr": 300, "sar": 300, "byte": 36, "signextend": 36}


def operand(source):
    kind = source.randrange(10)
    if kind == 0:
        return source.choice([0, 1, 2, 3, 10, MASK, MASK - 1, SIGN, SIGN - 1, SIGN + 1])
    if kind == 1:
        return (1 << source.randrange(BITS)) + source.choice([-1, 0, 1]) & MASK
    if kind == 2:
        return source.getrandbits(64)
    if kind == 3:
        return MASK ^ source.getrandbits(source.choice([8, 64, 128, 192]))
    if kind == 4:
        # Limbs of all zeros and all ones: what makes quotient digits estimate badly.
        return sum(source.choice([0, 2**64 - 1, 2**63, 1, source.getrandbits(64)]) << 64 * i for i in range(4))
    return source.getrandbits(source.randrange(1, BITS + 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=170, help="vectors of each operation")
    options = parser.parse_args()
    source = random.Random(options.seed)
    for name, (arity, function) in OPERATIONS.items():
        for index in range(options.count):
            operands = [operand(source) for _ in range(arity)]
            if name in COUNTED_FIRST and index % 8:
                operands[0] = source.randrange(COUNTED_FIRST[name])
            if name in ("div", "mod", "mulmod", "addmod") and index % 4 == 0:
                # Upper limbs of dividend and divisor alike.
                shift = 64 * source.randrange(1, 4)
                operands[0] = (operands[-1] >> shift << shift) | source.getrandbits(shift)
            result = function(*operands) & MASK
            print(name, *(f"{value:x}" for value in operands + [result]))


main()
