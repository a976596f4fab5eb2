#!/usr/bin/env python3
"""Writes the vectors of Tests/WeftPrecompilesTests from the executable specification.

    python3 -m venv v && v/bin/pip install ethereum-execution==2.20.0
    v/bin/python3 Tests/Differential/precompile_vectors.py > Tests/WeftPrecompilesTests/Vectors/precompiles.txt

One case a line: address, fork, gas charged, `ok` or `fail`, input, output; hexadecimal bytes, `-` for none. For a
call that fails the gas is what the specification charged before it failed.
"""
import importlib
import random
import sys

from coincurve import PrivateKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, Prehashed
from ethereum_types.bytes import Bytes
from ethereum_types.numeric import Uint

GAS = 2**80
K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141
R1_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
R1_PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
random_source = random.Random(20)


class Message:
    def __init__(self, data):
        self.data = Bytes(data)


class Evm:
    def __init__(self, data):
        self.message = Message(data)
        self.gas_left = Uint(GAS)
        self.output = Bytes(b"")


def contract(fork, address):
    mapping = importlib.import_module(f"ethereum.forks.{fork}.vm.precompiled_contracts.mapping")
    return mapping.PRE_COMPILED_CONTRACTS[address.to_bytes(20, "big")]


def emit(fork, address, data):
    evm = Evm(data)
    try:
        contract(fork, address)(evm)
        result = "ok"
    except Exception as error:
        if "Overflow" in type(error).__name__:
            raise
        result, evm.output = "fail", b""
    text = lambda data: bytes(data).hex() or "-"
    print(f"{address:#x} {fork} {GAS - int(evm.gas_left)} {result} {text(data)} {text(evm.output)}")


def word(value):
    return value.to_bytes(32, "big")


def ecrecover():
    for index in range(12):
        key = PrivateKey(random_source.randbytes(32))
        digest = random_source.randbytes(32)
        signature = key.sign_recoverable(digest, hasher=None)
        r, s, parity = signature[:32], signature[32:64], signature[64]
        good = digest + word(27 + parity) + r + s
        emit("osaka", 1, good)
        high = digest + word(28 - parity) + r + word(K1_ORDER - int.from_bytes(s, "big"))
        emit("osaka", 1, high)
        if index == 0:
            for v in (0, 1, 26, 29, 2**255 + 27, 2**8 + 27, 27 << 248):
                emit("osaka", 1, digest + word(v) + r + s)
            for bad in (0, K1_ORDER, K1_ORDER + 1, 2**256 - 1):
                emit("osaka", 1, digest + word(27) + word(bad) + s)
                emit("osaka", 1, digest + word(27) + r + word(bad))
            for cut in (0, 1, 31, 63, 64, 96, 127):
                emit("osaka", 1, good[:cut])
            emit("osaka", 1, good + b"\x01")
            emit("osaka", 1, bytes(32) + good[32:])
            emit("osaka", 1, b"\xff" * 32 + good[32:])
            for x in range(1, 12):  # Some of these are no x coordinates of the curve.
                emit("osaka", 1, digest + word(27) + word(x) + s)
                emit("frontier", 1, digest + word(28) + word(x) + s)


def hashing():
    for address in (2, 3, 4):
        for size in (0, 1, 31, 32, 33, 55, 56, 63, 64, 65, 119, 128, 1000):
            emit("frontier", address, random_source.randbytes(size))


def modexp_input(base, exponent, modulus, sizes=None):
    def size(value):
        return (value.bit_length() + 7) // 8
    sizes = sizes or (size(base), size(exponent), size(modulus))
    parts = [value.to_bytes(length, "big") for value, length in zip((base, exponent, modulus), sizes)]
    return b"".join(map(word, sizes)) + b"".join(parts)


def modexp():
    number = random_source.getrandbits
    inputs = [b"", b"\x00", word(1), word(0) + word(0) + word(0), word(0) + word(0) + word(1),
              word(1) + word(1) + word(1) + b"\x03\x02", word(1) + word(1) + word(1) + b"\x03\x02\x05\x07",
              word(0) + word(0) + word(0)[:31], word(0) + word(33) + word(0) + b"\xff" * 33,
              word(0) + word(1024) + word(0), word(0) + word(1025) + word(0), word(32) + word(32) + word(0),
              word(1) + word(40) + word(1) + b"\x03" + bytes(39) + b"\x01\x07",
              word(1) + word(32) + word(32) + b"\x03" + b"\xff" * 32 + bytes(31) + b"\x01",
              word(1) + word(0) + word(1) + b"\x00\x05", word(0) + word(0) + word(2) + b"\x00\x01",
              word(64) + word(1) + word(65), word(1024) + word(1) + word(1024) + b"\xff" * 1500,
              word(1025) + word(1) + word(1) + b"\x05" * 1027, word(1) + word(1) + word(1025) + b"\x05" * 1027,
              word(1) + word(1025) + word(1) + b"\x05" * 1027, word(2) + word(200) + word(2) + b"\x05"]
    for modulus in (0, 1, 2, 3, 2**255, 2**256 - 1, R1_PRIME):
        for exponent in (0, 1, 2, 65537, 2**255, 2**256 - 1):
            inputs.append(modexp_input(number(256), exponent, modulus, (32, 32, 32)))
    for bits in (8, 64, 65, 255, 256, 257, 511, 512, 1024, 2048):
        for exponent in (3, number(17), number(bits)):
            modulus = number(bits) | 1 << bits - 1
            inputs.append(modexp_input(number(bits), exponent, modulus))
            inputs.append(modexp_input(number(bits), exponent, modulus & ~0xffff | 1 << bits - 1))
    inputs.append(modexp_input(0, 0, 7, (0, 0, 1)))
    inputs.append(modexp_input(number(8190), 3, 2**8191, (1024, 1, 1024)))
    for data in inputs:
        for fork in ("byzantium", "berlin", "osaka"):
            emit(fork, 5, data)


def blake2f():
    def data(rounds, flag):
        return rounds.to_bytes(4, "big") + random_source.randbytes(208) + bytes([flag])
    for rounds in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21, 199):
        emit("istanbul", 9, data(rounds, 0))
        emit("istanbul", 9, data(rounds, 1))
    for flag in (2, 255):
        emit("istanbul", 9, data(12, flag))
    for size in (0, 1, 4, 212, 214):
        emit("istanbul", 9, (data(12, 1) + b"\x00")[:size])


def p256():
    for index in range(10):
        key = ec.derive_private_key(random_source.randrange(1, R1_ORDER), ec.SECP256R1())
        digest = random_source.randbytes(32)
        r, s = decode_dss_signature(key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()))))
        point = key.public_key().public_numbers()
        x, y = point.x, point.y

        def case(hash=digest, r=r, s=s, x=x, y=y, tail=b""):
            return hash + word(r) + word(s) + word(x) + word(y) + tail
        emit("osaka", 0x100, case())
        emit("osaka", 0x100, case(s=R1_ORDER - s))
        emit("osaka", 0x100, case(hash=bytes(31) + b"\x01"))
        if index:
            continue
        for bad in (0, R1_ORDER, R1_ORDER + 1, 2**256 - 1):
            emit("osaka", 0x100, case(r=bad))
            emit("osaka", 0x100, case(s=bad))
        for bad in (0, R1_PRIME, 2**256 - 1, x ^ 1):
            emit("osaka", 0x100, case(x=bad))
            emit("osaka", 0x100, case(y=bad))
        emit("osaka", 0x100, case(x=0, y=0))
        emit("osaka", 0x100, case(y=R1_PRIME - y))
        emit("osaka", 0x100, case(tail=b"\x00"))
        for cut in (0, 32, 159):
            emit("osaka", 0x100, case()[:cut])
    wrap()


def wrap():
    """A signature whose point has an x coordinate of n or more: r = x − n, and the check is modulo n.

    Nobody can sign so on purpose, but the key can be chosen for it: with R of that x and any s, h the key is
    Q = (s·R − h·G) / r.
    """
    B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
    G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
         0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
    p = R1_PRIME

    def add(first, second):
        if first is None or second is None:
            return first or second
        (x1, y1), (x2, y2) = first, second
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, p) if first == second else (y2 - y1) * pow(x2 - x1, -1, p)
        x = (slope * slope - x1 - x2) % p
        return x, (slope * (x1 - x) - y1) % p

    def multiply(scalar, point):
        result = None
        while scalar:
            if scalar & 1:
                result = add(result, point)
            point = add(point, point)
            scalar >>= 1
        return result

    found = 0
    x = R1_ORDER + 1
    while found < 3:
        square = (x**3 - 3 * x + B) % p
        y = pow(square, (p + 1) // 4, p)
        if y * y % p == square:
            h, s, r = random_source.getrandbits(256), random_source.randrange(1, R1_ORDER), x - R1_ORDER
            sum = add(multiply(s, (x, y)), multiply(-h % R1_ORDER, G))
            key = multiply(pow(r, -1, R1_ORDER), sum)
            emit("osaka", 0x100, word(h) + word(r) + word(s) + word(key[0]) + word(key[1]))
            found += 1
        x += 1
    # The sum is the point at infinity: Q = −h/r·G with any s.
    h, r, s = 5, 7, 11
    key = multiply(-h * pow(r, -1, R1_ORDER) % R1_ORDER, G)
    emit("osaka", 0x100, word(h) + word(r) + word(s) + word(key[0]) + word(key[1]))


if __name__ == "__main__":
    for part in (ecrecover, hashing, modexp, blake2f, p256):
        part()
