#!/usr/bin/env python3
"""Runs random programs on Weft and compares with the executable specification, in every fork, and with pyrevm.

    pip install ethereum-execution==2.20.0 pyrevm==0.3.7
    swift build -c release --package-path Runner
    ./evm_differential.py --count 1000                      Weft against both, 1,000 cases of each fork
    ./evm_differential.py --fork Cancun --oracles-only      the two against each other
    ./evm_differential.py --write-vectors FILE --count 12   the sample that `swift test` replays

Compared with the specification, for each call: status, gas, refund counter, output, logs and the whole state
afterwards. pyrevm knows transactions only, and is asked about calls in Cancun: compared are status, gas used after the refund, output, logs, and the
storage and balances of the accounts that were there before. Its traps: it always runs Cancun; every slot of an
account but the first one given to it begins warm, so each account has one at most; a revert's output is in the text of
the exception.

The exit code is 1 if any case differs; its seed is printed.
"""
import argparse
import json
import subprocess
import sys
import time

import evm_cases
from evm_cases import CALLER, CHILDREN, COINBASE, TARGET
from eels import Eels

BLOCK = dict(coinbase=COINBASE, number=1000, timestamp=1_700_000_000, gas_limit=30_000_000)
RUNNER = "Runner/.build/release/EVMRunner"
CHUNK = 200


def on_specification(item):
    eels = Eels(evm_cases.FORKS[item["fork"]], **BLOCK)
    for target, nonce, balance, code, storage in evm_cases.accounts(item):
        eels.set_account(target, nonce, balance, code, storage)
    target, data = (None, item["code"]) if item["creates"] else (TARGET, item["data"])
    result = eels.call(CALLER, target, data, item["value"], item["gas"])
    result.pop("created", None)
    return result | dict(state=without_code(eels.accounts()))


def without_code(accounts):
    for account in accounts.values():
        code = bytes.fromhex(account.pop("code")[2:])
        account["codeHash"] = evm_cases.code_hash(code)
    return accounts


class Revm:
    def __init__(self):
        import pyrevm
        self.library = pyrevm

    def run(self, item):
        library = self.library
        environment = library.Env(
            cfg=library.CfgEnv(chain_id=1),
            block=library.BlockEnv(
                number=1000, coinbase=COINBASE, timestamp=1_700_000_000, prevrandao=bytes(32), basefee=0,
                gas_limit=30_000_000, excess_blob_gas=0))
        evm = library.EVM(env=environment, spec_id="CANCUN", gas_limit=30_000_000)
        for target, nonce, balance, code, storage in evm_cases.accounts(item):
            evm.insert_account_info(target, library.AccountInfo(balance=balance, nonce=nonce, code=code or None))
            for slot, value in storage.items():
                evm.insert_account_storage(target, slot, value)
        output, failure = b"", None
        try:
            output = evm.message_call(
                CALLER, TARGET, calldata=item["data"], value=item["value"],
                gas=item["gas"] + evm_cases.intrinsic(item["data"]), gas_price=0)
        except Exception as error:
            failure = str(error)
        result = evm.result
        status = "success" if result.is_success else "halt" if result.is_halt else "revert"
        if status == "revert" and failure and "output:" in failure:
            output = bytes.fromhex(failure.split("output:")[1].strip(" }\n").removeprefix("0x"))
        logs = [
            dict(address=log.address.lower(), topics=[topic.lower() for topic in log.topics],
                 data="0x" + (log.data[1] if isinstance(log.data, tuple) else log.data).hex())
            for log in (result.logs if status == "success" else [])]
        places = [TARGET, *CHILDREN]
        return dict(
            status=status, gasUsed=result.gas_used, returnData="0x" + (output or b"").hex(), logs=logs,
            storage={f"{place}:{slot}": hex(value) for place in places for slot in (0, 1, 2, 3, 2**256 - 1)
                     if (value := evm.storage(place, slot))},
            balances={place: evm.get_balance(place) for place in (*places, CALLER)})


def as_transaction(item, result):
    """A call's result in the terms that pyrevm gives."""
    used = evm_cases.intrinsic(item["data"]) + result["gasUsed"]
    if result["status"] == "success":
        used -= min(result["gasRefund"], used // 5)
    state = result["state"]
    places = [TARGET, *CHILDREN]
    return dict(
        status=result["status"], gasUsed=used, returnData=result["returnData"], logs=result["logs"],
        storage={f"{place}:{int(slot, 16)}": value for place in places if place in state
                 for slot, value in state[place]["storage"].items() if int(slot, 16) in (0, 1, 2, 3, 2**256 - 1)},
        balances={place: int(state[place]["balance"], 16) if place in state else 0 for place in (*places, CALLER)})


def request(item):
    """The case as the runner reads it: one line."""
    target = {} if item["creates"] else dict(target=TARGET)
    data = item["code"] if item["creates"] else item["data"]
    return json.dumps(dict(
        seed=item["seed"], fork=item["fork"], caller=CALLER, **target, coinbase=COINBASE, number=1000,
        timestamp=1_700_000_000, gasLimit=30_000_000, data="0x" + data.hex(), gas=item["gas"], value=item["value"],
        accounts={target: dict(nonce=nonce, balance=hex(balance), code="0x" + code.hex(),
                               storage={hex(key): hex(value) for key, value in storage.items()})
                  for target, nonce, balance, code, storage in evm_cases.accounts(item)}))


def differences(first, second):
    return [key for key in first if first[key] != second.get(key)]


def on_weft(items, runner):
    """Results by seed."""
    process = subprocess.run([runner], input="\n".join(map(request, items)) + "\n", text=True,
                             stdout=subprocess.PIPE, check=True)
    answers = map(json.loads, process.stdout.splitlines())
    return {answer.pop("seed"): answer for answer in answers}


class Comparison:
    """The cases of one fork so far."""

    def __init__(self, fork, options):
        self.fork, self.runner = fork, None if options.oracles_only else options.runner
        self.revm = Revm() if fork == "Cancun" and not options.no_revm else None
        self.statuses, self.different, self.begin = {}, 0, time.time()

    def compare(self, items):
        answers = on_weft(items, self.runner) if self.runner else {}
        for item in items:
            expected = on_specification(item)
            self.statuses[expected["status"]] = self.statuses.get(expected["status"], 0) + 1
            if self.revm and not item["creates"]:
                self.check(item, "revm", as_transaction(item, expected), self.revm.run(item))
            if self.runner:
                self.check(item, "weft", expected, answers.get(item["seed"], {}))

    def check(self, item, name, expected, answer):
        keys = differences(expected, answer)
        if not keys:
            return
        self.different += 1
        print(f"{self.fork} seed {item['seed']}: {name} differs from the specification in {', '.join(keys)}")
        for key in keys:
            print(f"  {key}: {expected[key]} and {answer.get(key)}")
        print(f"  code {item['code'].hex()}", flush=True)

    def report(self):
        seconds = time.time() - self.begin
        print(f"{self.fork}: {sum(self.statuses.values())} cases in {seconds:.0f} s, {self.statuses}, "
              f"{self.different} different", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fork", choices=evm_cases.FORKS, action="append", help="all of them without")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000, help="of each fork")
    parser.add_argument("--oracles-only", action="store_true")
    parser.add_argument("--no-revm", action="store_true")
    parser.add_argument("--runner", default=RUNNER)
    parser.add_argument("--write-vectors", metavar="FILE")
    options = parser.parse_args()
    forks = options.fork or list(evm_cases.FORKS)
    seeds = range(options.seed, options.seed + options.count)
    if options.write_vectors:
        with open(options.write_vectors, "w") as file:
            for item in (evm_cases.case(seed, fork) for fork in forks for seed in seeds):
                file.write(json.dumps(dict(request=json.loads(request(item)), expected=on_specification(item)),
                                      separators=(",", ":")) + "\n")
        return 0
    comparisons = [Comparison(fork, options) for fork in forks]
    # All forks advance together, so that a run that is ended early has seen each.
    for start in range(0, len(seeds), CHUNK):
        for comparison in comparisons:
            comparison.compare([evm_cases.case(seed, comparison.fork) for seed in seeds[start:start + CHUNK]])
        if start % (10 * CHUNK) == 0 or start + CHUNK >= len(seeds):
            for comparison in comparisons:
                comparison.report()
    return 1 if any(comparison.different for comparison in comparisons) else 0


if __name__ == "__main__":
    sys.exit(main())
