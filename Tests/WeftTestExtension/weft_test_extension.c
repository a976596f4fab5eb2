#include "weft_test_extension.h"

static weft_status twice(weft_call *call, const weft_operands *operands) {
  call->x[operands->rd] = call->x[operands->rs1] * 2;
  return WEFT_OK;
}

WEFT_HANDLER(plus) {
  WEFT_RD = WEFT_RS1 + WEFT_RS2;
  WEFT_RETIRE;
}

static weft_status step_exchange(weft_call *call, const weft_operands *operands) {
  uint32_t old;
  WEFT_TRY(weft_load32(call, call->x[operands->rs1], &old));
  WEFT_TRY(weft_store32(call, call->x[operands->rs1], old + call->x[operands->rs2]));
  call->x[operands->rd] = old;
  return WEFT_OK;
}

WEFT_HANDLER(exchange) {
  uint32_t address = WEFT_RS1;
  uint32_t old;
  if (!WEFT_LOAD32(address, &old)) WEFT_LEAVE;
  if (!WEFT_STORE32(address, old + WEFT_RS2)) WEFT_LEAVE;
  WEFT_RD = old;
  WEFT_RETIRE;
}

#define ALL (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)
static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_STEP("test.twice", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0),
                          WEFT_READS_RS1 | WEFT_WRITES_RD, 2, twice),
    WEFT_INSTRUCTION_HANDLER("test.plus", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 1), ALL, 3, plus),
    WEFT_INSTRUCTION_STEP("test.exchange", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 1, 0), ALL, 0,
                          step_exchange),
    WEFT_INSTRUCTION_HANDLER("test.exchange-fast", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 1, 1), ALL, 0,
                             exchange),
};
static const weft_extension extension = WEFT_EXTENSION("test", "1.0.0", "Apache-2.0", instructions);

const weft_extension *weft_test_extension(void) { return &extension; }
