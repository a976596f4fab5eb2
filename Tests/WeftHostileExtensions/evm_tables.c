/* Extensions for the EVM that load, with tables that break the rules. */
#include <weft_evm_extension.h>

#include "selected_case.h"

static weft_status step(weft_evm_call *call) {
  (void)call;
  return WEFT_OK;
}
static uint64_t price(const uint8_t *input, size_t size, uint32_t fork) {
  (void)input, (void)fork;
  return size;
}
static weft_status run(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output) {
  (void)input, (void)size, (void)fork, (void)output;
  return WEFT_OK;
}

static weft_evm_instruction instructions[] = {
    {"evm.first", step, 0x0c, 5, 1, 1, WEFT_EVM_FRONTIER, 0},
    {"evm.second", step, 0x0d, 5, 17, 17, WEFT_EVM_NO_FORK, 0},
};
static weft_evm_precompile precompiles[] = {
    {"evm.echo", 0xc0de, WEFT_EVM_FRONTIER, 0, price, run},
    {"evm.other", 0xc0df, WEFT_EVM_NO_FORK, 0, price, run},
};
static weft_evm_change changes[] = {
    {WEFT_EVM_INSTRUCTION_ON, 0, 0x0d, NULL, 0},
    {WEFT_EVM_SCHEDULE, 0, 0, "storeSet", 5000},
};
static weft_evm_fork forks[] = {
    {"evm-fork", WEFT_EVM_OSAKA, 0, changes, 2, 0},
    {"evm-other", WEFT_EVM_CANCUN, 0, NULL, 0, 0},
};
static weft_evm_extension parts = {sizeof(weft_evm_extension), 0, instructions, precompiles, forks, 2, 2, 2, WEFT_EVM_SIZES};
static weft_extension extension = WEFT_EVM_ONLY("table", "1.0.0", "Apache-2.0", parts);

#define RUBBISH ((void *)0x10000000)

static void spoil(void) {
  /* The head. */
  if (is("evm-of-an-older-header")) extension.struct_size = offsetof(weft_extension, evm), extension.evm = RUBBISH;
  if (is("evm-rubbish")) extension.evm = RUBBISH;
  if (is("evm-misaligned")) extension.evm = (void *)((char *)&parts + 4);
  if (is("evm-size-one-short")) parts.struct_size--;
  if (is("evm-size-larger")) parts.struct_size += 64;
  if (is("evm-counts")) parts.instruction_count = parts.precompile_count = parts.fork_count = ~0u;
  if (is("evm-tables-null")) parts.instructions = NULL, parts.precompiles = NULL, parts.forks = NULL;
  if (is("evm-tables-rubbish")) parts.instructions = RUBBISH, parts.precompiles = RUBBISH, parts.forks = RUBBISH;
  if (is("evm-tables-misaligned")) {
    parts.instructions = (void *)((char *)instructions + 1), parts.precompiles = (void *)((char *)precompiles + 1);
    parts.forks = (void *)((char *)forks + 1);
  }
  if (is("evm-entry-sizes")) {
    parts.instruction_size -= 8, parts.precompile_size = 0, parts.fork_size = 1 << 30, parts.change_size = 33;
  }
  if (is("evm-change-size")) parts.change_size = 33;
  /* Instructions. */
  if (is("evm-mnemonic-null")) instructions[0].mnemonic = NULL;
  if (is("evm-mnemonic-in-capitals")) instructions[0].mnemonic = "ADD";
  if (is("evm-mnemonics-equal")) instructions[1].mnemonic = instructions[0].mnemonic;
  if (is("evm-opcode-256")) instructions[0].opcode = 256;
  if (is("evm-opcode-push")) instructions[0].opcode = 0x60, instructions[1].opcode = 0x7f;
  if (is("evm-opcode-jumpdest")) instructions[0].opcode = 0x5b;
  if (is("evm-opcodes-equal")) instructions[1].opcode = instructions[0].opcode;
  if (is("evm-words-18")) instructions[0].inputs = 18, instructions[1].outputs = ~0u;
  if (is("evm-gas-4294967295")) instructions[0].gas = ~0u;
  if (is("evm-first-fork-17")) instructions[0].first_fork = 17, precompiles[0].first_fork = ~1u;
  if (is("evm-flags")) instructions[0].flags = 2, precompiles[0].flags = ~0u, forks[0].flags = 4;
  if (is("evm-without-code")) instructions[0].step = NULL, precompiles[0].gas = NULL, precompiles[1].run = NULL;
  if (is("evm-code-rubbish")) instructions[0].step = RUBBISH, precompiles[0].gas = RUBBISH, precompiles[1].run = RUBBISH;
  /* Contracts. */
  if (is("evm-address-0")) precompiles[0].address = 0;
  if (is("evm-addresses-equal")) precompiles[1].address = precompiles[0].address;
  if (is("evm-names-equal")) precompiles[1].name = precompiles[0].name;
  /* Forks. */
  if (is("evm-fork-name-null")) forks[0].name = NULL;
  if (is("evm-fork-in-capitals")) forks[0].name = "Mine";
  if (is("evm-forks-equal")) forks[1].name = forks[0].name;
  if (is("evm-fork-base-17")) forks[0].base = 17;
  if (is("evm-fork-of-the-mainnet")) forks[0].name = "osaka";
  if (is("evm-fork-replaces-nothing")) forks[0].flags = WEFT_EVM_REPLACES;
  if (is("evm-fork-replaces")) forks[0].name = "osaka", forks[0].flags = WEFT_EVM_REPLACES;
  if (is("evm-changes-null")) forks[0].changes = NULL;
  if (is("evm-changes-4294967295")) forks[0].change_count = ~0u;
  if (is("evm-change-kinds")) changes[0].kind = 0, changes[1].kind = 7;
  if (is("evm-change-opcode-256")) changes[0].subject = 256;
  if (is("evm-change-gas")) changes[0].kind = WEFT_EVM_INSTRUCTION_GAS, changes[0].value = ~0ull;
  if (is("evm-change-entry-null")) changes[1].entry = NULL;
  if (is("evm-change-entry-unknown")) changes[1].entry = "storeSett";
  if (is("evm-change-value-huge")) changes[1].value = ~0ull;
  if (is("evm-everything")) {
    extension.version = NULL, instructions[0].opcode = 256, instructions[0].inputs = 18, precompiles[0].address = 0;
    forks[0].base = 99, changes[1].entry = "nothing";
  }
}

WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  (void)host;
  spoil();
  return &extension;
}
