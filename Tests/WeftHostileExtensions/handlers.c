/* Full handlers, some of which do not jump where they should. */
#include <weft_extension.h>

WEFT_HANDLER(plus) {
  WEFT_RD = WEFT_RS1 + WEFT_RS2;
  WEFT_RETIRE;
}
WEFT_HANDLER(exchange) {
  uint32_t address = WEFT_RS1, old;
  if (!WEFT_LOAD32(address, &old)) WEFT_LEAVE;
  if (!WEFT_STORE32(address, old + WEFT_RS2)) WEFT_LEAVE;
  WEFT_RD = old;
  WEFT_RETIRE;
}
WEFT_HANDLER(exchange_bytes) {
  uint8_t bytes[2];
  uint16_t wide;
  if (!WEFT_LOAD8(WEFT_RS1, bytes)) WEFT_LEAVE;
  if (!WEFT_LOAD16(WEFT_RS1 + 2, &wide)) WEFT_LEAVE;
  if (!WEFT_STORE16(WEFT_RS1, (uint16_t)(wide + bytes[0]))) WEFT_LEAVE;
  WEFT_RETIRE;
}
WEFT_HANDLER(store_source) {
  if (!WEFT_STORE32(WEFT_RS1 + (uint32_t)WEFT_IMMEDIATE, WEFT_SOURCE)) WEFT_LEAVE;
  WEFT_RETIRE;
}

/* What follows the call is work of its own: no compiler makes a jump of it. */
static volatile uint32_t count;
static void calls(WEFT_PARAMETERS) {
  WEFT_RD = WEFT_RS1;
  ((weft_handler)next[1].handler)(next + 1, operands, memory, memory_size, budget, context);
  count++;
}
static void leaves_by_a_call(WEFT_PARAMETERS) {
  ((weft_handler)context->leave)(next, operands, memory, memory_size, budget, context);
  count++;
}
static void returns(WEFT_PARAMETERS) { (void)next, (void)operands, (void)memory, (void)memory_size, (void)budget, (void)context; }

/* What the host runs where it watches is in order. */
static weft_status nothing(weft_call *call, const weft_operands *operands) {
  (void)call, (void)operands;
  return WEFT_OK;
}
#define calls_step nothing
#define leaves_by_a_call_step nothing
#define returns_step nothing

#define ALL (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)
static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_HANDLER("plus", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0), ALL, 0, plus),
    WEFT_INSTRUCTION_HANDLER("exchange", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 1), ALL, 0, exchange),
    WEFT_INSTRUCTION_HANDLER("exchange-bytes", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 2), WEFT_READS_RS1, 0,
                             exchange_bytes),
    WEFT_INSTRUCTION_HANDLER("store-source", WEFT_FORM_S, WEFT_ENCODE_I(WEFT_CUSTOM_1, 1),
                             WEFT_READS_RS1 | WEFT_READS_RS2, 0, store_source),
    WEFT_INSTRUCTION_HANDLER("wrong.calls", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, 0, 0), ALL, 0, calls),
    WEFT_INSTRUCTION_HANDLER("wrong.leaves", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, 0, 1), 0, 0,
                             leaves_by_a_call),
    WEFT_INSTRUCTION_HANDLER("wrong.returns", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_2, 0, 2), 0, 0, returns),
};
static const weft_extension extension = WEFT_EXTENSION("handlers", "1.0.0", "Apache-2.0", instructions);
WEFT_EXTENSION_ENTRY(extension)
