#!/usr/bin/env python3
"""Reads a directory that `weft trace --output` has written, with numpy alone, and checks some of it by itself.

    weft trace programs/rv32/quicksort/quicksort.elf --output run.weft
    Tests/Export/read_traces.py run.weft

Evaluates every constraint of two chips in every row and balances one bus, from nothing but the files: manifest.json,
airs.json and the .npy files, whose cells are canonical numbers below p = 15 * 2**27 + 1. Exit code 0: all of it holds;
1: something does not; 3: the directory is not as it was written.
"""
import argparse
import hashlib
import json
import pathlib
import sys

import numpy

BLOCK = 1 << 14  # rows that are evaluated at once


def refuse(message):
    print(message, file=sys.stderr)
    sys.exit(3)


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            sha.update(chunk)
    return sha.hexdigest()


class Trace:
    """One AIR of a segment: its description from airs.json, its entry in the segment's manifest, its cells."""

    def __init__(self, air, entry, folder):
        self.air, self.height = air, entry["height"]
        self.public = entry["publicValues"]
        self.preprocessed = self.load(folder, entry["preprocessed"])
        # The cached parts first, the common main part last: that is how nodes number them.
        self.main = [self.load(folder, part["file"]) for part in entry["cached"]]
        self.main.append(self.load(folder, entry["main"]))

    def load(self, folder, file):
        if file is None:
            return None
        path = folder / file["name"]
        if digest(path) != file["sha256"]:
            refuse(f"{path}: SHA-256 is not that of the manifest")
        cells = numpy.load(path, mmap_mode="r")
        if cells.shape != (self.height, file["width"]):
            refuse(f"{path}: {cells.shape[0]} rows of {cells.shape[1]} columns")
        return cells

    def blocks(self):
        return (range(first, min(first + BLOCK, self.height)) for first in range(0, self.height, BLOCK))

    def column(self, part, index, offset, rows):
        """A column in some rows, or in those behind them; behind the last row comes the first."""
        cells = self.preprocessed if part is None else self.main[part]
        return cells[(numpy.arange(rows.start, rows.stop) + offset) % self.height, index].astype(numpy.uint64)

    def evaluate(self, wanted, rows):
        """The values of some nodes in some rows. Nodes stand behind their operands, so one pass is enough."""
        p = MODULUS
        needed = needed_nodes(self.air["nodes"], wanted)
        numbers = numpy.arange(rows.start, rows.stop)
        values = {}
        for index in needed:
            node = self.air["nodes"][index]
            if node == "IsFirstRow":
                value = (numbers == 0).astype(numpy.uint64)
            elif node == "IsLastRow":
                value = (numbers == self.height - 1).astype(numpy.uint64)
            elif node == "IsTransition":
                value = (numbers != self.height - 1).astype(numpy.uint64)
            else:
                ((kind, body),) = node.items()
                if kind == "Constant":
                    value = numpy.full(len(rows), body, numpy.uint64)
                elif kind == "Variable":
                    value = self.variable(body["entry"], body["index"], rows)
                elif kind == "Neg":
                    value = (p - values[body["idx"]]) % p
                else:
                    left, right = values[body["left_idx"]], values[body["right_idx"]]
                    if kind == "Add":
                        value = (left + right) % p
                    elif kind == "Sub":
                        value = (left + (p - right)) % p
                    else:
                        value = left * right % p  # below 2**62
            values[index] = value
        return [values[index] for index in wanted]

    def variable(self, entry, index, rows):
        if entry == "Public":
            return numpy.full(len(rows), self.public[index], numpy.uint64)
        ((kind, body),) = entry.items()
        return self.column(None if kind == "Preprocessed" else body["part_index"], index, body["offset"], rows)


def needed_nodes(nodes, wanted):
    """What some nodes depend on, and they themselves, ascending."""
    needed, pending = set(), list(wanted)
    while pending:
        index = pending.pop()
        if index in needed:
            continue
        needed.add(index)
        if isinstance(nodes[index], dict):
            ((_, body),) = nodes[index].items()
            if isinstance(body, dict):
                pending += [body[key] for key in ("left_idx", "right_idx", "idx") if key in body]
    return sorted(needed)


def failures(trace):
    """Every constraint that is not zero somewhere: its label, and how many rows."""
    constraints = trace.air["constraints"]
    rows = [0] * len(constraints)
    first = [None] * len(constraints)
    for block in trace.blocks():
        for index, value in enumerate(trace.evaluate([c["node"] for c in constraints], block)):
            bad = numpy.flatnonzero(value)
            rows[index] += len(bad)
            if len(bad) and first[index] is None:
                first[index] = block.start + int(bad[0])
    return [(c["label"], n, f) for c, n, f in zip(constraints, rows, first) if n]


def unbalanced(traces, bus):
    """Messages of a bus whose counts do not cancel, with what is left over."""
    messages, counts = [], []
    for trace in traces:
        for interaction in trace.air["interactions"]:
            if interaction["bus"] != bus["number"]:
                continue
            for block in trace.blocks():
                *fields, count = trace.evaluate(interaction["message"] + [interaction["count"]], block)
                used = count != 0
                messages.append(numpy.stack(fields, axis=1)[used])
                # Counts above p / 2 stand for negative ones.
                signed = count[used].astype(numpy.int64)
                counts.append(numpy.where(signed > MODULUS // 2, signed - int(MODULUS), signed))
    if not messages:
        return 0, []
    messages, counts = numpy.concatenate(messages), numpy.concatenate(counts)
    unique, place = numpy.unique(messages, axis=0, return_inverse=True)
    sums = numpy.zeros(len(unique), numpy.int64)
    numpy.add.at(sums, place.reshape(-1), counts)
    return len(messages), [(unique[i].tolist(), int(sums[i])) for i in numpy.flatnonzero(sums)]


def flip(trace):
    """Adds 1 to the first cell that is not zero, in memory."""
    cells = numpy.array(trace.main[-1])
    row, column = (int(places[0]) for places in numpy.nonzero(cells))
    cells[row, column] = (int(cells[row, column]) + 1) % int(MODULUS)
    trace.main[-1] = cells
    print(f"changed: {trace.air['name']}, row {row}, {trace.air['mainColumns'][column]}")


arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
arguments.add_argument("directory", type=pathlib.Path)
arguments.add_argument("--chips", default="BaseAlu,BranchEqual", help="chips whose constraints are evaluated")
arguments.add_argument("--bus", default="execution", help="bus that is balanced")
arguments.add_argument("--flip", metavar="CHIP", help="change a cell of a chip first, in memory: must be found")
arguments = arguments.parse_args()

manifest = json.loads((arguments.directory / "manifest.json").read_text())
if (manifest["format"], manifest["version"]) != ("weft-export", 1):
    refuse("not a directory of this format")
if digest(arguments.directory / "airs.json") != manifest["constraints"]["sha256"]:
    refuse("airs.json: SHA-256 is not that of the manifest")
description = json.loads((arguments.directory / "airs.json").read_text())
MODULUS = numpy.uint64(description["field"]["modulus"])
bus = next(bus for bus in description["buses"] if bus["name"] == arguments.bus)

print(f"{manifest['program']['name']}, {len(manifest['segments'])} segments, Weft {manifest['weft']}")
holds = True
for segment in manifest["segments"]:
    folder = arguments.directory / segment["name"]
    if digest(folder / "manifest.json") != segment["manifestSHA256"]:
        refuse(f"{folder}/manifest.json: SHA-256 is not that of the manifest")
    listed = json.loads((folder / "manifest.json").read_text())
    traces = [Trace(description["airs"][entry["air"]], entry, folder) for entry in listed["airs"]]
    by_name = {trace.air["name"]: trace for trace in traces}
    if arguments.flip:
        flip(by_name[arguments.flip])
    for name in arguments.chips.split(","):
        trace = by_name[name]
        found = failures(trace)
        holds = holds and not found
        cells = trace.height * len(trace.air["mainColumns"])
        print(f"{name}: {len(trace.air['constraints'])} constraints in {trace.height} rows, {cells} cells:",
              "all hold" if not found else "FAIL")
        for label, rows, first in found:
            print(f"  \"{label}\" fails in {rows} rows, first in row {first}")
    count, left = unbalanced(traces, bus)
    holds = holds and not left
    print(f"bus {bus['name']}: {count} messages,", f"{len(left)} are left over" if left else "balanced")
    for message, total in left[:4]:
        print("  ", dict(zip(bus["fields"], message)), total)
sys.exit(0 if holds else 1)
