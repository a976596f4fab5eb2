/*
 * The EVM's side of the interface: two instructions, one of them on memory at a price that depends on its length; a
 * precompiled contract; and a fork, since no chain has them yet: they are there under the rules `checksums` alone.
 */
#include "checksums.h"

static uint64_t words_of(uint64_t bytes) { return bytes / 32 + (bytes % 32 != 0); }

/* polyhash: offset, count and point go, the bytes in memory as a polynomial at that point come. */
static weft_status polyhash(weft_evm_call *call) {
  const weft_word *offset = &call->inputs[0], *count = &call->inputs[1], *point = &call->inputs[2];
  uint64_t place;
  const uint8_t *bytes;
  WEFT_TRY(weft_evm_reach(call, offset, count, &place)); /* a count that is paid for fits 64 bits */
  WEFT_TRY(weft_evm_charge(call, 3 * words_of(count->limb0)));
  WEFT_TRY(weft_evm_view(call, place, count->limb0, &bytes));
  call->outputs[0] = weft_evm_word(checksums_polynomial(bytes, count->limb0, checksums_reduce(point)));
  return WEFT_OK;
}

/* popcount: a word goes, the number of its bits that are set comes. */
static weft_status popcount(weft_evm_call *call) {
  const weft_word *word = &call->inputs[0];
  const uint64_t limbs[4] = {word->limb0, word->limb1, word->limb2, word->limb3};
  uint64_t count = 0;
  for (int i = 0; i < 4; i++) {
    for (uint64_t rest = limbs[i]; rest != 0; rest &= rest - 1) count++;
  }
  call->outputs[0] = weft_evm_word(count);
  return WEFT_OK;
}

/* crc32: any bytes, and their checksum as a word. */
static uint64_t crc32_gas(const uint8_t *input, size_t size, uint32_t fork) {
  (void)input, (void)fork;
  return 30 + 2 * words_of(size);
}
static weft_status crc32(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output) {
  (void)fork;
  uint32_t crc = checksums_crc32(input, size);
  uint8_t word[32] = {0};
  for (int i = 0; i < 4; i++) word[31 - i] = (uint8_t)(crc >> 8 * i);
  output->write(output, word, sizeof word);
  return WEFT_OK;
}

enum { POLYHASH = 0x21, POPCOUNT = 0x22, CRC32 = 0xc32 };

static const weft_evm_instruction instructions[] = {
    {"polyhash", polyhash, POLYHASH, 15, 3, 1, WEFT_EVM_NO_FORK, 0},
    {"popcount", popcount, POPCOUNT, 5, 1, 1, WEFT_EVM_NO_FORK, 0},
};
static const weft_evm_precompile precompiles[] = {
    {"crc32", CRC32, WEFT_EVM_NO_FORK, 0, crc32_gas, crc32},
};
/* Osaka with all of it, where a new slot of storage costs a quarter. */
static const weft_evm_change changes[] = {
    {WEFT_EVM_INSTRUCTION_ON, 0, POLYHASH, NULL, 0},
    {WEFT_EVM_INSTRUCTION_ON, 0, POPCOUNT, NULL, 0},
    {WEFT_EVM_PRECOMPILE_ON, 0, CRC32, NULL, 0},
    {WEFT_EVM_SCHEDULE, 0, 0, "storeSet", 5000},
};
static const weft_evm_fork forks[] = {
    {"checksums", WEFT_EVM_OSAKA, 0, changes, WEFT_COUNT(changes), 0},
};

static const weft_evm_extension parts = {
    sizeof(weft_evm_extension), 0, instructions, precompiles, forks,
    WEFT_COUNT(instructions), WEFT_COUNT(precompiles), WEFT_COUNT(forks), WEFT_EVM_SIZES};

static const weft_extension extension = WEFT_EVM_ONLY("checksums", "1.0.0", "Apache-2.0", parts);

const weft_extension *weft_checksums_extension(void) { return &extension; }
