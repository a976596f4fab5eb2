#!/usr/bin/env python3
"""Makes block tests: random chains that the executable specification accepts, and variants that it refuses.

    pip install ethereum-execution==2.20.0
    ./evm_blocks.py FILE --count 40

Every chain has up to three blocks of one fork from Paris to Osaka. After each valid block come copies of it with one
field of the header, the withdrawals or the encoding changed; the specification itself says that they are invalid. The
format is that of Ethereum's block tests, so `weft evm blocktest FILE` runs them.
"""
import argparse
import copy
import importlib
import io
import json
import logging
import sys

import evm_transition
import rlp_lite
from eth_hash.auto import keccak

EMPTY_LIST = keccak(b"\xc0")
EMPTY_TRIE = keccak(b"\x80")


def number(text):
    return int(text, 16)


def raw(text):
    return bytes.fromhex(text[2:])


class Chain:
    def __init__(self, seed):
        self.seed = seed
        block = evm_transition.Block(seed)
        while not block.since("Paris"):
            seed += 100_000
            block = evm_transition.Block(seed)
        self.block, self.fork = block, block.fork
        self.module = importlib.import_module(f"ethereum.forks.{self.fork.lower()}.fork")
        self.blocks = importlib.import_module(f"ethereum.forks.{self.fork.lower()}.blocks")
        self.alloc = block.alloc

    def since(self, fork):
        return self.block.since(fork)

    def header(self, **fields):
        """The fields of a header in order."""
        known = dict(
            parent=bytes(32), ommers=EMPTY_LIST, coinbase=bytes(20), state=EMPTY_TRIE, transactions=EMPTY_TRIE,
            receipts=EMPTY_TRIE, bloom=bytes(256), difficulty=0, number=0, limit=30_000_000, used=0, time=1000,
            extra=b"", random=bytes(32), nonce=bytes(8), base=1000)
        if self.since("Shanghai"):
            known["withdrawals"] = EMPTY_TRIE
        if self.since("Cancun"):
            known |= dict(blob=0, excess=0, beacon=bytes(32))
        if self.since("Prague"):
            known["requests"] = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        known.update(fields)
        return known

    def tool(self, environment, transactions):
        from ethereum_spec_tools.evm_tools.t8n import ForkCache, T8N
        options = argparse.Namespace(
            input_alloc="stdin", input_env="stdin", input_txs="stdin", blob_parameters=None, output_alloc="stdout",
            output_result="stdout", output_body=None, output_basedir="/nonexistent", state_chainid=1,
            state_fork=self.fork, state_reward=None, trace=False, opcode_count=None, state_test=False)
        data = dict(alloc=self.alloc, env=environment, txs=copy.deepcopy(transactions))
        with ForkCache() as cache:
            tool = T8N(options, None, io.StringIO(json.dumps(data)), cache)
            tool.run_blockchain_test()
            return tool.result.to_json(), tool.alloc.to_json(), [self.item(tx) for tx in tool.txs.all_txs]

    def item(self, transaction):
        """As it stands in a block: a list for a legacy transaction, bytes for any other."""
        from ethereum_rlp import rlp
        encoded = self.module.encode_transaction(transaction)
        return encoded if isinstance(encoded, bytes) else rlp.decode(rlp.encode(encoded))

    def state_root(self):
        """Of the accounts as they are: what a block without transactions leaves under rules without system contracts."""
        from ethereum_spec_tools.evm_tools.t8n import ForkCache, T8N
        options = argparse.Namespace(
            input_alloc="stdin", input_env="stdin", input_txs="stdin", blob_parameters=None, output_alloc="stdout",
            output_result="stdout", output_body=None, output_basedir="/nonexistent", state_chainid=1,
            state_fork=self.fork, state_reward=None, trace=False, opcode_count=None, state_test=True)
        environment = dict(self.block.environment, currentBaseFee="0x7")
        with ForkCache() as cache:
            tool = T8N(options, None, io.StringIO(json.dumps(dict(alloc=self.alloc, env=environment, txs=[]))), cache)
            tool.run_state_test()
            return raw(tool.result.to_json()["stateRoot"])

    def make(self, count):
        genesis = self.header(state=self.state_root())
        parent, entries, pre = genesis, [], self.alloc
        source = self.block.source
        self.valid = [self.encode(genesis, [], [])]
        for height in range(1, count + 1):
            transactions = self.block.transactions if height == 1 else [
                self.block.make_transaction() for _ in range(source.choice([0, 1, 2]))]
            environment = {k: v for k, v in self.block.environment.items() if k != "currentBaseFee"}
            environment.update(
                currentNumber=hex(height), currentTimestamp=hex(parent["time"] + 12),
                currentGasLimit=hex(parent["limit"]), blockHashes={hex(height - 1): "0x" + self.hash(parent).hex()},
                parentBaseFee=hex(parent["base"]), parentGasUsed=hex(parent["used"]),
                parentGasLimit=hex(parent["limit"]))
            if self.since("Cancun"):
                environment.update(parentExcessBlobGas=hex(parent["excess"]), parentBlobGasUsed=hex(parent["blob"]))
            while True:
                result, alloc, encoded = self.tool(environment, transactions)
                if not result["rejected"]:
                    break
                refused = {entry["index"] for entry in result["rejected"]}
                transactions = [t for i, t in enumerate(transactions) if i not in refused]
            if "blockException" in result:
                break
            fields = dict(
                parent=self.hash(parent), coinbase=raw(environment["currentCoinbase"]), state=raw(result["stateRoot"]),
                transactions=raw(result["txRoot"]), receipts=raw(result["receiptsRoot"]),
                bloom=raw(result["logsBloom"]), number=height, used=number(result["gasUsed"]),
                time=parent["time"] + 12, random=raw(environment["currentRandom"]),
                base=number(result["currentBaseFee"]), limit=parent["limit"])
            withdrawals = [
                [number(w["index"]), number(w["validatorIndex"]), raw(w["address"]), number(w["amount"])]
                for w in environment.get("withdrawals", [])]
            if self.since("Shanghai"):
                fields["withdrawals"] = raw(result["withdrawalsRoot"])
            if self.since("Cancun"):
                blobs = sum(len(t.get("blobVersionedHashes", [])) for t in transactions)
                fields.update(excess=number(result["currentExcessBlobGas"]), blob=131072 * blobs,
                              beacon=raw(environment["parentBeaconBlockRoot"]))
            if self.since("Prague"):
                fields["requests"] = raw(result["requestsHash"])
            header = self.header(**fields)
            good = self.encode(header, encoded, withdrawals)
            for name, bad in self.variants(header, encoded, withdrawals, source):
                if not self.accepts(bad, pre):
                    entries.append(dict(rlp="0x" + bad.hex(), expectException=f"BlockException: {name}"))
            assert self.accepts(good, pre), f"seed {self.seed}: the specification refuses its own block"
            entries.append(dict(rlp="0x" + good.hex(), blockHeader=dict(number=hex(height))))
            self.valid.append(good)
            parent, self.alloc = header, alloc
        return dict(
            network=self.fork, genesisRLP="0x" + self.valid[0].hex(), pre=pre, blocks=entries,
            lastblockhash="0x" + self.hash(parent).hex(), postState=self.alloc, config=dict(chainid="0x1"))

    def hash(self, header):
        return keccak(rlp_lite.encode(list(header.values())))

    def encode(self, header, transactions, withdrawals):
        items = [list(header.values()), transactions, []]
        return rlp_lite.encode(items + ([withdrawals] if self.since("Shanghai") else []))

    def variants(self, header, transactions, withdrawals, source):
        for name in source.sample(sorted(header), 6):
            value, changed = header[name], dict(header)
            if isinstance(value, int):
                changed[name] = max(0, value + source.choice([1, -1, 1000])) if value else 1
            elif name == "extra":
                changed[name] = bytes(33)
            else:
                place = source.randrange(len(value))
                changed[name] = value[:place] + bytes([value[place] ^ 1]) + value[place + 1:]
            yield name, self.encode(changed, transactions, withdrawals)
        if transactions:
            yield "a transaction less", self.encode(header, transactions[:-1], withdrawals)
            yield "a transaction twice", self.encode(header, transactions + transactions[-1:], withdrawals)
        if withdrawals:
            yield "a withdrawal less", self.encode(header, transactions, withdrawals[:-1])
        good = self.encode(header, transactions, withdrawals)
        yield "cut", good[:-1]

    def accepts(self, encoded, pre):
        """Whether the specification takes the block behind those that it has taken."""
        from ethereum_rlp import rlp
        from ethereum_types.numeric import U64
        from ethereum_spec_tools.evm_tools.loaders.fixture_loader import Load
        from ethereum_spec_tools.forks import Hardfork
        hardfork = next(f for f in Hardfork.discover() if f.short_name == self.fork.lower())
        state = Load(hardfork).json_to_state(copy.deepcopy(pre))
        chain = self.module.BlockChain(
            blocks=[rlp.decode_to(self.blocks.Block, self.valid[0])], state=state, chain_id=U64(1))
        try:
            for block in [*self.valid[1:], encoded]:
                self.module.state_transition(chain, rlp.decode_to(self.blocks.Block, block))
            return True
        except Exception:
            return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    tests = {}
    for seed in range(options.first, options.first + options.count):
        test = Chain(seed).make(1 + seed % 3)
        if test["blocks"]:
            tests[f"chain {seed}"] = test
    with open(options.file, "w") as file:
        json.dump(tests, file, separators=(",", ":"))
    blocks = [block for test in tests.values() for block in test["blocks"]]
    print(f"{len(tests)} chains, {len(blocks)} blocks, {sum('expectException' in b for b in blocks)} of them invalid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
