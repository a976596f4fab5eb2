"""Calls on the executable specification (package ethereum-execution 2.20.0), any fork.

A call is what `weft evm call` makes: no transaction, no intrinsic gas, no fee. It begins with cold storage and
ends with the removal of destroyed accounts; the state stays for the next one. A creation takes its address from the
caller's nonce and leaves that as it is.
"""
import importlib

from ethereum.crypto.hash import keccak256
from ethereum_rlp import rlp
from ethereum_types.bytes import Bytes, Bytes0, Bytes20, Bytes32
from ethereum_types.numeric import U64, U256, Uint


def address(text):
    return Bytes20(bytes.fromhex(text[2:].rjust(40, "0")))


def word(text):
    return U256(int(text, 16))


def record(kind, **fields):
    """A record of a fork, made from those of the fields that it has there."""
    return kind(**{name: value for name, value in fields.items() if name in kind.__dataclass_fields__})


class Eels:
    """A state, and the block that calls are in."""

    # What contracts of curves have answered. In Python that takes up to seconds.
    answers = {}
    CURVES = (6, 7, 8, *range(0xa, 0x12), 0x100)

    def __init__(self, fork="cancun", coinbase="0x" + "00" * 20, number=1, timestamp=1, gas_limit=30_000_000,
                 base_fee=0, random=0):
        self.fork = fork
        module = self.module
        self.state_module = module("state")
        self.types = module("fork_types")
        self.vm = module("vm")
        self.interpreter = module("vm.interpreter")
        self.exceptions = module("vm.exceptions")
        self.precompiles = module("vm.precompiled_contracts.mapping").PRE_COMPILED_CONTRACTS
        self.gas = module("vm.gas")
        self.state = self.state_module.State()
        self._guard_modexp()
        self._remember_curves()
        self.addresses = {}
        self.block = record(
            self.vm.BlockEnvironment, chain_id=U64(1), difficulty=Uint(random), state=self.state, block_gas_limit=Uint(gas_limit), block_hashes=[],
            coinbase=address(coinbase), number=Uint(number), base_fee_per_gas=Uint(base_fee), time=U256(timestamp),
            prev_randao=Bytes32(random.to_bytes(32, "big")), excess_blob_gas=U64(0),
            parent_beacon_block_root=Bytes32(bytes(32)))

    def module(self, name):
        """A module of the fork."""
        return importlib.import_module(f"ethereum.forks.{self.fork}.{name}")

    def _guard_modexp(self):
        """Lengths whose sum has more than 256 bits end the specification's Python; their price is beyond any gas."""
        five = address("0x5")
        modexp = self.precompiles.get(five)
        if modexp is None or getattr(modexp, "is_guarded", False):
            return

        def guarded(evm):
            try:
                modexp(evm)
            except OverflowError:
                raise self.exceptions.OutOfGasError from None
        guarded.is_guarded = True
        self.precompiles[five] = guarded

    def _remember_curves(self):
        """The contracts of curves answer what they have been asked before without computing it again."""
        for number in self.CURVES:
            target = number.to_bytes(20, "big")
            contract = self.precompiles.get(target)
            if contract is not None and not hasattr(contract, "remembers"):
                self.precompiles[Bytes20(target)] = self._remembering(contract, number)

    def _remembering(self, contract, number):
        def remembering(evm):
            key = self.fork, number, bytes(evm.message.data)
            if key not in Eels.answers:
                before = evm.gas_left
                try:
                    contract(evm)
                except self.exceptions.OutOfGasError:
                    raise
                except self.exceptions.ExceptionalHalt as error:
                    Eels.answers[key] = error, None, None
                    raise
                Eels.answers[key] = None, before - evm.gas_left, evm.output
                return
            error, gas, output = Eels.answers[key]
            if error:
                raise error
            self.gas.charge_gas(evm, gas)
            evm.output = output
        remembering.remembers = True
        return remembering

    def add_instruction(self, opcode, carry_out):
        """Gives the fork an instruction that it does not have; `carry_out(evm)` does all but the step to the next."""
        known = self.interpreter.Ops

        class Opcodes:
            def __call__(self, byte):
                return f"extension {opcode:#x}" if byte == opcode else known(byte)

            def __getattr__(self, name):
                return getattr(known, name)

        def implementation(evm):
            carry_out(evm)
            evm.pc += Uint(1)
        self.interpreter.Ops = Opcodes()
        self.interpreter.op_implementation[f"extension {opcode:#x}"] = implementation

    def add_precompile(self, number, carry_out):
        self.precompiles[Bytes20(number.to_bytes(20, "big"))] = carry_out

    def set_account(self, text, nonce=0, balance=0, code=b"", storage=()):
        target = address(text)
        self.state_module.set_account(
            self.state, target, self.types.Account(nonce=Uint(nonce), balance=U256(balance), code=Bytes(code)))
        for key, value in dict(storage).items():
            self.state_module.set_storage(
                self.state, target, Bytes32(key.to_bytes(32, "big")), U256(value))

    def call(self, sender, to, data=b"", value=0, gas=1_000_000):
        """Calls an account, or creates one where `to` is None."""
        caller = address(sender)
        created = None
        if to is None:
            nonce = self.state_module.get_account(self.state, caller).nonce
            target = Bytes20(keccak256(rlp.encode([caller, nonce]))[-20:])
            created, code, data, code_address = target, Bytes(data), b"", None
        else:
            target = address(to)
            code, code_address = self.state_module.get_account(self.state, target).code, target
        transaction = record(
            self.vm.TransactionEnvironment, origin=caller, gas_price=getattr(self.block, "base_fee_per_gas", Uint(0)),
            gas=Uint(gas), access_list_addresses=set(), access_list_storage_keys=set(),
            transient_storage=getattr(self.state_module, "TransientStorage", lambda: None)(),
            blob_versioned_hashes=(), authorizations=(), index_in_block=Uint(0), tx_hash=None)
        warm = {caller, target, self.block.coinbase, *self.precompiles}
        message = record(
            self.vm.Message, block_env=self.block, tx_env=transaction, caller=caller,
            target=Bytes0() if to is None else target, current_target=target, gas=Uint(gas), value=U256(value),
            data=Bytes(data), code_address=code_address, code=code, depth=Uint(0), should_transfer_value=True,
            is_static=False, accessed_addresses=warm, accessed_storage_keys=set(), disable_precompiles=False,
            parent_evm=None)
        state = self.state_module
        if to is None and (state.account_has_code_or_nonce(self.state, target)
                           or state.account_has_storage(self.state, target)):
            return dict(status="halt", gasUsed=gas, gasRefund=0, returnData="0x", logs=[])
        process = self.interpreter.process_create_message if to is None else self.interpreter.process_message
        evm = process(message)
        status = "success"
        if evm.error:
            status = "revert" if isinstance(evm.error, getattr(self.exceptions, "Revert", ())) else "halt"
        else:
            for gone in evm.accounts_to_delete:
                state.destroy_account(self.state, gone)
            if hasattr(evm, "touched_accounts"):
                state.destroy_touched_empty_accounts(self.state, {*evm.touched_accounts, target})
        result = dict(
            status=status, gasUsed=gas - int(evm.gas_left),
            gasRefund=0 if evm.error else int(evm.refund_counter),
            # New code is part of the state; before Byzantium code that was not paid for stays here, unseen.
            returnData="0x" + (b"" if created and status != "revert" else bytes(evm.output)).hex(),
            logs=[] if evm.error else [
                dict(address="0x" + log.address.hex(), topics=["0x" + topic.hex() for topic in log.topics],
                     data="0x" + log.data.hex()) for log in evm.logs])
        if created and not evm.error:
            result["created"] = "0x" + created.hex()
        return result

    def accounts(self):
        """The state, account by account, in the form of the official tests."""
        result = {}
        for key in sorted(self.state._main_trie._data):
            account = self.state_module.get_account_optional(self.state, key)
            if account is None:
                continue
            trie = self.state._storage_tries.get(key)
            storage = {} if trie is None else {
                hex(int.from_bytes(slot, "big")): hex(int(value)) for slot, value in sorted(trie._data.items())}
            result["0x" + key.hex()] = dict(
                nonce=hex(int(account.nonce)), balance=hex(int(account.balance)), code="0x" + account.code.hex(),
                storage=storage)
        return result
