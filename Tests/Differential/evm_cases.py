"""Random EVM programs, each with the fork, the state, the call data and the gas it runs on."""
import functools
import pathlib
import random

# Forks by Weft's name, in the order of history, and the specification's name. It has no Constantinople of its own,
# which never ran without Petersburg.
FORKS = {
    "Frontier": "frontier", "Homestead": "homestead", "EIP150": "tangerine_whistle", "EIP158": "spurious_dragon",
    "Byzantium": "byzantium", "ConstantinopleFix": "constantinople", "Istanbul": "istanbul", "Berlin": "berlin",
    "London": "london", "Paris": "paris", "Shanghai": "shanghai", "Cancun": "cancun", "Prague": "prague",
    "Osaka": "osaka", "BPO1": "bpo1", "BPO2": "bpo2"}
ORDER = {fork: index for index, fork in enumerate(FORKS)}
# The forks that brought opcodes in; others were there from the beginning.
SINCE = {
    0xf4: "Homestead", 0x3d: "Byzantium", 0x3e: "Byzantium", 0xfa: "Byzantium", 0xfd: "Byzantium",
    0x1b: "ConstantinopleFix", 0x1c: "ConstantinopleFix", 0x1d: "ConstantinopleFix", 0x3f: "ConstantinopleFix",
    0xf5: "ConstantinopleFix", 0x46: "Istanbul", 0x47: "Istanbul", 0x48: "London", 0x5f: "Shanghai", 0x49: "Cancun",
    0x4a: "Cancun", 0x5c: "Cancun", 0x5d: "Cancun", 0x5e: "Cancun", 0x1e: "Osaka"}

CALLER, TARGET, COINBASE = "0x" + "c0" * 20, "0x" + "aa" * 20, "0x" + "00" * 19 + "99"
# Contracts that programs call: an echo that counts and logs, one that reverts with data, one that destroys itself,
# one that calls its caller back, one that halts, one that creates, one that writes and reads transient storage, one
# whose code is a delegation to the first where there are such.
CHILDREN = {
    "0x" + "b1" * 20: "5f5460010180" "5f55" "365f5f37" "365fa0" "365ff3",
    "0x" + "b2" * 20: "60015f55" "60ff6020525f5160205260205ffd",
    "0x" + "b3" * 20: "33ff",
    "0x" + "b4" * 20: "5f5f5f5f5f335af1" "5f5260205f5fa15960205ff3",
    "0x" + "b5" * 20: "60015f5560205fa0fe",
    "0x" + "b6" * 20: "6460016000f35f52" "6005601b5ff05f5260205ff3",
    "0x" + "b7" * 20: "5f5c600101805f5d" "5f5260205ff3",
    "0x" + "b8" * 20: "ef0100" + "b1" * 20,
}
CORNERS = [
    0, 1, 2, 3, 7, 31, 32, 33, 63, 64, 0xff, 0x100, 255, 256, 257, 1023, 1024, 2**31, 2**32 - 1, 2**32, 2**63 - 1,
    2**63, 2**64 - 1, 2**64, 2**64 + 1, 2**127, 2**128 - 1, 2**128, 2**160 - 1, 2**160, 2**192, 2**255 - 1, 2**255,
    2**255 + 1, 2**256 - 2, 2**256 - 1]
ARITHMETIC = {op: 2 for op in (*range(0x01, 0x0c), *range(0x10, 0x1e))} | {
    0x08: 3, 0x09: 3, 0x15: 1, 0x19: 1, 0x1e: 1}
ENVIRONMENT = [0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
               0x4a, 0x58, 0x59, 0x5a]
PRECOMPILES = [*range(1, 0x12), 0x100]
# Elliptic curves and commitments: their calls take what the vectors of these contracts do.
CURVES = [6, 6, 7, 7, 8, 0xa, 0xb, 0xb, 0xc, 0xd, 0xd, 0xe, 0xf, 0x10, 0x11, 0x100, 0x100]
VECTORS = pathlib.Path(__file__).resolve().parents[1] / "WeftPrecompilesTests/Vectors/precompiles.txt"
WORDS = 2**256


@functools.cache
def curve_inputs():
    """Inputs by address, of at most 800 bytes: good and bad ones."""
    inputs = {}
    for line in VECTORS.read_text().splitlines():
        address, _, _, _, data, _ = line.split()
        if len(data) <= 1600:
            inputs.setdefault(int(address, 16), []).append(bytes.fromhex(data.strip("-")))
    return inputs


def adapted(code, fork):
    """The code without PUSH0, where the fork has none."""
    if has(fork, 0x5f):
        return code
    result, place = bytearray(), 0
    while place < len(code):
        opcode = code[place]
        size = opcode - 0x5f if 0x60 <= opcode <= 0x7f else 0
        result += b"\x60\x00" if opcode == 0x5f else code[place:place + 1 + size]
        place += 1 + size
    return bytes(result)


def has(fork, opcode):
    return ORDER[fork] >= ORDER[SINCE.get(opcode, "Frontier")]


def push(value, fork):
    if value == 0:
        return adapted(b"\x5f", fork)
    data = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return bytes([0x5f + len(data)]) + data


class Program:
    """One program in the making. `depth` is a lower bound of the stack's depth."""

    def __init__(self, source, fork):
        self.source, self.fork, self.code, self.depth = source, fork, bytearray(), 0

    def chance(self, share):
        return self.source.random() < share

    def pick(self, items):
        return self.source.choice(items)

    def opcode(self, opcodes):
        """One of these, nearly always one that the fork has."""
        known = [opcode for opcode in opcodes if has(self.fork, opcode)]
        return self.pick(known if known and not self.chance(0.004) else opcodes)

    def append(self, text):
        self.code += adapted(bytes.fromhex(text), self.fork)

    def number(self):
        if self.chance(0.4):
            return (self.pick(CORNERS) + self.pick([0, 0, 0, 1, -1])) % WORDS
        return self.source.getrandbits(self.pick([1, 4, 8, 16, 64, 128, 160, 200, 256]))

    def offset(self):
        if self.chance(0.006):
            return self.pick([2**256 - 1, 2**64 - 1, 2**63, 2**32, 2**32 - 1, 10**6, 2**40])
        return self.pick([0, 0, 1, 31, 32, 33, 64, 96, self.source.randrange(1024)])

    def size(self):
        if self.chance(0.004):
            return self.pick([2**256 - 1, 2**64 - 1, 2**32])
        return self.pick([0, 1, 31, 32, 33, 64, self.source.randrange(200)])

    def slot(self):
        return self.pick([0, 1, 1, 2, 3, 2**256 - 1])

    def put(self, value):
        self.code += push(value, self.fork)
        self.depth += 1

    def operate(self, opcode, taken, given):
        self.code.append(opcode)
        self.depth = max(0, self.depth - taken) + given

    def need(self, count):
        while self.depth < count:
            self.put(self.number())

    def address(self):
        return self.pick([*(int(child, 16) for child in CHILDREN), *PRECOMPILES, int(TARGET, 16), int(CALLER, 16),
                          int(COINBASE, 16), 0x1234, self.source.getrandbits(160), 0x0b, 0x100])

    def bytes_to_memory(self, data):
        for start in range(0, len(data), 32):
            self.put(int.from_bytes(data[start:start + 32].ljust(32, b"\0"), "big"))
            self.put(start)
            self.operate(0x52, 2, 0)

    def step(self):
        kinds = [("push", 14), ("arithmetic", 26), ("environment", 6), ("stack", 9), ("memory", 8), ("hash", 2),
                 ("storage", 12), ("transient", 4), ("copy", 4), ("log", 3), ("call", 12), ("precompile", 3),
                 ("create", 4), ("jump", 4), ("account", 4), ("data", 2), ("odd", 0.3)]
        kind = self.source.choices([name for name, _ in kinds], [weight for _, weight in kinds])[0]
        if kind != "transient" or has(self.fork, 0x5c) or self.chance(0.02):
            getattr(self, kind)()

    def push(self):
        self.put(self.number())

    def arithmetic(self):
        opcode = self.opcode(list(ARITHMETIC))
        for _ in range(ARITHMETIC[opcode]):
            if self.chance(0.6) or self.depth < 3:
                self.put(self.number() % 2**self.pick([8, 16, 256]) if opcode == 0x0a else self.number())
        self.operate(opcode, ARITHMETIC[opcode], 1)

    def environment(self):
        self.operate(self.opcode(ENVIRONMENT), 0, 1)

    def stack(self):
        self.need(2)
        kind = self.source.randrange(3)
        if kind == 0:
            self.operate(0x7f + self.source.randint(1, min(self.depth, 16)), 0, 1)
        elif kind == 1:
            self.operate(0x8f + self.source.randint(1, min(self.depth - 1, 16)), 0, 0)
        else:
            self.operate(0x50, 1, 0)

    def memory(self):
        if self.chance(0.4):
            self.put(self.offset())
            self.operate(0x51, 1, 1)
        else:
            self.need(1)
            self.put(self.offset())
            self.operate(self.pick([0x52, 0x53]), 2, 0)

    def hash(self):
        self.put(self.size())
        self.put(self.offset())
        self.operate(0x20, 2, 1)

    def storage(self):
        if self.chance(0.4):
            self.put(self.slot())
            self.operate(0x54, 1, 1)
        else:
            self.put(self.pick([0, 0, 7, 7, 1, self.number()]))
            self.put(self.slot())
            self.operate(0x55, 2, 0)

    def transient(self):
        if self.chance(0.5):
            self.put(self.slot())
            self.operate(0x5c, 1, 1)
        else:
            self.need(1)
            self.put(self.slot())
            self.operate(0x5d, 2, 0)

    def copy(self):
        opcode = self.opcode([0x37, 0x39, 0x3e, 0x5e, 0x5e])
        for value in (0 if opcode == 0x3e and self.chance(0.7) else self.size(),
                      0 if opcode == 0x3e and self.chance(0.7) else self.offset(), self.offset()):
            self.put(value)
        self.operate(opcode, 3, 0)

    def log(self):
        topics = self.source.randrange(5)
        self.need(topics)
        self.put(self.size())
        self.put(self.offset())
        self.operate(0xa0 + topics, 2 + topics, 0)

    def call(self, target=None, size=None):
        opcode = self.opcode([0xf1, 0xf1, 0xf2, 0xf4, 0xfa])
        self.put(self.size())
        self.put(self.offset())
        self.put(self.size() if size is None else size)
        self.put(self.offset() if size is None else 0)
        if opcode in (0xf1, 0xf2):
            self.put(self.pick([0, 0, 0, 1, 5, 10**10]))
        self.put(self.address() if target is None else target)
        gas = [0, 100, 2300, 5000, 30_000, 30_000, 50_000, 100_000, 2**64, 2**256 - 1]
        # Before EIP-150 a call of more than there is halts.
        takes_any = ORDER[self.fork] >= ORDER["EIP150"]
        if self.chance(0.3) and takes_any:
            self.operate(0x5a, 0, 1)
        else:
            self.put(self.pick(gas if takes_any or self.chance(0.02) else gas[:6]))
        self.operate(opcode, 7 if opcode in (0xf1, 0xf2) else 6, 1)

    def precompile(self):
        target = self.pick(CURVES) if self.chance(0.3) else self.pick([1, 2, 3, 4, 5, 5, 9, 9])
        number = self.source.getrandbits

        def word(value):
            return value.to_bytes(32, "big")
        data = self.source.randbytes(self.pick([0, 1, 31, 32, 33, 64, 100]))
        if target == 1:
            data = word(number(256)) + word(self.pick([27, 28, 28, 29])) + word(number(255)) + word(number(254))
        elif target == 5:
            sizes = [self.pick([0, 1, 2, 8, 31, 32, 33, 40]) for _ in range(3)]
            if self.chance(0.05):
                sizes[self.source.randrange(3)] = self.pick([2**255, 2**64, 2**32, 5000])
            data = b"".join(map(word, sizes)) + self.source.randbytes(self.pick([0, 30, 96, 120]))
        elif target == 9:
            data = (self.source.randrange(30).to_bytes(4, "big") + self.source.randbytes(208)
                    + bytes([self.pick([0, 1, 1, 2])]))
            data = data[:self.pick([213, 213, 213, 212])]
        elif target in CURVES:
            data = self.pick(curve_inputs()[target])
            if data and self.chance(0.2):
                place = self.source.randrange(len(data))
                data = data[:place] + self.source.randbytes(1) + data[place + 1:]
        self.bytes_to_memory(data)
        self.call(target, len(data))

    def create(self):
        code = bytes.fromhex(self.pick([
            "00", "60006000fd", "60ef60005360016000f3", "602a60005360016000f3", "fe", "33ff", "5f545f55",
            "60015f55600a5ff3", "3860055f395f60053803f3", "6020600060003960206000f3", "5f5fa05ff3", "5b600056",
            "7f600035600055600080f300000000000000000000000000000000000000000000600a5f5260205ff3", ""]))
        code = adapted(code, self.fork)
        self.bytes_to_memory(code)
        is_second = self.chance(0.5 if has(self.fork, 0xf5) else 0.01)
        if is_second:
            self.put(self.source.randrange(3))
        self.put(self.pick([len(code), len(code), len(code) + 3, 32]))
        self.put(0)
        self.put(self.pick([0, 0, 1, 10**10]))
        self.operate(0xf5 if is_second else 0xf0, 4 if is_second else 3, 1)
        if self.chance(0.5):
            # Calls what it has created, whether that went well or not.
            self.append("5f5f5f5f5f85" + ("5a" if ORDER[self.fork] >= ORDER["EIP150"] else "612710") + "f1")
            self.depth += 1

    def jump(self):
        kind = self.source.randrange(4)
        if kind == 0:
            here = len(self.code)
            self.code += b"\x61" + (here + 4).to_bytes(2, "big") + b"\x56\x5b"
        elif kind == 1:
            self.need(1)
            here = len(self.code)
            self.code += b"\x61" + (here + 5).to_bytes(2, "big") + b"\x57\x00\x5b"
            self.depth -= 1
        elif kind == 2:
            # A loop that counts down and adds to a slot or hashes.
            body = self.pick(["6020600020600052", "600254600101600255", "5a6000526000516000a0", "365f5f37"])
            body = adapted(bytes.fromhex(body), self.fork)
            self.code += push(self.source.randrange(1, 12), self.fork)
            start = len(self.code)
            # JUMPDEST, body, 1, SWAP1, SUB, DUP1, start, JUMPI, POP.
            self.code += b"\x5b" + body + bytes.fromhex("6001900380") + b"\x61" + start.to_bytes(2, "big") + b"\x57\x50"
        else:
            self.code.append(0x5b)

    def account(self):
        opcode = self.opcode([0x31, 0x3b, 0x3f, 0x3c])
        if opcode == 0x3c:
            for value in (self.size(), self.offset(), self.offset()):
                self.put(value)
        self.put(self.address() if self.chance(0.9) else self.number())
        self.operate(opcode, 4 if opcode == 0x3c else 1, 0 if opcode == 0x3c else 1)

    def data(self):
        self.put(self.offset())
        self.operate(self.opcode([0x35, 0x40, 0x49]) if self.chance(0.3) else 0x35, 1, 1)
        if self.code[-1] == 0x40:
            # A block's hash is the oracle's own affair; a later one is 0 everywhere.
            self.code.pop()
            self.code += b"\x50" + push(1000 + self.source.randrange(3), self.fork) + b"\x40"

    def odd(self):
        self.code.append(self.pick([0x0c, 0x1e, 0x21, 0xfe, 0x56, 0x57, 0x50, 0x4b, 0xef, 0xb0]))

    def finish(self):
        kind = self.source.random()
        if kind < 0.7:
            self.put(self.source.randrange(200))
            self.put(self.source.randrange(65))
            self.code.append(0xf3 if kind < 0.55 else self.opcode([0xfd]))
        elif kind < 0.76:
            self.put(self.address())
            self.code.append(0xff)
        elif kind < 0.8:
            self.code.append(self.source.randint(0x60, 0x7f))
        return bytes(self.code)


def case(seed, fork):
    """The case of a seed and a fork, always the same one."""
    source = random.Random(f"weft-{fork}-{seed}")
    program = Program(source, fork)
    for _ in range(source.choice([3, 8, 14, 20, 25, 35])):
        program.step()
    code = program.finish()
    creates = source.random() < 0.08
    data = b"" if creates else source.randbytes(source.choice([0, 4, 32, 68]))
    gas = source.choice([200_000, 500_000, 500_000, 60_000, 30_000, 1_000_000])
    return dict(seed=seed, fork=fork, creates=creates, code=code, data=data, gas=gas,
                value=source.choice([0, 0, 0, 3]))


def accounts(item):
    """The state before: address, nonce, balance, code, storage."""
    yield CALLER, 0, 10**18, b"", {}
    yield TARGET, 1, 10**9, item["code"], {1: 7}
    for child, code in CHILDREN.items():
        yield child, 1, 10**6, adapted(bytes.fromhex(code), item["fork"]), {}


def intrinsic(data):
    """Of a Cancun transaction that calls."""
    return 21_000 + sum(16 if byte else 4 for byte in data)


def code_hash(code):
    from eth_hash.auto import keccak  # Only where an oracle is installed.
    return "0x" + keccak(code).hex()
