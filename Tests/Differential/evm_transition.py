#!/usr/bin/env python3
"""Carries random blocks out on `weft evm t8n` and on the executable specification, and compares.

    pip install ethereum-execution==2.20.0
    swift build -c release --product weft
    ./evm_transition.py --weft ../../.build/release/weft --count 1000
    ./evm_transition.py --write-vectors FILE --count 100    the sample that `swift test` replays

A block has a fork from Byzantium to Osaka, up to five transactions of all types that the fork knows from a few senders
(some of them invalid), withdrawals, system contracts that answer, fail or are absent, and deposits. Compared are all
members of the result but the texts of refusals, and the accounts afterwards. The exit code is 1 if any block differs;
its seed is printed.
"""
import argparse
import contextlib
import io
import json
import logging
import random
import subprocess
import sys

import evm_cases
from eth_hash.auto import keccak

FORKS = ["Byzantium", "ConstantinopleFix", "Istanbul", "Berlin", "London", "Paris", "Shanghai", "Cancun", "Cancun",
         "Prague", "Prague", "Prague", "Osaka", "Osaka", "Osaka"]
BEACON_ROOTS = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02"
BLOCK_HASHES = "0x0000f90827f1c53a10cb7a02335b175320002935"
WITHDRAWALS = "0x00000961ef480eb55e80d19ad83579a64c007002"
CONSOLIDATIONS = "0x0000bbddc7ce488642fb579f8b00f3a590007251"
DEPOSITS = "0x00000000219ab540356cbb839cbe05303d7705fa"
DEPOSIT_TOPIC = "649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5"


def sender_address(key):
    import coincurve
    return "0x" + keccak(coincurve.PublicKey.from_secret(key.to_bytes(32, "big")).format(False)[1:]).hex()[24:]


def quantity(number):
    return hex(number)


class Block:
    """The input of a seed, always the same one."""

    def __init__(self, seed):
        self.source = random.Random(f"weft-block-{seed}")
        self.fork = self.source.choice(FORKS)
        self.keys = [3, 5, 7, 11]
        self.nonces = {key: self.source.choice([0, 1, 5]) for key in self.keys}
        self.alloc = {}
        self.make_accounts()
        self.environment = self.make_environment()
        self.transactions = [self.make_transaction() for _ in range(self.source.choice([0, 1, 2, 3, 5]))]

    def since(self, fork):
        order = ["Byzantium", "ConstantinopleFix", "Istanbul", "Berlin", "London", "Paris", "Shanghai", "Cancun",
                 "Prague", "Osaka"]
        return order.index(self.fork) >= order.index(fork)

    def account(self, address, code="", balance=0, nonce=1, storage=None):
        self.alloc[address] = dict(
            balance=quantity(balance), nonce=quantity(nonce), code="0x" + code,
            storage={f"0x{k:064x}": f"0x{v:064x}" for k, v in (storage or {}).items()})

    def make_accounts(self):
        pick = self.source.choice
        for key in self.keys:
            self.account(sender_address(key), balance=pick([10**20] * 9 + [10**17, 1]), nonce=self.nonces[key])
        item = evm_cases.case(self.source.randrange(10**9), self.fork)
        for target, nonce, balance, code, storage in evm_cases.accounts(item):
            self.account(target, code.hex(), balance, nonce, storage)
        self.data = item["data"]
        if self.since("Cancun") and self.source.random() < 0.8:
            # Keeps what it is told, and who told it.
            self.account(BEACON_ROOTS, pick(["5f355f5533600155", "fe", "5f3560005560206000fd"]))
        if self.since("Prague"):
            if self.source.random() < 0.8:
                self.account(BLOCK_HASHES, pick(["5f35435f52602052600155", "5f35435500", "fe"]))
            answers = ["5f5ff3", "604c5ff3", "5f54600101805f5560985ff3", "60aa5f5360205ff3"]
            faults = ["fe", "5f5ffd", None]
            for address in (WITHDRAWALS, CONSOLIDATIONS):
                code = pick(faults) if self.source.random() < 0.06 else pick(answers)
                if code is not None:
                    self.account(address, code)
            # Logs its call data as a deposit.
            self.account(DEPOSITS, "365f5f37" + "7f" + DEPOSIT_TOPIC + "365fa100")

    def make_environment(self):
        source = self.source
        number = source.choice([1, 5, 300, 1000])
        environment = dict(
            currentCoinbase=evm_cases.COINBASE, currentGasLimit=quantity(source.choice([30_000_000, 1_000_000])),
            currentNumber=quantity(number), currentTimestamp=quantity(1_700_000_000),
            blockHashes={quantity(number - 1): "0x" + source.randbytes(32).hex()})
        if self.since("Paris"):
            environment["currentRandom"] = "0x" + source.randbytes(32).hex()
        else:
            environment["currentDifficulty"] = quantity(source.choice([0x20000, 131073]))
        if self.since("London"):
            environment["parentBaseFee"] = quantity(source.choice([7, 1000, 10**9, 1]))
            environment["parentGasUsed"] = quantity(source.choice([0, 500_000, 900_000, 15_000_000]))
            environment["parentGasLimit"] = environment["currentGasLimit"]
            if source.random() < 0.4:
                environment["currentBaseFee"] = quantity(source.choice([7, 10, 10**9]))
        if self.since("Shanghai"):
            environment["withdrawals"] = [
                dict(index=quantity(i), validatorIndex=quantity(i + 40), amount=quantity(source.choice([0, 1, 10**9])),
                     address=source.choice([evm_cases.TARGET, "0x" + source.randbytes(20).hex(),
                                            sender_address(3)]))
                for i in range(source.choice([0, 0, 1, 3]))]
        if self.since("Cancun"):
            environment["parentBeaconBlockRoot"] = "0x" + source.randbytes(32).hex()
            environment["parentExcessBlobGas"] = quantity(source.choice([0, 0, 131072 * 9, 131072 * 300, 10**8]))
            environment["parentBlobGasUsed"] = quantity(131072 * source.randrange(7))
        return environment

    def deposit(self):
        lengths = [(160, 48), (256, 32), (320, 8), (384, 96), (512, 8)]
        data = bytearray(576)
        for index, (place, count) in enumerate(lengths):
            data[32 * index:32 * index + 32] = place.to_bytes(32, "big")
            data[place:place + 32] = count.to_bytes(32, "big")
            data[place + 32:place + 32 + count] = self.source.randbytes(count)
        if self.source.random() < 0.1:
            data[self.source.randrange(320)] ^= 1
        return bytes(data)[:575] if self.source.random() < 0.05 else bytes(data)

    def make_transaction(self):
        source, pick = self.source, self.source.choice
        key = pick(self.keys)
        kinds = [0, 0] + [1] * self.since("Berlin") + [2] * self.since("London")
        kinds += [3] * self.since("Cancun") + [4] * self.since("Prague")
        if source.random() < 0.02:
            kinds = [source.randrange(5)]
        kind = pick(kinds)
        target = pick([evm_cases.TARGET, evm_cases.TARGET, *evm_cases.CHILDREN, "0x" + "12" * 20])
        data = pick([self.data, b"", source.randbytes(40)])
        if self.since("Prague") and source.random() < 0.25:
            target, data = DEPOSITS, self.deposit()
        if kind < 3 and source.random() < 0.15:
            target, data = "", bytes.fromhex(pick(["5f5ff3", "60015f5360015ff3", "fe", "60ef5f5360015ff3", "33ff"]))
        transaction = dict(
            type=quantity(kind), nonce=quantity(self.nonces[key] + pick([0] * 30 + [1, -1] * (self.nonces[key] > 0))),
            gas=quantity(pick([250_000] * 6 + [200_000, 100_000, 60_000, 21_000, 2_000_000])), to=target,
            value=quantity(pick([0, 0, 1, 10**9])), input="0x" + data.hex(), chainId="0x1",
            v="0x0", r="0x0", s="0x0", secretKey=f"0x{key:064x}")
        if kind == 0:
            transaction["protected"] = pick([True, True, False])
        fee = pick([10**10] * 12 + [2 * 10**9, 8])
        if kind < 2:
            transaction["gasPrice"] = quantity(fee)
        else:
            transaction["maxFeePerGas"] = quantity(fee)
            transaction["maxPriorityFeePerGas"] = quantity(pick([0, 1, 3, fee, fee, fee + source.randrange(20) // 19]))
        if kind > 0:
            transaction["accessList"] = [
                dict(address=pick([evm_cases.TARGET, *evm_cases.CHILDREN]),
                     storageKeys=[f"0x{source.randrange(4):064x}" for _ in range(source.randrange(3))])
                for _ in range(source.randrange(3))]
        if kind == 3:
            transaction["maxFeePerBlobGas"] = quantity(pick([10**10] * 8 + [10**12, 0]))
            transaction["blobVersionedHashes"] = [
                "0x" + pick(["01"] * 30 + ["02"]) + source.randbytes(31).hex()
                for _ in range(pick([1] * 6 + [2, 3, 4, 6, 7, 0]))]
        if kind == 4:
            transaction["authorizationList"] = [self.authorization(key) for _ in range(pick([1, 1, 2, 0]))]
        self.nonces[key] += 1
        return transaction

    def authorization(self, sender):
        """Signed here: transition tools take authorizations as they are."""
        import coincurve
        import rlp_lite
        source = self.source
        key = source.choice(self.keys)
        chain, nonce = source.choice([0, 1, 1, 2]), self.nonces[key] + (1 if key == sender else 0)
        nonce += source.choice([0, 0, 0, 1])
        target = source.choice([evm_cases.TARGET, *evm_cases.CHILDREN, "0x" + "00" * 20])
        message = keccak(b"\x05" + rlp_lite.encode([chain, bytes.fromhex(target[2:]), nonce]))
        signed = coincurve.PrivateKey(key.to_bytes(32, "big")).sign_recoverable(message, hasher=None)
        return dict(chainId=quantity(chain), address=target, nonce=quantity(nonce), v=quantity(signed[64]),
                    yParity=quantity(signed[64]), r=quantity(int.from_bytes(signed[:32], "big")),
                    s=quantity(int.from_bytes(signed[32:64], "big")))

    def input(self):
        return dict(alloc=self.alloc, env=self.environment, txs=self.transactions)


def on_specification(block):
    from ethereum_spec_tools.evm_tools.t8n import ForkCache, T8N
    logging.disable(logging.CRITICAL)
    options = argparse.Namespace(
        input_alloc="stdin", input_env="stdin", input_txs="stdin", blob_parameters=None, output_alloc="stdout",
        output_result="stdout", output_body=None, output_basedir="/nonexistent", state_chainid=1,
        state_fork=block.fork, state_reward=None, trace=False, opcode_count=None, state_test=False)
    with ForkCache() as cache:
        tool = T8N(options, None, io.StringIO(json.dumps(block.input())), cache)
        tool.run_blockchain_test()
        return dict(result=tool.result.to_json(), alloc=tool.alloc.to_json())


def on_weft(block, weft):
    arguments = [weft, "evm", "t8n", "--state.fork", block.fork]
    for name in ("alloc", "env", "txs"):
        arguments += [f"--input.{name}", "stdin"]
    arguments += ["--output.alloc", "stdout", "--output.result", "stdout"]
    done = subprocess.run(arguments, input=json.dumps(block.input()), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def comparable(output):
    """What must be equal: texts of refusals are each implementation's own, and so is what follows an invalid block."""
    result, alloc = dict(output["result"]), {}
    result["rejected"] = sorted(entry["index"] for entry in result["rejected"])
    result["blockException"] = "blockException" in result
    result.pop("blobGasUsed", None)  # The specification's tool leaves it out.
    if result["rejected"]:
        # The specification's tool numbers refused transactions as well, and has them in the root.
        result.pop("txRoot")
        result.pop("receiptsRoot")
    for address, account in output["alloc"].items():
        storage = {int(k, 16): int(v, 16) for k, v in account.get("storage", {}).items()}
        alloc[address] = (int(account.get("balance", "0x0"), 16), int(account.get("nonce", "0x0"), 16),
                          account.get("code", "0x"), {k: v for k, v in storage.items() if v})
    for receipt in result["receipts"]:
        receipt.setdefault("logs", [])
    if result["blockException"]:
        return dict(blockException=True)
    return dict(result=result, alloc=alloc)


def difference(expected, actual, path=""):
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(set(expected) | set(actual), key=str):
            found = difference(expected.get(key), actual.get(key), f"{path}.{key}")
            if found:
                return found
        return None
    return None if expected == actual else f"{path}: expected {expected}, got {actual}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", default="../../.build/release/weft")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write-vectors", metavar="FILE")
    options = parser.parse_args()
    different, transactions, rejected, invalid = 0, 0, 0, 0
    lines = []
    for seed in range(options.first, options.first + options.count):
        block = Block(seed)
        expected = on_specification(block)
        if options.write_vectors:
            lines.append(json.dumps(dict(seed=seed, fork=block.fork, **block.input(), expected=expected)))
            continue
        found = difference(comparable(expected), comparable(on_weft(block, options.weft)))
        transactions += len(block.transactions)
        rejected += len(expected["result"]["rejected"])
        invalid += "blockException" in expected["result"]
        if found:
            different += 1
            print(f"seed {seed} ({block.fork}) differs: {found}")
    if options.write_vectors:
        with open(options.write_vectors, "w") as file:
            file.write("\n".join(lines) + "\n")
        return 0
    print(f"{options.count} blocks, {transactions} transactions of which {rejected} refused, {invalid} invalid blocks: "
          f"{different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
