#!/usr/bin/env python3
"""Compares traces of state tests (EIP-3155) with those of the executable specification.

    pip install ethereum-execution==2.20.0
    ./trace_differential.py --weft PATH FILE...

Compared of every instruction: pc, op, gas, stack, depth and memSize. The other members differ between implementations
without being wrong. Forks that the specification does not know are left out. Exit code 1 if anything differs.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

COMPARED = ("pc", "op", "gas", "stack", "depth", "memSize")


def steps(lines):
    """The instructions of each case, one list after the other."""
    cases, current = [], []
    for line in lines:
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        if "pc" in entry:
            # The specification shows what cannot be an instruction as text.
            current.append(tuple(entry[key] if key != "stack" else tuple(entry[key]) for key in COMPARED))
        elif "gasUsed" in entry:
            cases.append(current)
            current = []
    return cases


def only(path, fork, folder):
    """A file with the cases of one fork."""
    with open(path) as file:
        tests = json.load(file)
    kept = {}
    for name, test in tests.items():
        if fork in test["post"]:
            kept[name] = dict(test, post={fork: test["post"][fork]})
    if not kept:
        return None
    result = os.path.join(folder, f"{fork}-{os.path.basename(path)}")
    with open(result, "w") as file:
        json.dump(kept, file)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", required=True)
    parser.add_argument("--specification", default="ethereum-spec-evm")
    parser.add_argument("--fork", action="append", help="default: Cancun")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    compared = differing = instructions = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in options.files:
            for fork in options.fork or ["Cancun"]:
                part = only(path, fork, folder)
                if part is None:
                    continue
                theirs = subprocess.run(
                    [options.specification, "statetest", "--json", part], capture_output=True, text=True)
                ours = subprocess.run([options.weft, "evm", "statetest", "--trace", part], capture_output=True, text=True)
                left, right = steps(theirs.stderr.splitlines()), steps(ours.stderr.splitlines())
                if len(left) != len(right):
                    print(f"{path} {fork}: {len(left)} cases, {len(right)} from weft")
                    differing += 1
                    continue
                for case, (expected, found) in enumerate(zip(left, right)):
                    compared += 1
                    instructions += len(expected)
                    if expected == found:
                        continue
                    differing += 1
                    index = next(
                        (i for i, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]),
                        min(len(expected), len(found)))
                    print(f"{path} {fork}, case {case}, instruction {index} of {len(expected)} and {len(found)}:")
                    for name, list in (("specification", expected), ("weft", found)):
                        print(f"  {name}: {list[index] if index < len(list) else 'ended'}")
    print(f"{compared} cases, {instructions} instructions compared, {differing} differ")
    return 1 if differing or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
