/*
 * Bit operations as full handlers: they touch registers only, so each joins the threaded engine and costs what a
 * built-in instruction of the same work costs.
 */
#include "bits.h"

WEFT_HANDLER(popcount) {
  WEFT_RD = bits_popcount(WEFT_RS1);
  WEFT_RETIRE;
}

WEFT_HANDLER(leading_zeros) {
  WEFT_RD = bits_leading_zeros(WEFT_RS1);
  WEFT_RETIRE;
}

WEFT_HANDLER(trailing_zeros) {
  WEFT_RD = bits_trailing_zeros(WEFT_RS1);
  WEFT_RETIRE;
}

WEFT_HANDLER(reverse_bytes) {
  WEFT_RD = bits_reverse_bytes(WEFT_RS1);
  WEFT_RETIRE;
}

WEFT_HANDLER(deposit) {
  WEFT_RD = bits_deposit(WEFT_RS1, WEFT_RS2);
  WEFT_RETIRE;
}

WEFT_HANDLER(extract) {
  WEFT_RD = bits_extract(WEFT_RS1, WEFT_RS2);
  WEFT_RETIRE;
}

/* Form R throughout; the first four ignore rs2, which should be x0. */
#define ENCODING(funct7) WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, funct7)
#define ONE_OPERAND (WEFT_READS_RS1 | WEFT_WRITES_RD)
#define TWO_OPERANDS (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)

static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_HANDLER("bits.popcount", WEFT_FORM_R, ENCODING(0), ONE_OPERAND, 2, popcount),
    WEFT_INSTRUCTION_HANDLER("bits.clz", WEFT_FORM_R, ENCODING(1), ONE_OPERAND, 2, leading_zeros),
    WEFT_INSTRUCTION_HANDLER("bits.ctz", WEFT_FORM_R, ENCODING(2), ONE_OPERAND, 2, trailing_zeros),
    WEFT_INSTRUCTION_HANDLER("bits.reverse", WEFT_FORM_R, ENCODING(3), ONE_OPERAND, 2, reverse_bytes),
    WEFT_INSTRUCTION_HANDLER("bits.deposit", WEFT_FORM_R, ENCODING(5), TWO_OPERANDS, 3, deposit),
    WEFT_INSTRUCTION_HANDLER("bits.extract", WEFT_FORM_R, ENCODING(6), TWO_OPERANDS, 3, extract),
};

static const weft_extension extension = WEFT_EXTENSION("bits", "1.0.0", "Apache-2.0", instructions);

const weft_extension *weft_bits_extension(void) { return &extension; }
