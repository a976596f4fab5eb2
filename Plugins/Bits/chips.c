/*
 * The chips that prove the instructions: what is to be true of one row, and how it is filled. Registers come as four
 * bytes each; a row spells out the bits that it needs.
 */
#include "chips.h"

/* The bits of a word of four bytes: `name` has 32 columns, each a bit, and they are the word's. */
static weft_node bits_of(weft_air_builder *b, weft_node word, const char *name) {
  weft_node bits = b->columns(b, name, 32);
  for (uint32_t i = 0; i < 32; i++) weft_assert_bool(b, bits + i, "a bit is 0 or 1");
  for (uint32_t i = 0; i < 4; i++) {
    weft_assert_equal(b, word + i, weft_composed(b, bits + 8 * i, 8, 2), "the bits are the byte's");
  }
  return bits;
}

static void fill_bits(uint32_t **row, uint32_t word) {
  for (uint32_t i = 0; i < 32; i++) *(*row)++ = word >> i & 1;
}

/* rd = a number below 256, in a column of its own: of a sum of 32 bits the host does not see how large it is. */
static void write_byte(weft_air_builder *b, weft_node number) {
  weft_node zero = b->constant(b, 0), result = b->columns(b, "result", 1);
  const weft_node bytes[4] = {result, zero, zero, zero};
  weft_assert_equal(b, result, number, "the result");
  weft_byte_pair(b, result, zero, b->selector(b, WEFT_IS_VALID), "the result is a byte");
  b->register_write(b, bytes);
}

static weft_node sum(weft_air_builder *b, weft_node first, uint32_t count) { return weft_composed(b, first, count, 1); }

/* ------------------------------------------------------------------------------------------------ popcount */

static weft_status describe_popcount(const weft_air *air, weft_air_builder *b) {
  (void)air;
  write_byte(b, sum(b, bits_of(b, b->register_read(b, WEFT_READS_RS1), "bits"), 32));
  return WEFT_OK;
}

static weft_status fill_popcount(const weft_air *air, const weft_air_record *record, uint32_t first, uint32_t count,
                                 uint32_t columns, uint32_t *row) {
  (void)air, (void)first, (void)count, (void)columns;
  fill_bits(&row, record->rs1);
  *row = bits_popcount(record->rs1);
  return WEFT_OK;
}

const weft_air bits_popcount_air = WEFT_AIR(describe_popcount, fill_popcount);

/* ------------------------------------------------------------------------------------------------ clz, ctz */

/* Column i of `seen` says whether a bit is set at place i or before, counted from one end. The result is the number of
 * places where none is. */
static weft_status describe_zeros(weft_air_builder *b, int from_top) {
  weft_node bits = bits_of(b, b->register_read(b, WEFT_READS_RS1), "bits");
  weft_node seen = b->columns(b, "seen", 32);
  for (uint32_t i = 0; i < 32; i++) {
    weft_node bit = bits + (from_top ? 31 - i : i);
    weft_node either = bit;
    if (i > 0) either = b->subtract(b, b->add(b, seen + i - 1, bit), b->multiply(b, seen + i - 1, bit));
    weft_assert_equal(b, seen + i, either, "a bit has been seen when it is set, and from then on");
  }
  weft_node places = b->multiply(b, b->constant(b, 32), b->selector(b, WEFT_IS_VALID));
  write_byte(b, b->subtract(b, places, sum(b, seen, 32)));
  return WEFT_OK;
}

static weft_status describe_clz(const weft_air *air, weft_air_builder *b) {
  (void)air;
  return describe_zeros(b, 1);
}

static weft_status describe_ctz(const weft_air *air, weft_air_builder *b) {
  (void)air;
  return describe_zeros(b, 0);
}

static weft_status fill_clz(const weft_air *air, const weft_air_record *record, uint32_t first, uint32_t count,
                            uint32_t columns, uint32_t *row) {
  (void)air, (void)first, (void)count, (void)columns;
  fill_bits(&row, record->rs1);
  for (uint32_t i = 0; i < 32; i++) *row++ = record->rs1 >> (31 - i) != 0;
  *row = bits_leading_zeros(record->rs1);
  return WEFT_OK;
}

static weft_status fill_ctz(const weft_air *air, const weft_air_record *record, uint32_t first, uint32_t count,
                            uint32_t columns, uint32_t *row) {
  (void)air, (void)first, (void)count, (void)columns;
  fill_bits(&row, record->rs1);
  for (uint32_t i = 0; i < 32; i++) *row++ = record->rs1 << (31 - i) != 0;
  *row = bits_trailing_zeros(record->rs1);
  return WEFT_OK;
}

const weft_air bits_clz_air = WEFT_AIR(describe_clz, fill_clz);
const weft_air bits_ctz_air = WEFT_AIR(describe_ctz, fill_ctz);

/* ------------------------------------------------------------------------------------------------ reverse */

static weft_status describe_reverse(const weft_air *air, weft_air_builder *b) {
  (void)air;
  weft_node x = b->register_read(b, WEFT_READS_RS1);
  const weft_node reversed[4] = {x + 3, x + 2, x + 1, x};
  b->register_write(b, reversed);
  return WEFT_OK;
}

const weft_air bits_reverse_air = WEFT_AIR(describe_reverse, NULL);

/* ------------------------------------------------------------------------------------------------ deposit, extract */

/*
 * Both move bits between the places that are set in a mask and the lowest ones: the bit at place i goes with weight 2^r,
 * where r is how many bits of the mask are set below i. The weights double with every bit of the mask. A weight of 2^32
 * would not fit the field, so they are kept in two halves: `low` is 2^r as long as r < 16, and then 0, `high` is 0 and
 * then 2^(r - 16). `wraps` is 1 where the sixteenth bit of the mask is.
 */
typedef struct Weights {
  weft_node mask, low, high; /* of 32 places each; of the lowest place `low` is 1 and `high` is 0 */
} Weights;

static Weights weights_of(weft_air_builder *b, weft_node word) {
  Weights w;
  w.mask = bits_of(b, word, "mask");
  weft_node wraps = b->columns(b, "wraps", 32);
  w.low = b->columns(b, "low", 32);
  w.high = b->columns(b, "high", 32);
  weft_node half = b->constant(b, 65536);
  weft_assert_equal(b, w.low, b->selector(b, WEFT_IS_VALID), "the lowest place has weight 1");
  b->assert_zero(b, w.high, "the lowest place is in the lower half");
  for (uint32_t i = 0; i < 32; i++) {
    weft_node wrap = wraps + i;
    weft_node doubled = b->add(b, w.low + i, b->multiply(b, w.low + i, w.mask + i));
    weft_assert_bool(b, wrap, "wraps is a bit");
    b->assert_zero(b, b->multiply(b, wrap, b->subtract(b, w.mask + i, b->constant(b, 1))), "a bit of the mask wraps");
    b->assert_zero(b, b->multiply(b, wrap, b->subtract(b, doubled, half)), "the sixteenth wraps");
    if (i == 31) break;
    weft_assert_equal(b, w.low + i + 1, b->subtract(b, doubled, b->multiply(b, wrap, half)), "the weight, lower half");
    weft_node high = b->add(b, w.high + i, b->multiply(b, w.high + i, w.mask + i));
    weft_assert_equal(b, w.high + i + 1, b->add(b, high, wrap), "the weight, upper half");
  }
  /* If there are sixteen, one wraps: fewer than sixteen are left, or all 32 are set. */
  weft_node rest = b->columns(b, "isFull", 1);
  weft_assert_bool(b, rest, "isFull is a bit");
  weft_node wrapped = sum(b, wraps, 32);
  b->assert_zero(b, b->multiply(b, rest, b->subtract(b, wrapped, b->constant(b, 1))), "a full mask has wrapped");
  weft_node more = b->multiply(b, b->constant(b, 16), b->add(b, wrapped, rest));
  weft_range_check(b, b->subtract(b, sum(b, w.mask, 32), more), 4, b->selector(b, WEFT_IS_VALID),
                   "what is left of the bits of the mask");
  return w;
}

static void fill_weights(uint32_t **row, uint32_t mask) {
  uint32_t low[32], high[32], rank = 0;
  fill_bits(row, mask);
  for (uint32_t i = 0; i < 32; i++) {
    low[i] = rank < 16 ? 1u << rank : 0;
    high[i] = rank < 16 ? 0 : 1u << (rank - 16);
    *(*row)++ = (mask >> i & 1) && rank == 15;
    rank += mask >> i & 1;
  }
  for (uint32_t i = 0; i < 32; i++) *(*row)++ = low[i];
  for (uint32_t i = 0; i < 32; i++) *(*row)++ = high[i];
  *(*row)++ = mask == 0xffffffffu;
}

/* Half of a word of bytes. */
static weft_node half_word(weft_air_builder *b, weft_node bytes) { return weft_composed(b, bytes, 2, 256); }

/* The bits of rs1 at the places of the mask, with their weights, are the result. */
static weft_status describe_extract(const weft_air *air, weft_air_builder *b) {
  (void)air;
  weft_node x = bits_of(b, b->register_read(b, WEFT_READS_RS1), "x");
  Weights w = weights_of(b, b->register_read(b, WEFT_READS_RS2));
  weft_node result = b->columns(b, "result", 4), low = b->constant(b, 0), high = low;
  for (uint32_t i = 0; i < 32; i++) {
    weft_node taken = b->multiply(b, x + i, w.mask + i);
    low = b->add(b, low, b->multiply(b, taken, w.low + i));
    high = b->add(b, high, b->multiply(b, taken, w.high + i));
  }
  weft_assert_equal(b, half_word(b, result), low, "the lower half");
  weft_assert_equal(b, half_word(b, result + 2), high, "the upper half");
  weft_node valid = b->selector(b, WEFT_IS_VALID);
  weft_byte_pair(b, result, result + 1, valid, "the result is bytes");
  weft_byte_pair(b, result + 2, result + 3, valid, "the result is bytes");
  const weft_node bytes[4] = {result, result + 1, result + 2, result + 3};
  b->register_write(b, bytes);
  return WEFT_OK;
}

static weft_status fill_extract(const weft_air *air, const weft_air_record *record, uint32_t first, uint32_t count,
                                uint32_t columns, uint32_t *row) {
  (void)air, (void)first, (void)count, (void)columns;
  uint32_t result = bits_extract(record->rs1, record->rs2);
  fill_bits(&row, record->rs1);
  fill_weights(&row, record->rs2);
  for (uint32_t i = 0; i < 4; i++) *row++ = result >> (8 * i) & 255;
  return WEFT_OK;
}

/* The bits of the result, which are at places of the mask, with their weights, are as many of the lowest bits of rs1 as
 * the mask has: those in `used`. */
static weft_status describe_deposit(const weft_air *air, weft_air_builder *b) {
  (void)air;
  weft_node x = bits_of(b, b->register_read(b, WEFT_READS_RS1), "x");
  Weights w = weights_of(b, b->register_read(b, WEFT_READS_RS2));
  weft_node used = b->columns(b, "used", 32), result = b->columns(b, "result", 32);
  weft_node one = b->constant(b, 1), zero = b->constant(b, 0);
  weft_node low = zero, high = zero, x_low = zero, x_high = zero;
  for (uint32_t i = 0; i < 32; i++) {
    weft_assert_bool(b, used + i, "used is a bit");
    weft_assert_bool(b, result + i, "a bit of the result is 0 or 1");
    if (i > 0) {
      b->assert_zero(b, b->multiply(b, used + i, b->subtract(b, used + i - 1, one)), "the lowest bits are used");
    }
    b->assert_zero(b, b->multiply(b, result + i, b->subtract(b, w.mask + i, one)), "results are at places of the mask");
    low = b->add(b, low, b->multiply(b, result + i, w.low + i));
    high = b->add(b, high, b->multiply(b, result + i, w.high + i));
    weft_node bit = b->multiply(b, b->multiply(b, used + i, x + i), b->constant(b, 1u << i % 16));
    if (i < 16) x_low = b->add(b, x_low, bit);
    if (i >= 16) x_high = b->add(b, x_high, bit);
  }
  weft_assert_equal(b, sum(b, used, 32), sum(b, w.mask, 32), "as many bits are used as the mask has");
  weft_assert_equal(b, low, x_low, "the lower half");
  weft_assert_equal(b, high, x_high, "the upper half");
  weft_node bytes[4];
  for (uint32_t i = 0; i < 4; i++) bytes[i] = weft_composed(b, result + 8 * i, 8, 2);
  b->register_write(b, bytes);
  return WEFT_OK;
}

static weft_status fill_deposit(const weft_air *air, const weft_air_record *record, uint32_t first, uint32_t count,
                                uint32_t columns, uint32_t *row) {
  (void)air, (void)first, (void)count, (void)columns;
  uint32_t used = bits_popcount(record->rs2);
  fill_bits(&row, record->rs1);
  fill_weights(&row, record->rs2);
  for (uint32_t i = 0; i < 32; i++) *row++ = i < used;
  fill_bits(&row, bits_deposit(record->rs1, record->rs2));
  return WEFT_OK;
}

const weft_air bits_deposit_air = WEFT_AIR(describe_deposit, fill_deposit);
const weft_air bits_extract_air = WEFT_AIR(describe_extract, fill_extract);
