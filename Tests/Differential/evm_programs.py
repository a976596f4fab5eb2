#!/usr/bin/env python3
"""Writes programs/evm/*/expected.json: what each program is called with, and what the executable specification says
comes out.

    python3 -m venv v && v/bin/pip install ethereum-execution==2.20.0
    v/bin/python3 Tests/Differential/evm_programs.py [--check]
"""
import json
import pathlib
import sys

import zlib

from eth_hash.auto import keccak
from ethereum_types.bytes import Bytes
from ethereum_types.numeric import U256, Uint

from eels import Eels

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "programs/evm"
OWNER, USER, OTHER = ("0x" + digits * 20 for digits in ("a1", "b2", "c3"))
OUTER, MIDDLE, INNER = ("0x" + "00" * 18 + f"{index:04x}" for index in range(0x1001, 0x1004))


def words(*values):
    return b"".join((value if isinstance(value, int) else int(value, 16)).to_bytes(32, "big")
                    if not isinstance(value, bytes) else value for value in values)


def signed(value):
    return value % 2**256


def selector(signature):
    return keccak(signature.encode())[:4]


def abi(signature, *values):
    return selector(signature) + words(*values)


def padded(data):
    return data + bytes(-len(data) % 32)


class Scenario:
    """A program's accounts and calls."""

    def __init__(self, name, fork="Cancun", base=None):
        self.name, self.fork = name, fork
        self.eels = Eels((base or fork).lower())
        self.accounts, self.calls = {}, []
        for sender in (OWNER, USER, OTHER):
            self.account(sender, balance=10**18)

    def account(self, address, balance=0, nonce=0, code=None):
        """An account with the code of a file of the program."""
        self.accounts[address] = dict(balance=hex(balance), nonce=hex(nonce))
        data = b""
        if code:
            self.accounts[address]["code"] = code
            data = self.code(code)
        self.eels.set_account(address, nonce=nonce, balance=balance, code=data)

    def code(self, file):
        return bytes.fromhex((FOLDER / self.name / file).read_text().strip()[2:])

    def call(self, title, sender, to, data=b"", value=0, gas=1_000_000, file=None):
        """One call; `file` names code that goes in front of the data, as creations have it."""
        call = {"name": title, "from": sender, "gas": gas}
        if to:
            call["to"] = to
        if file:
            call["code"] = file
        call["data"] = "0x" + data.hex()
        if value:
            call["value"] = hex(value)
        result = self.eels.call(sender, to, (self.code(file) if file else b"") + data, value, gas)
        self.calls.append(call | result)
        return result

    def text(self):
        state = self.eels.accounts()
        for account in state.values():
            code = account.pop("code")
            if code != "0x":
                account["codeHash"] = "0x" + keccak(bytes.fromhex(code[2:])).hex()
        content = dict(fork=self.fork, accounts=self.accounts, calls=self.calls, state=state)
        return json.dumps(content, indent=1) + "\n"


def nested():
    scenario = Scenario("nested")
    for address, code in ((OUTER, "outer.hex"), (MIDDLE, "middle.hex"), (INNER, "inner.hex")):
        scenario.account(address, nonce=1, code=code)
    scenario.call("three levels", USER, OUTER, words(MIDDLE, INNER))
    scenario.call("three levels again, other storage", USER, OUTER, words(MIDDLE, INNER))
    scenario.call("too little gas for the third", USER, OUTER, words(MIDDLE, INNER), gas=18_000)
    scenario.call("the middle one alone, reverting", USER, MIDDLE, words(6, 1, INNER))
    return scenario


def token():
    scenario = Scenario("token")
    token = scenario.call("creation", OWNER, None, words(10**24), gas=3_000_000, file="token.hex")["created"]
    scenario.call("name", USER, token, abi("name()"))
    scenario.call("supply", USER, token, abi("totalSupply()"))
    scenario.call("transfer", OWNER, token, abi("transfer(address,uint256)", USER, 5 * 10**20))
    scenario.call("transfer of too much", USER, token, abi("transfer(address,uint256)", OTHER, 10**24))
    scenario.call("transfer to nobody", USER, token, abi("transfer(address,uint256)", 0, 1))
    scenario.call("approval", USER, token, abi("approve(address,uint256)", OTHER, 3 * 10**20))
    scenario.call("transfer on behalf", OTHER, token, abi("transferFrom(address,address,uint256)", USER, OTHER, 2 * 10**20))
    scenario.call("beyond the allowance", OTHER, token, abi("transferFrom(address,address,uint256)", USER, OTHER, 2 * 10**20))
    scenario.call("allowance", OTHER, token, abi("allowance(address,address)", USER, OTHER))
    scenario.call("minting by somebody", USER, token, abi("mint(address,uint256)", USER, 1))
    scenario.call("minting by the owner", OWNER, token, abi("mint(address,uint256)", OTHER, 7))
    receivers = [0x5000 + index for index in range(40)]
    scenario.call("to many", OWNER, token, abi("spread(address[],uint256)", 64, 10**18, len(receivers), *receivers), gas=3_000_000)
    scenario.call("burning", OTHER, token, abi("burn(uint256)", 2 * 10**20 + 7))
    scenario.call("value is refused", OTHER, token, abi("burn(uint256)", 0), value=1)
    scenario.call("no such function", OTHER, token, b"\x01\x02\x03\x04")
    return scenario


def factory():
    scenario = Scenario("factory")
    made = scenario.call("creation of the factory", OWNER, None, gas=3_000_000, file="factory.hex")["created"]
    code = scenario.code("counter.hex")
    arguments = words(64, 0x5a17, len(code), padded(code))
    predicted = scenario.call("prediction", USER, made, selector("predict(bytes,bytes32)") + arguments)["returnData"]
    created = scenario.call("CREATE2", USER, made, selector("deploy(bytes,bytes32)") + arguments)["returnData"]
    assert predicted == created != "0x"
    counter = "0x" + created[-40:]
    scenario.call("first count", USER, counter)
    scenario.call("second count", USER, counter)
    scenario.call("the address is taken", USER, made, selector("deploy(bytes,bytes32)") + arguments)
    clone = "0x" + scenario.call("proxy", USER, made, abi("clone(address,bytes32)", counter, 1))["returnData"][-40:]
    scenario.call("the proxy counts for itself", USER, clone)
    scenario.call("destroying it moves its balance only", USER, counter, b"\x01", value=5)
    scenario.call("it still counts", USER, counter)
    broken = b"\x60\x01\x60\x02\xfd"
    scenario.call("init code that reverts", USER, made,
                  selector("deploy(bytes,bytes32)") + words(64, 0, len(broken), padded(broken)))
    reserved = bytes.fromhex("60ef60005360016000f3")
    scenario.call("code that begins with ef", USER, made,
                  selector("deploy(bytes,bytes32)") + words(64, 0, len(reserved), padded(reserved)))
    scenario.call("how many", USER, made, abi("count()"))
    return scenario


def ledger():
    scenario = Scenario("ledger")
    made = scenario.call("creation", OWNER, None, gas=3_000_000, file="ledger.hex")["created"]
    scenario.call("booking", USER, made, abi("book(address,address,int128)", USER, OTHER, 1000))
    scenario.call("booking back", USER, made, abi("book(address,address,int128)", OTHER, USER, 250))
    scenario.call("no amount", USER, made, abi("book(address,address,int128)", OTHER, USER, 0))
    scenario.call("negative amount", USER, made, abi("book(address,address,int128)", OTHER, USER, signed(-5)))
    scenario.call("many accounts", USER, made, abi("fill(uint256,int128)", 30, 100), gas=30_000_000)
    scenario.call("interest", USER, made, abi("interest(int128)", 7), gas=30_000_000)
    scenario.call("interest out of gas", USER, made, abi("interest(int128)", 9), gas=400_000)
    scenario.call("last entry", USER, made, abi("last(address)", OTHER))
    scenario.call("no entry", USER, made, abi("last(address)", 1))
    scenario.call("total", USER, made, abi("total()"))
    scenario.call("bookings", USER, made, abi("bookings()"))
    scenario.call("checksum", USER, made, abi("checksum()"))
    return scenario


def checksums():
    """The extension `checksums` and its fork, written down for the specification."""
    scenario = Scenario("checksums", "checksums", base="Osaka")
    eels = scenario.eels
    stack, memory = eels.module("vm.stack"), eels.module("vm.memory")
    prime = 2**61 - 1

    def polyhash(evm):
        offset, count, point = (stack.pop(evm.stack) for _ in range(3))
        growth = eels.gas.calculate_gas_extend_memory(evm.memory, [(offset, count)])
        words = (int(count) + 31) // 32
        eels.gas.charge_gas(evm, Uint(15 + 3 * words) + growth.cost)
        evm.memory += b"\x00" * growth.expand_by
        value = 0
        for byte in memory.memory_read_bytes(evm.memory, offset, count):
            value = (value * int(point) + byte) % prime
        stack.push(evm.stack, U256(value))

    def popcount(evm):
        word = stack.pop(evm.stack)
        eels.gas.charge_gas(evm, Uint(5))
        stack.push(evm.stack, U256(int(word).bit_count()))

    def crc32(evm):
        data = bytes(evm.message.data)
        eels.gas.charge_gas(evm, Uint(30 + 2 * ((len(data) + 31) // 32)))
        evm.output = Bytes(words(zlib.crc32(data)))
    eels.add_instruction(0x21, polyhash)
    eels.add_instruction(0x22, popcount)
    eels.add_precompile(0xc32, crc32)
    eels.module("vm.instructions.storage").GAS_STORAGE_SET = Uint(5000)

    scenario.account(OUTER, nonce=1, code="checksums.hex")
    for size in (0, 1, 31, 32, 33, 100, 1000):
        scenario.call(f"{size} bytes", USER, OUTER, bytes((7 * index + 3) % 256 for index in range(size)))
    scenario.call("nine digits, whose CRC-32 is known", USER, OUTER, b"123456789")
    scenario.call("too little gas", USER, OUTER, bytes(100), gas=11_000)
    return scenario


if __name__ == "__main__":
    status = 0
    for build in (nested, token, factory, ledger, checksums):
        scenario = build()
        path, text = FOLDER / scenario.name / "expected.json", scenario.text()
        if "--check" in sys.argv:
            same = path.exists() and path.read_text() == text
            print("same" if same else "DIFFERS", path.relative_to(FOLDER))
            status |= not same
        else:
            path.write_text(text)
            for call in scenario.calls:
                print(f"{scenario.name}: {call['name']}: {call['status']}, {call['gasUsed']} gas, {len(call['logs'])} logs,"
                      f" {call['returnData'][:66]}")
    sys.exit(status)
