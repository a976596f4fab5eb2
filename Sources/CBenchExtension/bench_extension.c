#include "bench_extension.h"

/* rd = rs1 - rs2, as `sub`. */
WEFT_HANDLER(handler_sub) {
  WEFT_RD = WEFT_RS1 - WEFT_RS2;
  WEFT_RETIRE;
}
static weft_status step_sub(weft_call *call, const weft_operands *operands) {
  call->x[operands->rd] = call->x[operands->rs1] - call->x[operands->rs2];
  return WEFT_OK;
}

/* rd = the halfword at rs1 + immediate, as `lhu`. */
WEFT_HANDLER(handler_load) {
  uint16_t value;
  if (!WEFT_LOAD16(WEFT_RS1 + (uint32_t)WEFT_IMMEDIATE, &value)) WEFT_LEAVE;
  WEFT_RD = value;
  WEFT_RETIRE;
}
static weft_status step_load(weft_call *call, const weft_operands *operands) {
  uint16_t value;
  WEFT_TRY(weft_load16(call, call->x[operands->rs1] + (uint32_t)operands->immediate, &value));
  call->x[operands->rd] = value;
  return WEFT_OK;
}

#define REGISTERS (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)
static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_HANDLER("bench.handler-sub", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0), REGISTERS, 3,
                             handler_sub),
    WEFT_INSTRUCTION_STEP("bench.step-sub", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 1), REGISTERS, 3,
                          step_sub),
    WEFT_INSTRUCTION_HANDLER("bench.handler-load", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_1, 1),
                             WEFT_READS_RS1 | WEFT_WRITES_RD, 0, handler_load),
    WEFT_INSTRUCTION_STEP("bench.step-load", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_1, 2),
                          WEFT_READS_RS1 | WEFT_WRITES_RD, 0, step_load),
};
/* The sum of two words, as ADD. */
static weft_status evm_add(weft_evm_call *call) {
  const weft_word *a = &call->inputs[0], *b = &call->inputs[1];
  weft_word *sum = &call->outputs[0];
  unsigned carry = __builtin_add_overflow(a->limb0, b->limb0, &sum->limb0);
  unsigned next = __builtin_add_overflow(a->limb1, b->limb1, &sum->limb1);
  carry = next | __builtin_add_overflow(sum->limb1, carry, &sum->limb1);
  next = __builtin_add_overflow(a->limb2, b->limb2, &sum->limb2);
  carry = next | __builtin_add_overflow(sum->limb2, carry, &sum->limb2);
  sum->limb3 = a->limb3 + b->limb3 + carry;
  return WEFT_OK;
}

static const weft_evm_instruction evm_instructions[] = {
    {"bench.evm-add", evm_add, 0x0c, 3, 2, 1, WEFT_EVM_FRONTIER, 0},
};
static const weft_evm_extension evm = {
    sizeof(weft_evm_extension), 0, evm_instructions, NULL, NULL, WEFT_COUNT(evm_instructions), 0, 0, WEFT_EVM_SIZES};

static const weft_extension extension = {
    sizeof(weft_extension), WEFT_ABI_VERSION, "bench", "1.0.0", "Apache-2.0", instructions, NULL, NULL, NULL,
    WEFT_COUNT(instructions), 0, 0, 0, sizeof(weft_extension_instruction), 0, NULL, NULL, NULL, NULL, &evm};

const weft_extension *weft_bench_extension(void) { return &extension; }

uint32_t weft_bench_mix(uint32_t a, uint32_t b) { return (a ^ b) * 0x9e3779b1u; }

float weft_bench_mix_float(float a, float b) { return a * 0.5f + b; }
