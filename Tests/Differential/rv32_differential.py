#!/usr/bin/env python3
"""Runs random RV32IM programs on Weft's engines and compares the results with other implementations.

    pip install unicorn==2.1.4 tinyrv==0.1.0
    swift build -c release --package-path Runner
    ./rv32_differential.py --count 100000                        fast mode of each engine against Unicorn
    ./rv32_differential.py --count 10000 --modes all             all modes, and runs cut into pieces
    ./rv32_differential.py --count 10000 --second tinyrv         a second opinion
    ./rv32_differential.py --write-vectors FILE --count 2000     the sample that `swift test` replays

Compared: registers, memory outside the text, the kind of stop, and pc where the program trapped; instruction
counts between the engines, and of every Nth program with Unicorn too (--counts). Unicorn allows misaligned
accesses and 16-bit code: where Weft traps for one of these, Unicorn runs up to that instruction and the
states there are compared; such programs are counted as "explained". The exit code is 1 if any program differs;
its seed is printed.
"""
import argparse
import collections
import os
import struct
import subprocess
import sys
import time

import oracles
from oracles import UnicornOracle, run_tinyrv
from programs import TEXT, program

FAST, ALL = 0b0000_0001_0001, 0b1111_1111_1111
DEFAULT_LIMIT = 200_000
NOT_JUDGED = (oracles.JUMP_MISALIGNED, oracles.LOAD_MISALIGNED, oracles.STORE_MISALIGNED)


class Runner:
    """The Weft side: writes requests to the runner's input and reads answers from its output."""

    def __init__(self, path, configurations):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.configurations = configurations
        self.answers = bin(configurations).count("1")

    def send(self, case):
        head = struct.pack("<7I", TEXT, len(case.words), case.data_address, len(case.data), case.memory_size,
                           case.limit or DEFAULT_LIMIT, self.configurations)
        self.process.stdin.write(head + struct.pack(f"<{len(case.words)}I", *case.words) + case.data)
        self.process.stdin.flush()

    def receive(self):
        size = 36 * 4
        bytes_ = self.process.stdout.read(size * self.answers)
        if len(bytes_) < size * self.answers:
            sys.exit(f"the runner ended with status {self.process.wait()}")
        return [struct.unpack_from("<36I", bytes_, size * index) for index in range(self.answers)]

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


class Comparison:
    def __init__(self, arguments):
        self.arguments = arguments
        self.oracles = {}
        self.stops = collections.Counter()
        self.differences = []
        self.explained = self.instructions = self.seconded = self.counted = 0

    def oracle(self, case):
        key = case.memory_size
        if key not in self.oracles:
            self.oracles[key] = UnicornOracle(case)
        return self.oracles[key]

    def check(self, case, answers, number):
        stop, pc, count, checksum, *registers = answers[0]
        self.stops[stop] += 1
        self.instructions += count * len(answers)
        for index, answer in enumerate(answers):
            if answer != answers[0]:
                self.differ(case, f"answer {index} differs from the first: {describe(answers[0], answer)}")
        state = oracles.State(stop, pc, tuple(registers), checksum)
        uc = self.oracle(case)
        if stop in NOT_JUDGED:
            # Up to the trapping instruction everything must agree, and it must be what Weft says.
            self.explained += 1
            expected = uc.run(case, count) if count else None
            state.stop = oracles.LIMIT
            if not is_misaligned(case, pc, registers, stop):
                self.differ(case, f"the instruction at {pc:#x} is not misaligned")
        elif stop == oracles.LIMIT:
            expected = uc.run(case, case.limit or DEFAULT_LIMIT)
            expected.pc = pc  # the runner does not know it
            if expected.stop == oracles.FETCH:  # Unicorn looks at the target, then counts the jump
                expected.stop = oracles.LIMIT
        else:
            expected = uc.run(case)
            if self.arguments.counts and number % self.arguments.counts == 0 and count:
                self.counted += 1
                there = uc.run(case, count)
                if stop == there.stop == oracles.FETCH:  # Unicorn looks at the target, then counts the jump
                    there.stop = oracles.LIMIT
                expected_there = oracles.State(oracles.LIMIT, pc, tuple(registers), checksum)
                if there != expected_there:
                    self.differ(case, f"after {count} instructions Unicorn is elsewhere: {there}")
        if expected is not None and expected != state:
            self.differ(case, f"Weft {state}, Unicorn {expected}")
        if self.arguments.second == "tinyrv":
            self.seconded += 1
            second = run_tinyrv(case, count)
            second.stop = state.stop
            if stop == oracles.LIMIT:
                second.pc = pc
            if second != state:
                self.differ(case, f"Weft {state}, tinyrv {second}")

    def differ(self, case, what):
        self.differences.append(case.seed)
        print(f"seed {case.seed}: {what}", file=sys.stderr)


def describe(first, second):
    names = ["stop", "pc", "count", "checksum"] + [f"x{number}" for number in range(32)]
    return ", ".join(f"{name} {a:#x} {b:#x}" for name, a, b in zip(names, first, second) if a != b)


def is_misaligned(case, pc, registers, stop):
    """Whether the instruction at pc accesses or jumps where Weft says it does not."""
    word = case.words[(pc - TEXT) // 4]
    opcode, rs1 = word & 0x7F, registers[word >> 15 & 31]
    signed = lambda value, bits: (value & (1 << bits) - 1) - ((value & 1 << bits - 1) << 1)
    if opcode == 0x03 and stop == oracles.LOAD_MISALIGNED:
        return rs1 + signed(word >> 20, 12) & (1 << (word >> 12 & 3)) - 1 != 0
    if opcode == 0x23 and stop == oracles.STORE_MISALIGNED:
        return rs1 + signed(word >> 25 << 5 | word >> 7 & 31, 12) & (1 << (word >> 12 & 3)) - 1 != 0
    if opcode == 0x67 and stop == oracles.JUMP_MISALIGNED:
        return rs1 + signed(word >> 20, 12) & 2 != 0
    return opcode == 0x6F and stop == oracles.JUMP_MISALIGNED and word >> 21 & 1 == 1


def kind_of(seed):
    """Mostly short programs, one in eight with a budget, one in two hundred long."""
    return "long" if seed % 200 == 7 else "budget" if seed % 8 == 3 else "short"


def compare(arguments):
    comparison = Comparison(arguments)
    runner = Runner(arguments.runner, ALL if arguments.modes == "all" else FAST)
    begin = time.time()
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    waiting = None
    for number, seed in enumerate(seeds):
        case = program(seed, arguments.kind or kind_of(seed))
        runner.send(case)  # the runner works on this one while the one before it is compared
        if waiting:
            comparison.check(*waiting, number)
        waiting = (case, runner.receive())
    comparison.check(*waiting, len(seeds))
    runner.close()
    seconds = time.time() - begin
    stops = {name: comparison.stops[number] for number, name in enumerate(
        ["limit", "jump misaligned", "fetch", "illegal", "breakpoint", "load misaligned", "load",
         "store misaligned", "store"])}
    print(f"{arguments.count} programs from seed {arguments.seed}, {runner.answers} runs of each, "
          f"{comparison.instructions} instructions, {seconds:.0f} s")
    print("stops:", ", ".join(f"{name} {count}" for name, count in stops.items() if count))
    print(f"explained by misalignment: {comparison.explained}, "
          f"counts compared with Unicorn: {comparison.counted}, seconded by tinyrv: {comparison.seconded}, "
          f"differences: {len(comparison.differences)}")
    return 1 if comparison.differences else 0


def write_vectors(arguments):
    """Programs with the state that Unicorn gives them. `VectorTests.swift` describes the format."""
    runner = Runner(arguments.runner, 0b1_0001)
    chunks, seed, oracle = [], arguments.seed, None
    while len(chunks) < arguments.count:
        case = program(seed, "vector")
        seed += 1
        oracle = oracle or UnicornOracle(case)
        runner.send(case)
        stop, _, count = runner.receive()[0][:3]
        if stop in NOT_JUDGED or stop == oracles.LIMIT:
            continue
        final = oracle.run(case)
        data = oracle.data(case)
        at_count = oracle.run(case, count) if count else final
        # Unicorn's counted run must end where its free run does: its count is then the program's.
        if final.stop not in range(1, 9) or (at_count.pc, at_count.registers) != (final.pc, final.registers):
            continue
        head = struct.pack(f"<{len(case.words) + 2}I", case.seed, len(case.words), *case.words)
        chunks.append(head + case.data
                      + struct.pack("<III", final.stop, final.pc, count)
                      + struct.pack("<32I", *final.registers) + data_hash(data))
    runner.close()
    with open(arguments.write_vectors, "wb") as file:
        file.write(b"WVEC" + struct.pack("<II", len(chunks), 512) + b"".join(chunks))
    size = os.path.getsize(arguments.write_vectors)
    print(f"{len(chunks)} vectors from {seed - arguments.seed} programs, {size} bytes")


def data_hash(data):
    """FNV-1a over words."""
    value = 0x811C9DC5
    for (word,) in struct.iter_unpack("<I", data):
        value = (value ^ word) * 0x01000193 & 0xFFFFFFFF
    return struct.pack("<I", value)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--kind", choices=["short", "budget", "long", "vector"])
    parser.add_argument("--modes", choices=["fast", "all"], default="fast")
    parser.add_argument("--second", choices=["tinyrv"])
    parser.add_argument("--counts", type=int, default=20, help="compare every Nth program's count; 0: none")
    parser.add_argument("--runner", default=os.path.join(here, "Runner/.build/release/Runner"))
    parser.add_argument("--write-vectors", metavar="FILE")
    arguments = parser.parse_args()
    return write_vectors(arguments) if arguments.write_vectors else compare(arguments)


if __name__ == "__main__":
    sys.exit(main())
