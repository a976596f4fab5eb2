"""Random RV32IM programs for rv32_differential.py. A program is a function of its seed and its kind."""
import random
from dataclasses import dataclass

TEXT = 0x1000
PAGE = 0x1000
CORNERS = [0, 1, 2, 7, 31, 32, 33, 0x7F, 0x80, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000,
           0x80000001, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFF7FF, 0x55555555, 0xAAAAAAAA]
REGISTER_REGISTER = [(0, 0), (32, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (32, 5), (0, 6), (0, 7)] \
    + [(1, funct3) for funct3 in range(8)]
# Words that no extension of the oracle claims: funct7 2, SLLI with shamt[5], branch funct3 2, JALR funct3 1.
ILLEGAL = [0x04000033, 0x02001013, 0x00002063, 0x00001067]
EBREAK = 0x00100073


def r(funct7, rs2, rs1, funct3, rd, opcode=0x33):
    return funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode


def i(immediate, rs1, funct3, rd, opcode):
    return (immediate & 0xFFF) << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode


def s(immediate, rs2, rs1, funct3):
    return (immediate >> 5 & 0x7F) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | (immediate & 31) << 7 | 0x23


def b(offset, rs2, rs1, funct3):
    return (offset >> 12 & 1) << 31 | (offset >> 5 & 0x3F) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 \
        | (offset >> 1 & 15) << 8 | (offset >> 11 & 1) << 7 | 0x63


def j(offset, rd):
    return (offset >> 20 & 1) << 31 | (offset >> 1 & 0x3FF) << 21 | (offset >> 11 & 1) << 20 \
        | (offset >> 12 & 0xFF) << 12 | rd << 7 | 0x6F


def u(upper, rd, opcode):
    return (upper & 0xFFFFF) << 12 | rd << 7 | opcode


def li(rd, value):
    return [u((value + 0x800) >> 12, rd, 0x37), i(value, rd, 0, rd, 0x13)]


@dataclass
class Program:
    seed: int
    words: list
    data: bytes
    data_address: int
    memory_size: int
    limit: int = 0  # instructions; 0 for no limit of its own


class Generator:
    """Writes one program: registers are loaded from the head of the data, then blocks of random code follow.

    Three registers differ from program to program and are kept: the data base, a code base, a loop counter.
    Slot 0 leads to the last slot when the counter is not 0: programs can jump to the first slot and end.
    """

    def __init__(self, seed, body, pages, window):
        self.rng = random.Random(seed)
        rng = self.rng
        self.seed, self.window, self.pages = seed, window, pages
        self.data_address = TEXT + pages * PAGE
        self.memory_size = self.data_address + 2 * PAGE
        self.base, self.code, self.counter = rng.sample(range(1, 32), 3)
        if self.counter == 2:  # the stack pointer does not start with 0
            self.base, self.counter = self.counter, self.base
        self.free = [x for x in range(32) if x not in (self.base, self.code, self.counter)]
        self.words = []
        self.depth = 0
        self.prologue()
        self.body(body)
        self.end()

    # Pieces

    def prologue(self):
        self.words += [b(8, 0, self.counter, 0), 0]  # slot 1 becomes the jump to the last slot
        self.words += li(self.base, self.data_address)
        for register in range(1, 32):
            if register not in (self.base, self.counter):
                self.words.append(i(4 * register, self.base, 2, register, 0x03))
        self.words += li(self.base, self.data_address + self.window // 2)

    def body(self, count):
        end = len(self.words) + count
        while len(self.words) < end:
            self.piece(end)

    def piece(self, end):
        rng, left = self.rng, end - len(self.words)
        kind = rng.random()
        if kind < .40:
            self.compute()
        elif kind < .55:
            self.load_or_store()
        elif kind < .63 and left >= 2:
            distance, condition = 4 * rng.randint(1, min(left, 9)), rng.choice([0, 1, 4, 5, 6, 7])
            self.words.append(b(distance, self.any(), self.any(), condition))
        elif kind < .66:
            self.words.append(j(4 * rng.randint(1, min(left, 9)), rng.choice(self.free)))
        elif kind < .70 and left >= 3:
            self.indirect(left)
        elif kind < .78 and left >= 6:
            self.fusible(left)
        elif kind < .84 and left >= 8 and self.depth == 0:
            self.loop(left)
        elif kind < .86:
            self.words.append(rng.choice([0x0FF0000F, 0x0000100F, 0x8330000F]))
        elif kind < .862:
            self.wild()
        elif kind < .864 and left >= 300:
            for _ in range(rng.randrange(250, min(left, 600))):
                self.compute()
        else:
            self.compute()

    def any(self):
        return self.rng.randrange(32)

    def compute(self):
        rng = self.rng
        rd, rs1, rs2 = rng.choice(self.free), self.any(), self.any()
        alias = rng.random()
        if alias < .1:
            rs1 = rd
        elif alias < .2:
            rs2 = rd
        elif alias < .25:
            rs2 = rs1
        elif alias < .3:
            rs1 = rs2 = rd
        kind = rng.random()
        if kind < .65:
            funct7, funct3 = rng.choice(REGISTER_REGISTER)
            self.words.append(r(funct7, rs2, rs1, funct3, rd))
        elif kind < .92:
            funct3 = rng.randrange(8)
            immediate = rng.choice([rng.getrandbits(12), 0x7FF, 0x800, 0xFFF, 0, 1])
            if funct3 == 1:
                immediate = rng.randrange(32)
            elif funct3 == 5:
                immediate = rng.randrange(32) | rng.choice([0, 0x400])
            self.words.append(i(immediate, rs1, funct3, rd, 0x13))
        else:
            self.words.append(u(rng.getrandbits(20), rd, rng.choice([0x37, 0x17])))

    def load_or_store(self, base=None, reach=None):
        rng = self.rng
        size_bits = rng.randrange(3)
        reach = min(self.window // 2, 2048) if reach is None else reach
        offset = rng.randrange(-reach, reach) & -(1 << size_bits)
        base = self.base if base is None else base
        if rng.random() < .55:
            funct3 = size_bits | (rng.choice([0, 4]) if size_bits < 2 else 0)
            self.words.append(i(offset, base, funct3, rng.choice(self.free), 0x03))
        else:
            self.words.append(s(offset, self.any(), base, size_bits))

    def indirect(self, left):
        """A jump through a register, with bit 0 set at times, at times with its own register as the link."""
        rng = self.rng
        target = rng.choice([x for x in self.free if x])
        distance = 4 + 4 * rng.randint(1, min(left - 2, 9))
        self.words.append(u(0, target, 0x17))
        link = rng.choice([target, rng.choice(self.free)])
        self.words.append(i(distance | rng.randint(0, 1), target, 0, link, 0x67))

    def fusible(self, left):
        """Pairs that engines join: a branch may land between their halves."""
        rng = self.rng
        t, v = rng.sample([x for x in self.free if x], 2)
        address = self.data_address + 4 * rng.randrange(self.window // 4)
        lower, upper = address & 0xFFF, (address + 0x800) >> 12
        pair = rng.randrange(6)
        if pair == 0:
            self.words += [u(upper, t, 0x37), i(lower, t, 2, v, 0x03)]
        elif pair == 1:
            self.words += [u(upper, t, 0x37), i(lower, t, 0, t, 0x13), s(0, v, t, 2)]
        elif pair == 2:
            self.words += [i(2, v, 1, t, 0x13), i(self.window // 2 - 4, t, 7, t, 0x13),
                           r(0, self.base, t, 0, t), i(0, t, 2, v, 0x03)]
        elif pair == 3:
            self.words += [i(-1, v, 0, v, 0x13), b(8, 0, v, 1)]
        elif pair == 4:
            self.words += [i(0, self.base, 2, v, 0x03), i(1, v, 0, v, 0x13), s(0, v, self.base, 2)]
        else:
            self.words += [i(4, self.base, 4, v, 0x03), b(8, t, v, 1)]

    def loop(self, left):
        rng = self.rng
        self.depth += 1
        self.words.append(i(rng.randint(1, 6), 0, 0, self.counter, 0x13))
        head = len(self.words)
        end = head + rng.randint(2, min(left - 4, 24))
        while len(self.words) < end:
            self.piece(end)
        # A word for branches over one, then the test: a counter that was skipped or is 0 ends the loop.
        self.words.append(i(0, 0, 0, 0, 0x13))
        self.words.append(i(-1, self.counter, 0, self.counter, 0x13))
        self.words.append(b(4 * (head - len(self.words)), self.counter, 0, 4))
        self.depth -= 1

    def wild(self):
        """Something that most likely ends the program with a trap."""
        rng = self.rng
        kind = rng.randrange(5)
        if kind == 0:
            self.load_or_store(base=self.any())
        elif kind == 1:
            self.load_or_store(base=0, reach=2048)
        elif kind == 2:
            self.words.append(i(rng.getrandbits(12), self.any(), 0, rng.choice(self.free), 0x67))
        elif kind == 3:
            distance = 4 * rng.randrange(-0x8000, 0x8000) | rng.choice([0, 0, 2])
            self.words.append(j(distance, rng.choice(self.free)))
        else:
            self.words.append(rng.choice(ILLEGAL + [EBREAK]))

    def end(self):
        """To the first slot and from there to the last, or straight there."""
        rng = self.rng
        slots = self.pages * PAGE // 4
        if rng.random() < .3:
            self.words.append(i(1, 0, 0, self.counter, 0x13))
            self.words.append(j(-4 * len(self.words), 0))
        if self.window == PAGE:  # whole pages of text, so that the oracle protects just as much
            self.words += [EBREAK] * (slots - len(self.words))
        else:
            self.words.append(EBREAK)
        self.words[1] = j(4 * (len(self.words) - 2), 0)

    def program(self):
        rng = self.rng
        registers = [rng.choice(CORNERS) if rng.random() < .4 else rng.getrandbits(32) for _ in range(32)]
        registers[self.code] = TEXT
        data = bytearray(b"".join(value.to_bytes(4, "little") for value in registers))
        data += rng.randbytes(self.window - len(data))
        return Program(self.seed, self.words, bytes(data), self.data_address, self.memory_size)


def program(seed, kind):
    """Kinds: `short` up to 700 words, `budget` with an instruction limit, `long` up to 12,000, `vector`."""
    rng = random.Random(seed * 4 + 1)
    if kind == "long":
        return Generator(seed, rng.randrange(1000, 12000), pages=16, window=PAGE).program()
    if kind == "vector":
        return Generator(seed, rng.randrange(4, 44), pages=1, window=512).program()
    body = rng.randrange(8, 300) if rng.random() < .9 else 700
    result = Generator(seed, body, pages=1, window=PAGE).program()
    if kind == "budget":
        result.limit = rng.randrange(1, 600)
    return result
