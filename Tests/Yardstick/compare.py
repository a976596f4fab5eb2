"""Runs guests on Weft and on C interpreters in turn and prints a table; compare.sh says how it is called."""

import argparse
import json
import math
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

LOOPS = ["loops/alu", "loops/mem", "loops/loads"]
GUESTS = ["branches", "coremix", "fib", "keccak", "memory", "sha256"]


def processor_time():
    """Seconds that ended children have used: other load on the machine distorts it less than wall-clock time."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run_weft(path, elf, input_file):
    command = [path, "run", elf, "--engine", "threaded", "--json", "--input", input_file]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)
    if report["exit"]["kind"] != "halted":
        sys.exit(f"{elf}: {report['exit']}")
    return report["output"], report["exit"]["code"], report["instructions"]


def run_c(path, elf, input_file):
    with open(input_file, "rb") as text:
        process = subprocess.run([path, elf], stdin=text, capture_output=True, check=False)
    if process.returncode != 0:
        sys.exit(f"{elf}: {process.stderr.decode()}")
    report = json.loads(process.stderr)
    return process.stdout.decode(), report["exit"], report["instructions"]


def measure(runners, elf, expected, rounds):
    """The median MIPS of each runner; ends the program where results differ."""
    seconds = {name: [] for name in runners}
    counts = set()
    with tempfile.NamedTemporaryFile() as input_file:
        input_file.write(expected["benchmark"]["input"].encode())
        input_file.flush()
        for _ in range(rounds):
            for name, (run, path) in runners.items():
                begin = processor_time()
                output, code, instructions = run(path, elf, input_file.name)
                time = processor_time() - begin
                if output != expected["benchmark"]["output"] or code != expected["exit"]:
                    sys.exit(f"{elf}, {name}: exit {code}, wrong output {output!r}")
                counts.add(instructions)
                if len(counts) != 1:
                    sys.exit(f"{elf}, {name}: {instructions} instructions, others {counts}")
                seconds[name].append(time)
    return {name: counts.copy().pop() / statistics.median(times) / 1e6 for name, times in seconds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--default-weft", required=True)
    parser.add_argument("--weft", action="append")
    parser.add_argument("--c", action="append", required=True)
    parser.add_argument("guests", nargs="*", default=LOOPS + GUESTS)
    arguments = parser.parse_args()

    wefts = arguments.weft or [arguments.default_weft]
    runners = {f"weft{index or ''}": (run_weft, path) for index, path in enumerate(wefts)}
    for item in arguments.c:
        name, path = item.split("=", 1)
        runners[f"C-{name}"] = (run_c, path)
    peers = [name for name in runners if name.startswith("C-")]
    ours = [name for name in runners if name not in peers]
    ratios = {(a, b): [] for a in ours for b in peers}

    for index, path in enumerate(wefts):
        print(f"weft{index or ''}: {path}")
    header = [f"{name:>9}" for name in runners] + [f"{a + '/' + b:>15}" for a, b in ratios]
    print(f"{'MIPS':12}" + " ".join(header))
    for guest in arguments.guests:
        folder = arguments.programs / guest
        expected = json.loads((folder / "expected.json").read_text())
        speeds = measure(runners, str(folder / f"{folder.name}.elf"), expected, arguments.rounds)
        row = [f"{speeds[name]:9.0f}" for name in runners]
        for pair in ratios:
            ratios[pair].append(speeds[pair[0]] / speeds[pair[1]])
            row.append(f"{ratios[pair][-1]:15.2f}")
        print(f"{guest:12}" + " ".join(row), flush=True)
    means = [math.exp(statistics.fmean(math.log(ratio) for ratio in values)) for values in ratios.values()]
    print(f"{'geo. mean':12}" + " ".join([" " * 9] * len(runners) + [f"{mean:15.2f}" for mean in means]))


if __name__ == "__main__":
    main()
