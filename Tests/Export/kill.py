#!/usr/bin/env python3
"""Kills `weft trace --output` at random moments and resumes it, over and over.

    Tests/Export/kill.py --count 100 --option=--max-instructions --option=300000 [--program ELF] [--seed N]

After every kill the directory must hold whole segments only: each that has its name passes the check of all its bytes
and is the same, byte for byte, as in a run that nobody disturbed; none that was there before is gone. A resumed run
must go on, and end in the very files of the undisturbed one. Moments are drawn evenly from the time that run took.
"""
import argparse
import filecmp
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
arguments.add_argument("--count", type=int, default=10)
arguments.add_argument("--weft", default=".build/release/weft")
arguments.add_argument("--program", default="programs/rv32/quicksort/quicksort.elf")
arguments.add_argument("--seed", type=int, default=1)
arguments.add_argument("--option", action="append", default=[], help="further word for weft trace")
arguments = arguments.parse_args()


def command(directory):
    return [arguments.weft, "trace", arguments.program, "--output", str(directory), "--resume", *arguments.option]


def files(directory):
    return sorted(str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file())


def whole(directory):
    """Names of the segments that have their name."""
    if not directory.exists():
        return []
    return sorted(path.name for path in directory.iterdir()
                  if path.name.startswith("segment-") and not path.name.endswith(".partial"))


def require_same(directory, reference, names, moment):
    for name in names:
        match, mismatch, errors = filecmp.cmpfiles(directory, reference, [name], shallow=False)
        if mismatch or errors:
            sys.exit(f"{name} is not that of the undisturbed run, after a kill at {moment:.3f} s")


with tempfile.TemporaryDirectory() as work:
    reference = pathlib.Path(work) / "reference"
    start = time.monotonic()
    subprocess.run(command(reference), check=True, stdout=subprocess.DEVNULL)
    duration = time.monotonic() - start
    total = len(whole(reference))
    chance = random.Random(arguments.seed)
    directory = pathlib.Path(work) / "killed"
    kills = ended = between = partial = 0
    while kills < arguments.count:
        before = whole(directory)
        moment = chance.uniform(0, duration)
        process = subprocess.Popen(command(directory), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            process.wait(moment)
            if process.returncode != 0:
                sys.exit(f"exit code {process.returncode}: {process.stderr.read().decode()}")
            ended += 1
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        after = whole(directory)
        if not set(before) <= set(after):
            sys.exit(f"{set(before) - set(after)} is gone after a kill at {moment:.3f} s")
        require_same(directory, reference, [n for n in files(directory) if n.split("/")[0] in after], moment)
        if directory.exists():
            partial += any(path.name.endswith(".partial") for path in directory.iterdir())
        between += 0 < len(after) < total
        # Half of the rounds go on from what is there, so that kills meet resumed runs too; the others begin anew.
        if len(after) == total or chance.random() < 0.25:
            subprocess.run(command(directory), check=True, stdout=subprocess.DEVNULL)
            if files(directory) != files(reference):
                sys.exit(f"{set(files(directory)) ^ set(files(reference))} differ after resuming")
            require_same(directory, reference, files(reference), moment)
            subprocess.run([arguments.weft, "check", str(directory)], check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(directory)
    if directory.exists():
        subprocess.run(command(directory), check=True, stdout=subprocess.DEVNULL)
        require_same(directory, reference, files(reference), duration)
    print(f"{kills} kills within {duration:.2f} s ({ended} runs ended before theirs), {total} segments: no whole segment "
          f"lost or changed, {partial} kills left something half written, {between} some of the segments; all resumed")
