/*
 * Vectors: a register file of the extension's own, in an address space of its own. Custom memory in three steps:
 *
 *  1. The space is declared in `spaces`, here with blocks of 32 cells: one access, one tick, moves a whole vector.
 *  2. Instructions reach it by `weft_space_load` and `weft_space_store`. In fast runs that is a copy in place; in
 *     recorded runs the host logs it with the time, and the memory argument covers it like the machine's own memory.
 *  3. It starts as zeros, and snapshots contain it: nothing more is to be done for that.
 *
 * The words name vector registers where others name x registers: no x register is read for them.
 *
 * The rounding of `average` is state of another kind, in `call->state`: the host knows nothing of it, so `save` and
 * `restore` carry it through snapshots. No chip would see it either, and an instruction that is to be proven had
 * better keep its mode in a space.
 */
#include "vectors.h"

#include <stdlib.h>

enum { REGISTERS = 0 }; /* index in `spaces` */

typedef struct {
  uint32_t rounding;
} vectors_state;

static uint32_t rounding_of(const weft_call *call) { return ((const vectors_state *)call->state)->rounding; }

static weft_status load_vector(weft_call *call, uint32_t index, void *vector) {
  return weft_space_load(call, REGISTERS, index * VECTOR_BYTES, vector, VECTOR_BYTES);
}

static weft_status store_vector(weft_call *call, uint32_t index, const void *vector) {
  return weft_space_store(call, REGISTERS, index * VECTOR_BYTES, vector, VECTOR_BYTES);
}

/* ------------------------------------------------------------------------------------------ instructions */

static weft_status load(weft_call *call, const weft_operands *operands) {
  uint8_t vector[VECTOR_BYTES];
  WEFT_TRY(weft_load256(call, call->x[operands->rs1] + (uint32_t)operands->immediate, vector));
  return store_vector(call, operands->source_rd, vector);
}

static weft_status store(weft_call *call, const weft_operands *operands) {
  uint8_t vector[VECTOR_BYTES];
  WEFT_TRY(load_vector(call, operands->rs2, vector));
  return weft_store256(call, call->x[operands->rs1] + (uint32_t)operands->immediate, vector);
}

#define LANE uint8_t
#define NAME(operation) operation##_8
#include "lanes.h"
#undef LANE
#undef NAME
#define LANE uint16_t
#define NAME(operation) operation##_16
#include "lanes.h"
#undef LANE
#undef NAME
#define LANE uint32_t
#define NAME(operation) operation##_32
#include "lanes.h"
#undef LANE
#undef NAME

#define ON_WORDS(operation, expression)                                              \
  static weft_status operation(weft_call *call, const weft_operands *operands) {     \
    uint64_t first[VECTOR_BYTES / 8], second[VECTOR_BYTES / 8];                      \
    WEFT_TRY(load_vector(call, operands->rs1, first));                               \
    WEFT_TRY(load_vector(call, operands->rs2, second));                              \
    for (int word = 0; word < VECTOR_BYTES / 8; word++) {                            \
      const uint64_t a = first[word], b = second[word];                              \
      first[word] = expression;                                                      \
    }                                                                                \
    return store_vector(call, operands->source_rd, first);                           \
  }

ON_WORDS(bitwise_xor, a ^ b)
ON_WORDS(bitwise_and, a & b)
ON_WORDS(bitwise_or, a | b)

/* One tick for each block: two are read, one is written. */
#define ON_VECTORS(mnemonic, funct3, funct7, step) \
  WEFT_INSTRUCTION_STEP(mnemonic, WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, funct3, funct7), 0, 3, step)
#define TO_SCALAR(mnemonic, funct3, funct7, step)                                                          \
  WEFT_INSTRUCTION_STEP(mnemonic, WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, funct3, funct7), WEFT_WRITES_RD, \
                        2, step)
#define FROM_SCALAR(mnemonic, funct3, funct7, step)                                                        \
  WEFT_INSTRUCTION_STEP(mnemonic, WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, funct3, funct7), WEFT_READS_RS1, \
                        2, step)
#define LANES(width, funct3)                                                        \
  ON_VECTORS("vectors.add." #width, funct3, 0, add_##width),                        \
      ON_VECTORS("vectors.subtract." #width, funct3, 1, subtract_##width),          \
      ON_VECTORS("vectors.equal." #width, funct3, 2, equal_##width),                \
      ON_VECTORS("vectors.less." #width, funct3, 3, less_##width),                  \
      ON_VECTORS("vectors.average." #width, funct3, 4, average_##width),            \
      TO_SCALAR("vectors.sum." #width, funct3, 8, sum_##width),                     \
      FROM_SCALAR("vectors.spread." #width, funct3, 9, spread_##width)

static const weft_extension_instruction instructions[] = {
    /* Eight words of guest memory, nine where the address is no multiple of four: the time depends on it. */
    WEFT_INSTRUCTION_STEP("vectors.load", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_2, 0), WEFT_READS_RS1, 0, load),
    WEFT_INSTRUCTION_STEP("vectors.store", WEFT_FORM_S, WEFT_ENCODE_I(WEFT_CUSTOM_2, 1), WEFT_READS_RS1, 0, store),
    LANES(8, 2),
    LANES(16, 3),
    LANES(32, 4),
    ON_VECTORS("vectors.xor", 5, 0, bitwise_xor),
    ON_VECTORS("vectors.and", 5, 1, bitwise_and),
    ON_VECTORS("vectors.or", 5, 2, bitwise_or),
};

/* ------------------------------------------------------------------------------------------ requests */

/* Phantom: writes the vector with the number in the first register to the output, lowest byte first. */
static weft_status print(weft_call *call, uint32_t index, uint32_t unused) {
  static const char digits[] = "0123456789abcdef";
  uint8_t vector[VECTOR_BYTES];
  char text[2 * VECTOR_BYTES + 1];
  (void)unused;
  if (index >= VECTOR_COUNT) return weft_fail(call, 1, "vectors.print: there are 32 vectors");
  WEFT_TRY(load_vector(call, index, vector));
  for (int byte = 0; byte < VECTOR_BYTES; byte++) {
    text[2 * byte] = digits[vector[byte] >> 4];
    text[2 * byte + 1] = digits[vector[byte] & 15];
  }
  text[2 * VECTOR_BYTES] = '\n';
  return weft_write_output(call, text, sizeof text);
}

/* Call: sets the rounding of averages, gives the one before; -22 (EINVAL) for one that there is not. */
static weft_status set_rounding(weft_call *call, const uint32_t arguments[6], weft_call_result *result) {
  vectors_state *state = call->state;
  if (arguments[0] > VECTORS_ROUND_UP) {
    result->value = (uint32_t)-22;
    return WEFT_OK;
  }
  result->value = state->rounding;
  state->rounding = arguments[0];
  return WEFT_OK;
}

static const weft_extension_phantom phantoms[] = {{"vectors.print", VECTORS_PRINT, 0, print}};
static const weft_extension_call calls[] = {{"vectors.rounding", VECTORS_ROUNDING, 0, set_rounding}};
static const weft_extension_space spaces[] = {
    {"vectors", WEFT_CELL_BYTE, VECTOR_BYTES, VECTOR_COUNT * VECTOR_BYTES},
};

/* ------------------------------------------------------------------------------------------ life cycle */

static weft_status begin(weft_call *call) {
  call->state = calloc(1, sizeof(vectors_state));
  return call->state != NULL ? WEFT_OK : weft_fail(call, 1, "vectors: the host is out of memory");
}

static void end(weft_call *call) { free(call->state); }

static weft_status save(weft_call *call, weft_writer *writer) {
  writer->write(writer, call->state, sizeof(vectors_state));
  return WEFT_OK;
}

static weft_status restore(weft_call *call, const void *bytes, size_t count) {
  vectors_state state;
  if (count != sizeof state) return weft_fail(call, 2, "vectors: saved state of another size");
  memcpy(&state, bytes, sizeof state);
  if (state.rounding > VECTORS_ROUND_UP) return weft_fail(call, 3, "vectors: saved state with an unknown rounding");
  memcpy(call->state, &state, sizeof state);
  return WEFT_OK;
}

static const weft_extension extension = {
    .struct_size = sizeof(weft_extension),
    .abi_version = WEFT_ABI_VERSION,
    .name = "vectors",
    .version = "1.0.0",
    .license = "Apache-2.0",
    .instructions = instructions,
    .phantoms = phantoms,
    .calls = calls,
    .spaces = spaces,
    .instruction_count = WEFT_COUNT(instructions),
    .phantom_count = WEFT_COUNT(phantoms),
    .call_count = WEFT_COUNT(calls),
    .space_count = WEFT_COUNT(spaces),
    .instruction_size = sizeof(weft_extension_instruction),
    .init = begin,
    .teardown = end,
    .save = save,
    .restore = restore,
};

const weft_extension *weft_vectors_extension(void) { return &extension; }
