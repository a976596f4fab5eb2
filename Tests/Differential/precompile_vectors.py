#!/usr/bin/env python3
"""Writes the vectors of Tests/WeftPrecompilesTests from the executable specification.

    python3 -m venv v && v/bin/pip install ethereum-execution==2.20.0
    v/bin/python3 Tests/Differential/precompile_vectors.py > Tests/WeftPrecompilesTests/Vectors/precompiles.txt

One case a line: address, fork, gas charged, `ok` or `fail`, input, output; hexadecimal bytes, `-` for none. For a
call that fails the gas is what the specification charged before it failed. Random numbers are the same in each run but
those in signatures over P-256. A run takes minutes: pairings.
"""
import hashlib
import importlib
import random
import sys

from coincurve import PrivateKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, Prehashed
from ethereum_types.bytes import Bytes
from ethereum_types.numeric import Uint
from py_ecc import optimized_bls12_381 as bls12_381
from py_ecc import optimized_bn128 as bn128
from py_ecc.bls.g2_primitives import G1_to_pubkey

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


class Curve:
    """Points of a pairing-friendly curve, and how a contract wants them written."""

    def __init__(self, module, size, real_part_first):
        self.p, self.order = module.field_modulus, module.curve_order
        self.g1, self.g2 = module.G1, module.G2
        self.module, self.size, self.real_part_first = module, size, real_part_first

    def number(self, value):
        return int(value).to_bytes(self.size, "big")

    def point(self, point):
        if self.module.is_inf(point):
            return bytes((2 if isinstance(point[0], self.module.FQ) else 4) * self.size)
        return b"".join(self.coordinate(value) for value in self.module.normalize(point))

    def coordinate(self, value):
        if isinstance(value, self.module.FQ):
            return self.number(value.n)
        parts = [self.number(part) for part in value.coeffs]
        return b"".join(parts if self.real_part_first else parts[::-1])

    def random_scalar(self):
        return random_source.randrange(1, self.order)

    def multiple(self, generator, scalar=None):
        return self.module.multiply(generator, self.random_scalar() if scalar is None else scalar)

    def off_twist(self):
        """A point of the twist that is not of order r: x = 1, 2, … + i until y is found."""
        m = self.module
        for c0 in range(1, 100):
            x = m.FQ2([c0, 1])
            y = self.square_root(x * x * x + m.b2)
            if y is not None and not m.is_inf(m.multiply((x, y, m.FQ2.one()), self.order)):
                return x, y, m.FQ2.one()

    def off_curve_group(self):
        """A point of the curve that is not of order r."""
        m = self.module
        for value in range(1, 100):
            x = m.FQ(value)
            square = x * x * x + m.b
            y = square ** ((self.p + 1) // 4)
            if y * y == square and not m.is_inf(m.multiply((x, y, m.FQ(1)), self.order)):
                return x, y, m.FQ(1)

    def square_root(self, square):
        """Of an element of the quadratic extension, p = 3 (mod 4), by the complex method; None where there is none."""
        m, p = self.module, self.p
        a, b = (int(part) for part in square.coeffs)
        norm = (a * a + b * b) % p
        root = pow(norm, (p + 1) // 4, p)
        for sign in (root, -root):
            half = (a + sign) * pow(2, -1, p) % p
            first = pow(half, (p + 1) // 4, p)
            if first and first * first % p == half:
                candidate = m.FQ2([first, b * pow(2 * first, -1, p)])
                if candidate * candidate == square:
                    return candidate
        return None

    def wrong_points(self, point):
        """Encodings that no contract takes: numbers of p and more, points off the curve."""
        good = self.point(point)
        for offset in range(0, len(good), self.size):
            for bad in (self.p, 2 ** (8 * self.size) - 1):
                yield good[:offset] + self.number(bad) + good[offset + self.size:]
            changed = (int.from_bytes(good[offset:offset + self.size], "big") + 1) % self.p
            yield good[:offset] + self.number(changed) + good[offset + self.size:]
            yield bytes(offset) + self.number(1) + bytes(len(good) - offset - self.size)
            # Congruent to the good one.
            if int.from_bytes(good[offset:offset + self.size], "big") + self.p < 2 ** (8 * self.size):
                shifted = int.from_bytes(good[offset:offset + self.size], "big") + self.p
                yield good[:offset] + self.number(shifted) + good[offset + self.size:]


def bn254():
    curve = Curve(bn128, 32, real_part_first=False)
    m, n, p = curve.module, curve.order, curve.p
    infinity = bytes(64)
    one, two = curve.point(curve.g1), curve.point(curve.multiple(curve.g1, 2))
    first, second = (curve.multiple(curve.g1) for _ in range(2))
    a, b, minus = curve.point(first), curve.point(second), curve.point(m.neg(first))
    for fork in ("byzantium", "istanbul", "osaka"):
        for data in (a + b, one + two, b""):
            emit(fork, 6, data)
        emit(fork, 7, a + word(12345))
    for data in (a + a, a + minus, a + infinity, infinity + a, infinity + infinity, one + one, a, a[:63], b"\x00",
                 a + b + b"\x01", (a + b)[:127], a + b"\x00" * 63, a + b"\x01", b"\x01" + a + b):
        emit("osaka", 6, data)
    for bad in curve.wrong_points(first):
        emit("osaka", 6, bad + b)
        emit("osaka", 6, b + bad)
        emit("osaka", 7, bad + word(2))
    for _ in range(15):
        emit("osaka", 6, curve.point(curve.multiple(curve.g1)) + curve.point(curve.multiple(curve.g1)))
    scalars = [0, 1, 2, 3, 8, 9, 15, 16, 17, n - 1, n, n + 1, 2 * n, p, 2**255, 2**256 - 1, 2**128, 2**128 - 1]
    for scalar in scalars + [random_source.getrandbits(256) for _ in range(15)]:
        emit("osaka", 7, a + word(scalar))
    for data in (b"", infinity + word(5), a, a + b"\x05", a + word(7)[:31], a + word(7) + b"\x09", one + word(n)):
        emit("osaka", 7, data)

    q = curve.multiple(curve.g2)
    s = curve.random_scalar()
    good = (curve.point(first) + curve.point(curve.multiple(q, s))
            + curve.point(m.neg(curve.multiple(first, s))) + curve.point(q))
    zero2 = bytes(128)
    for fork in ("byzantium", "istanbul", "osaka"):
        emit(fork, 8, b"")
        emit(fork, 8, infinity + zero2)
    emit("byzantium", 8, good)
    for data in (good, good[:192], good + infinity + zero2, a + zero2, infinity + curve.point(q), a + curve.point(q),
                 good[192:] + good[:192], good + good, good[:191], good + b"\x00", good[:64], good[:192] * 3,
                 a + curve.point(q) + minus + curve.point(q), a + curve.point(q) + a + curve.point(m.neg(q)),
                 one + curve.point(curve.g2)):
        emit("osaka", 8, data)
    for bad in curve.wrong_points(q):
        emit("osaka", 8, a + bad)
    for bad in list(curve.wrong_points(first))[:4]:
        emit("osaka", 8, bad + curve.point(q))
    outside = curve.off_twist()
    emit("osaka", 8, a + curve.point(outside))
    emit("osaka", 8, infinity + curve.point(outside))
    emit("osaka", 8, good + infinity + curve.point(outside))
    # Coefficients in the other order.
    emit("osaka", 8, a + b"".join(curve.point(q)[i:i + 32] for i in (32, 0, 96, 64)))


def kzg():
    curve = Curve(bls12_381, 48, real_part_first=True)
    r = curve.order

    def case(commitment, z, y, proof, version=1):
        hash = bytes([version]) + hashlib.sha256(commitment).digest()[1:]
        return hash + word(z) + word(y) + commitment + proof

    infinity = b"\xc0" + bytes(47)
    # A constant polynomial has the same value everywhere, and the proof is the point at infinity.
    value = curve.random_scalar()
    constant = bytes(G1_to_pubkey(curve.multiple(curve.g1, value)))
    for fork in ("cancun", "osaka"):
        emit(fork, 10, case(constant, curve.random_scalar(), value, infinity))
    emit("osaka", 10, case(infinity, 5, 0, infinity))
    emit("osaka", 10, case(infinity, 5, 1, infinity))
    emit("osaka", 10, case(constant, 5, value + 1, infinity))
    emit("osaka", 10, case(constant, 5, value, constant))
    # A polynomial of degree 1 whose commitment and proof are those of the ceremony: [τ]G1 at z has the value z, and the
    # proof is G1.
    tau = bytes.fromhex(TAU_G1)
    generator = bytes(G1_to_pubkey(curve.g1))
    for z in (0, 1, r - 1, curve.random_scalar()):
        emit("osaka", 10, case(tau, z, z, generator))
    emit("osaka", 10, case(tau, 5, 6, generator))
    emit("osaka", 10, case(tau, 5, 5, bytes(G1_to_pubkey(curve.multiple(curve.g1, r - 1)))))
    good = case(tau, 5, 5, generator)
    for data in (b"", good[:191], good + b"\x00", case(tau, r, 0, generator), case(tau, 0, r, generator),
                 case(tau, r + 5, 5, generator), case(tau, 2**256 - 1, 5, generator),
                 case(tau, 5, 5, generator, version=0), case(tau, 5, 5, generator, version=2),
                 bytes([good[0], good[1] ^ 1]) + good[2:], bytes(192), b"\xff" * 192):
        emit("osaka", 10, data)
    outside = curve.off_curve_group()
    x = int(outside[0].n)
    prime = curve.p.to_bytes(48, "big")
    for point in (
        bytes([generator[0] ^ 0x80]) + generator[1:], bytes([generator[0] ^ 0x40]) + generator[1:],
        bytes([generator[0] ^ 0x20]) + generator[1:], bytes([0xe0]) + bytes(47), bytes([0xc0]) + bytes(46) + b"\x01",
        bytes([0x40]) + bytes(47), bytes(48), bytes([0x80]) + bytes(47), bytes([0x80 | prime[0]]) + prime[1:],
        b"\x9f" + b"\xff" * 47, bytes([0x80]) + (5).to_bytes(47, "big"),
        bytes([0x80]) + x.to_bytes(47, "big"), bytes([0xa0]) + x.to_bytes(47, "big"),
    ):
        emit("osaka", 10, case(point, 5, 5, generator))
        emit("osaka", 10, case(tau, 5, 5, point))


# The second point of the ceremony's monomial setup for G1, as in trusted_setup.json of the consensus specification.
TAU_G1 = "ad3eb50121139aa34db1d545093ac9374ab7bca2c0f3bf28e27c8dcd8fc7cb42d25926fc0c97b336e9f0fb35e5a04c81"


def bls12():
    curve = Curve(bls12_381, 64, real_part_first=True)
    m, r, p = curve.module, curve.order, curve.p
    for generator, outside, add, sum, unit in (
        (curve.g1, curve.off_curve_group(), 11, 12, 128), (curve.g2, curve.off_twist(), 13, 14, 256),
    ):
        infinity = bytes(unit)
        first, second = (curve.multiple(generator) for _ in range(2))
        a, b, minus, off = (curve.point(q) for q in (first, second, m.neg(first), outside))
        one = curve.point(generator)
        emit("prague", add, a + b)
        for data in (a + b, a + a, a + minus, a + infinity, infinity + a, infinity + infinity, one + one, off + a,
                     off + off, b"", a, (a + b)[:-1], a + b + b"\x00"):
            emit("osaka", add, data)
        wrong = list(curve.wrong_points(first))
        for bad in wrong + [b"\x01" + a[1:], a[:15] + b"\x01" + a[16:], a[:64] + b"\x80" + a[65:]]:
            emit("osaka", add, bad + b)
            emit("osaka", add, b + bad)
        for _ in range(6):
            emit("osaka", add, curve.point(curve.multiple(generator)) + curve.point(curve.multiple(generator)))
        emit("prague", sum, a + word(3))
        for scalar in (0, 1, 2, 8, 9, 16, r - 1, r, r + 1, 2 * r, 2**255, 2**256 - 1, random_source.getrandbits(256)):
            emit("osaka", sum, a + word(scalar))
        emit("osaka", sum, a + word(5) + minus + word(5))
        emit("osaka", sum, a + word(5) + a + word(6) + infinity + word(7) + b + word(0))
        emit("osaka", sum, infinity + word(2**256 - 1))
        for data in (b"", a, a + word(5)[:31], a + word(5) + b"\x00", off + word(1), off + word(0), off + word(r),
                     a + word(1) + off + word(2), wrong[0] + word(0), wrong[2] + word(1)):
            emit("osaka", sum, data)
        # Both methods of summation, and the discount up to its end.
        some = [curve.point(curve.multiple(generator)) for _ in range(4)] + [infinity, minus]
        for count in (2, 3, 16, 70, 128, 129) if unit == 128 else (2, 3, 16, 129):
            emit("osaka", sum, b"".join(random_source.choice(some) + word(random_source.getrandbits(256))
                                        for _ in range(count)))

    p1, q1 = curve.multiple(curve.g1), curve.multiple(curve.g2)
    a, q = curve.point(p1), curve.point(q1)
    s = curve.random_scalar()
    good = a + curve.point(curve.multiple(q1, s)) + curve.point(m.neg(curve.multiple(p1, s))) + q
    zero1, zero2 = bytes(128), bytes(256)
    emit("prague", 15, good)
    for data in (good, good[:384], a + q, a + zero2, zero1 + q, zero1 + zero2, good + zero1 + zero2,
                 a + q + curve.point(m.neg(p1)) + q, b"", good[:383], good + b"\x00",
                 curve.point(curve.off_curve_group()) + q, a + curve.point(curve.off_twist()),
                 zero1 + curve.point(curve.off_twist()), curve.point(curve.off_curve_group()) + zero2,
                 good + zero1 + curve.point(curve.off_twist())):
        emit("osaka", 15, data)
    for bad in list(curve.wrong_points(p1))[:4]:
        emit("osaka", 15, bad + q)
    for bad in list(curve.wrong_points(q1))[:8]:
        emit("osaka", 15, a + bad)

    numbers = [0, 1, 2, p - 1, (p - 1) // 2, (p + 1) // 2] + [random_source.randrange(p) for _ in range(12)]
    # Z·u² = −1 is an exception of the map.
    exception = pow(-pow(11, -1, p) % p, (p + 1) // 4, p)
    if 11 * exception * exception % p == p - 1:
        numbers.append(exception)
    emit("prague", 16, curve.number(5))
    for value in numbers:
        emit("osaka", 16, curve.number(value))
    for data in (b"", curve.number(p), curve.number(2**512 - 1), curve.number(2**384), curve.number(1)[:63],
                 curve.number(1) + b"\x00"):
        emit("osaka", 16, data)
    emit("prague", 17, curve.number(5) + curve.number(6))
    pairs = [(0, 0), (1, 0), (0, 1), (p - 1, p - 1), (0, p - 1)]
    pairs += [(random_source.randrange(p), random_source.randrange(p)) for _ in range(12)]
    root = curve.square_root(-m.FQ2.one() / m.FQ2([-2, -1]))
    if root is not None:
        pairs.append(tuple(int(part) for part in root.coeffs))
    for c0, c1 in pairs:
        emit("osaka", 17, curve.number(c0) + curve.number(c1))
    for data in (b"", curve.number(p) + curve.number(0), curve.number(0) + curve.number(p), curve.number(1),
                 curve.number(1) + curve.number(2) + b"\x00", curve.number(2**400) + curve.number(2)):
        emit("osaka", 17, data)


if __name__ == "__main__":
    for part in (ecrecover, hashing, modexp, blake2f, p256, bn254, kzg, bls12):
        part()
