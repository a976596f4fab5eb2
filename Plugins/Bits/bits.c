/*
 * Bit operations as full handlers: they touch registers only, so each joins the threaded engine and costs what a
 * built-in instruction of the same work costs.
 */
#include "bits.h"
#include "chips.h"

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

/* Form R throughout; the first four ignore rs2, which should be x0. All have chips. */
#define ENCODING(funct7) WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, funct7)
#define ONE_OPERAND(name, funct7, handler, air)                                                                  \
  WEFT_PROVABLE_HANDLER(name, WEFT_FORM_R, ENCODING(funct7), WEFT_READS_RS1 | WEFT_WRITES_RD, 2, handler, air)
#define TWO_OPERANDS(name, funct7, handler, air)                                                                 \
  WEFT_PROVABLE_HANDLER(name, WEFT_FORM_R, ENCODING(funct7), WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD, 3, \
                        handler, air)

static const weft_extension_instruction instructions[] = {
    ONE_OPERAND("bits.popcount", 0, popcount, &bits_popcount_air),
    ONE_OPERAND("bits.clz", 1, leading_zeros, &bits_clz_air),
    ONE_OPERAND("bits.ctz", 2, trailing_zeros, &bits_ctz_air),
    ONE_OPERAND("bits.reverse", 3, reverse_bytes, &bits_reverse_air),
    TWO_OPERANDS("bits.deposit", 5, deposit, &bits_deposit_air),
    TWO_OPERANDS("bits.extract", 6, extract, &bits_extract_air),
};

static const weft_extension extension = WEFT_EXTENSION("bits", "1.0.0", "Apache-2.0", instructions);

const weft_extension *weft_bits_extension(void) { return &extension; }
