#include "weft_test_extension.h"

#include <stdlib.h>

/* test.triple (0x0c): a word goes, three times its low limb comes. */
static weft_status triple(weft_evm_call *call) {
  call->outputs[0] = weft_evm_word(call->inputs[0].limb0 * 3);
  return WEFT_OK;
}

/* test.reverse (0x0d): 17 words go and come the other way round. */
static weft_status reverse(weft_evm_call *call) {
  for (int index = 0; index < 17; index++) call->outputs[index] = call->inputs[16 - index];
  return WEFT_OK;
}

/* test.invert (0x0e): offset and count; inverts the bytes there, 2 gas each; gives the sum of the bytes before. */
static weft_status invert(weft_evm_call *call) {
  uint64_t place, sum = 0, count = call->inputs[1].limb0;
  const uint8_t *bytes;
  WEFT_TRY(weft_evm_reach(call, &call->inputs[0], &call->inputs[1], &place));
  WEFT_TRY(weft_evm_charge(call, 2 * count));
  WEFT_TRY(weft_evm_view(call, place, count, &bytes));
  for (uint64_t index = 0; index < count; index++) sum += bytes[index];
  for (uint64_t index = 0; index < count; index++) {
    uint8_t byte;
    WEFT_TRY(weft_evm_load(call, place + index, &byte, 1));
    byte = (uint8_t)~byte;
    WEFT_TRY(weft_evm_store(call, place + index, &byte, 1));
  }
  call->outputs[0] = weft_evm_word(sum);
  return WEFT_OK;
}

/* test.add-to-slot (0x0f): slot and n; adds n to the slot and gives what was there. */
static weft_status add_to_slot(weft_evm_call *call) {
  weft_word value;
  WEFT_TRY(weft_evm_storage_load(call, &call->inputs[0], &value));
  call->outputs[0] = value;
  value.limb0 += call->inputs[1].limb0;
  return weft_evm_storage_store(call, &call->inputs[0], &value);
}

/* test.where (0x21): gives address, caller, value, and four numbers of the environment. */
static weft_status where(weft_evm_call *call) {
  weft_evm_environment here;
  WEFT_TRY(weft_evm_get_environment(call, &here));
  call->outputs[0] = here.address, call->outputs[1] = here.caller, call->outputs[2] = here.value;
  call->outputs[3] = weft_evm_word(here.program_counter | here.memory_size << 16 | here.call_data_size << 32);
  call->outputs[4] = weft_evm_word(here.return_data_size | (uint64_t)here.depth << 16 | (uint64_t)here.is_static << 32 |
                                   (uint64_t)here.fork << 48);
  call->outputs[5] = weft_evm_word(call->gas);
  return WEFT_OK;
}

/* test.data (0x22): an offset goes; eight bytes of call data and of return data from there on come. */
static weft_status data(weft_evm_call *call) {
  uint64_t offset = call->inputs[0].limb0, bytes[2];
  WEFT_TRY(weft_evm_call_data(call, offset, &bytes[0], 8));
  WEFT_TRY(weft_evm_return_data(call, offset, &bytes[1], 8));
  call->outputs[0] = weft_evm_word(bytes[0]), call->outputs[1] = weft_evm_word(bytes[1]);
  return WEFT_OK;
}

/* test.count (0x23): how often it was executed since the call from outside began. */
static weft_status count(weft_evm_call *call) {
  uint64_t *state = call->extension->state;
  call->outputs[0] = weft_evm_word(++*state);
  return WEFT_OK;
}

/* test.refund (0x24): a number of gas that is refunded. */
static weft_status refund(weft_evm_call *call) { return weft_evm_refund(call, (int64_t)call->inputs[0].limb0); }

/* test.halt (0x25): a reason; it goes on where that is none. */
static weft_status halt(weft_evm_call *call) {
  switch (call->inputs[0].limb0) {
    case WEFT_EVM_OUT_OF_GAS: case WEFT_EVM_UNDEFINED: case WEFT_EVM_STATIC: case WEFT_EVM_FAILED:
      return weft_evm_halt(call, (int32_t)call->inputs[0].limb0, "as it was told");
    default: return WEFT_OK;
  }
}

static weft_status init(weft_call *call) {
  call->state = calloc(1, sizeof(uint64_t));
  return call->state ? WEFT_OK : weft_fail(call, 1, "no memory");
}
static void teardown(weft_call *call) { free(call->state); }

/* test.sum (0xadd): a word of the sum of all bytes, 10 gas and 1 a byte; an empty input is refused. */
static uint64_t sum_gas(const uint8_t *input, size_t size, uint32_t fork) {
  (void)input;
  return 10 + size + (fork < WEFT_EVM_BERLIN ? 100 : 0);
}
static weft_status sum(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output) {
  uint8_t word[32] = {0};
  (void)fork;
  if (size == 0) return WEFT_FAILED;
  for (size_t index = 0; index < size; index++) word[31] = (uint8_t)(word[31] + input[index]);
  output->write(output, word, 31);
  output->write(output, word + 31, 1);
  return WEFT_OK;
}

static const weft_evm_instruction instructions[] = {
    {"test.triple", triple, 0x0c, 5, 1, 1, WEFT_EVM_FRONTIER, 0},
    {"test.reverse", reverse, 0x0d, 7, 17, 17, WEFT_EVM_FRONTIER, 0},
    {"test.invert", invert, 0x0e, 3, 2, 1, WEFT_EVM_FRONTIER, 0},
    {"test.add-to-slot", add_to_slot, 0x0f, 1, 2, 1, WEFT_EVM_FRONTIER, 0},
    {"test.where", where, 0x21, 2, 0, 6, WEFT_EVM_FRONTIER, 0},
    {"test.data", data, 0x22, 2, 1, 2, WEFT_EVM_FRONTIER, 0},
    {"test.count", count, 0x23, 2, 0, 1, WEFT_EVM_FRONTIER, 0},
    {"test.refund", refund, 0x24, 2, 1, 0, WEFT_EVM_FRONTIER, 0},
    {"test.halt", halt, 0x25, 2, 1, 0, WEFT_EVM_FRONTIER, 0},
    {"test.late", triple, 0x26, 2, 1, 1, WEFT_EVM_CANCUN, 0},
    {"test.hidden", triple, 0x27, 2, 1, 1, WEFT_EVM_NO_FORK, 0},
};
static const weft_evm_precompile precompiles[] = {
    {"test.sum", 0xadd, WEFT_EVM_BYZANTIUM, 0, sum_gas, sum},
    {"test.hidden-sum", 0xade, WEFT_EVM_NO_FORK, 0, sum_gas, sum},
};
static const weft_evm_change changes[] = {
    {WEFT_EVM_INSTRUCTION_ON, 0, 0x27, NULL, 0},   {WEFT_EVM_INSTRUCTION_ON, 0, 0x5f, NULL, 0},
    {WEFT_EVM_INSTRUCTION_OFF, 0, 0x20, NULL, 0},  {WEFT_EVM_INSTRUCTION_GAS, 0, 0x0c, NULL, 50},
    {WEFT_EVM_INSTRUCTION_GAS, 0, 0x01, NULL, 30}, {WEFT_EVM_PRECOMPILE_ON, 0, 0xade, NULL, 0},
    {WEFT_EVM_PRECOMPILE_OFF, 0, 4, NULL, 0},      {WEFT_EVM_SCHEDULE, 0, 0, "storageLoad", 7},
    {WEFT_EVM_SCHEDULE, 0, 0, "coldSlotExtra", 0},
};
static const weft_evm_fork forks[] = {{"testing", WEFT_EVM_LONDON, 0, changes, WEFT_COUNT(changes), 0}};
static const weft_evm_extension parts = {
    sizeof(weft_evm_extension), 0, instructions, precompiles, forks,
    WEFT_COUNT(instructions), WEFT_COUNT(precompiles), WEFT_COUNT(forks), WEFT_EVM_SIZES};

static const weft_extension extension = {
    sizeof(weft_extension), WEFT_ABI_VERSION, "test-evm", "1.0.0", "Apache-2.0", NULL, NULL, NULL, NULL, 0, 0, 0, 0,
    sizeof(weft_extension_instruction), 0, init, teardown, NULL, NULL, &parts};

const weft_extension *weft_test_evm_extension(void) { return &extension; }

/* ADD, which gives one more; the identity contract, which gives its input the other way round; Cancun, where TLOAD is
 * gone. */
static weft_status add(weft_evm_call *call) {
  call->outputs[0] = weft_evm_word(call->inputs[0].limb0 + call->inputs[1].limb0 + 1);
  return WEFT_OK;
}
static uint64_t mirror_gas(const uint8_t *input, size_t size, uint32_t fork) {
  (void)input, (void)size, (void)fork;
  return 1;
}
static weft_status mirror(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output) {
  (void)fork;
  for (size_t index = size; index > 0; index--) output->write(output, input + index - 1, 1);
  return WEFT_OK;
}
static const weft_evm_instruction replaced_instructions[] = {
    {"more.add", add, 0x01, 3, 2, 1, WEFT_EVM_FRONTIER, WEFT_EVM_REPLACES}};
static const weft_evm_precompile replaced_precompiles[] = {
    {"mirror", 4, WEFT_EVM_FRONTIER, WEFT_EVM_REPLACES, mirror_gas, mirror}};
static const weft_evm_change replaced_changes[] = {{WEFT_EVM_INSTRUCTION_OFF, 0, 0x5c, NULL, 0}};
static const weft_evm_fork replaced_forks[] = {{"cancun", WEFT_EVM_CANCUN, WEFT_EVM_REPLACES, replaced_changes, 1, 0}};
static const weft_evm_extension replacement_parts = {
    sizeof(weft_evm_extension), 0, replaced_instructions, replaced_precompiles, replaced_forks, 1, 1, 1, WEFT_EVM_SIZES};

static const weft_extension replacements = WEFT_EVM_ONLY("test-replacements", "1.0.0", "Apache-2.0", replacement_parts);

const weft_extension *weft_test_evm_replacements(void) { return &replacements; }
