#!/usr/bin/env python3
"""Runs random Cancun calls through the EVM-C ABI, in a host of C, and compares with `weft evm call`.

    swift build -c release && ./compare.py --count 10000

Compared are status, gas, refund, output, logs, and the whole state afterwards. The host has no precompiled contracts, so
programs call none. The exit code is 1 if any case differs; its seed is printed.
"""
import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(PACKAGE, "Tests", "Differential"))
import evm_cases  # noqa: E402

evm_cases.PRECOMPILES = [0x1234]
CALLER, TARGET, COINBASE = evm_cases.CALLER, evm_cases.TARGET, evm_cases.COINBASE


class Program(evm_cases.Program):
    """Without calls of precompiled contracts."""

    def precompile(self):
        self.call()


evm_cases.Program = Program


def line(item):
    words = [CALLER[2:], TARGET[2:], item["data"].hex() or "-", str(item["gas"]), f"{item['value']:x}"]
    accounts = list(evm_cases.accounts(item))
    words.append(str(len(accounts)))
    for address, nonce, balance, code, storage in accounts:
        words += [address[2:], str(nonce), f"{balance:x}", code.hex() or "-", str(len(storage))]
        for key, value in storage.items():
            words += [f"{key:x}", f"{value:x}"]
    return " ".join(words)


def through_the_border(items, host, library):
    done = subprocess.run([host, library], input="\n".join(map(line, items)) + "\n", text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"the host ended with code {done.returncode}: {done.stderr}")
    results = []
    for text in done.stdout.splitlines():
        status, gas, refund, crossings, output, count, *rest = text.split(" ")
        logs, accounts = rest[:int(count)], rest[int(count):]
        state = {}
        for account in accounts:
            address, nonce, balance, *slots = account[1:].split(":")
            state[address] = (int(nonce), int(balance, 16),
                              {int(s[:64], 16): int(s[64:], 16) for s in slots})
        results.append((dict(status=status, gas=int(gas), refund=int(refund), output=output[1:], logs=logs, state=state),
                        int(crossings)))
    return results


def directly(item, weft):
    accounts = {address: dict(nonce=hex(nonce), balance=hex(balance), code="0x" + code.hex(),
                              storage={hex(k): hex(v) for k, v in storage.items()})
                for address, nonce, balance, code, storage in evm_cases.accounts(item)}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(accounts, file)
        file.flush()
        done = subprocess.run(
            [weft, "evm", "call", TARGET, "--state", file.name, "--from", CALLER, "--data", "0x" + item["data"].hex(),
             "--gas", str(item["gas"]), "--value", str(item["value"]), "--fork", "cancun", "--coinbase", COINBASE,
             "--number", "1000", "--timestamp", "1700000000", "--json"], capture_output=True, text=True)
    report = json.loads(done.stdout)
    if "status" not in report:
        raise SystemExit(f"seed {item['seed']}: {done.stdout}{done.stderr}")
    state = {address[2:]: (int(a["nonce"], 16), int(a["balance"], 16),
                           {int(k, 16): int(v, 16) for k, v in a["storage"].items()})
             for address, a in accounts.items()}
    for change in report["stateChanges"]:
        address = change["address"][2:]
        if change["deleted"]:
            state.pop(address, None)
            continue
        storage = dict(state.get(address, (0, 0, {}))[2])
        storage.update({int(k, 16): int(v, 16) for k, v in change["storage"].items()})
        state[address] = (change["nonce"], int(change["balance"]), storage)
    state = {address: (n, b, {k: v for k, v in s.items() if v}) for address, (n, b, s) in state.items()}
    logs = [entry["address"][2:] + ":" + "".join(t[2:] for t in entry["topics"]) + ":" + entry["data"][2:]
            for entry in report["logs"]]
    return dict(status=report["status"], gas=report["gasUsed"], refund=report["gasRefund"],
                output=report["returnData"][2:], logs=logs, state=state)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--build", default=os.path.join(PACKAGE, ".build", "release"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        host = os.path.join(folder, "host")
        subprocess.run(["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-o", host,
                        "-I", os.path.join(PACKAGE, "Sources", "CEVMC", "include"), os.path.join(HERE, "host.c"), "-ldl"],
                       check=True)
        cases = (evm_cases.case(seed, "Cancun") for seed in itertools.count(options.seed))
        # The host calls contracts, it makes none.
        items = list(itertools.islice((item for item in cases if not item["creates"]), options.count))
        found = through_the_border(items, host, os.path.join(options.build, "libWeftEVMC.so"))
    weft = os.path.join(options.build, "weft")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        expected = list(pool.map(lambda item: directly(item, weft), items))
    different, statuses = 0, collections.Counter()
    for item, (actual, _), wanted in zip(items, found, expected):
        statuses[wanted["status"]] += 1
        keys = [key for key in wanted if wanted[key] != actual[key]]
        if keys:
            different += 1
            print(f"seed {item['seed']} differs in {', '.join(keys)}")
            for key in keys:
                print(f"  {key}: {wanted[key]} and {actual[key]}")
    crossings = sum(crossings for _, crossings in found)
    print(f"{len(items)} calls, {dict(statuses)}, {crossings} messages across the border: {different} differ")
    return 1 if different or len(found) != len(items) else 0


if __name__ == "__main__":
    sys.exit(main())
