/*
 * The chip that proves an instruction of an extension, as data: columns, constraints and look-ups over a row, and a
 * function that fills the columns from what a run recorded. Optional; an instruction without one runs, and what it
 * computes is not proved.
 *
 *     static weft_status describe(const weft_air *air, weft_air_builder *builder) {
 *       (void)air;
 *       weft_node x = builder->register_read(builder, WEFT_READS_RS1);
 *       const weft_node reversed[4] = {x + 3, x + 2, x + 1, x};
 *       builder->register_write(builder, reversed);
 *       return WEFT_OK;
 *     }
 *     static const weft_air reverse_air = WEFT_AIR(describe, NULL);
 *
 * A row belongs to one execution. The host adds the columns and constraints of the bridges, and fills them: the program
 * look-up, the step from one program counter and time to the next, the accesses to registers that the instruction
 * declares, and the memory argument of every access that `describe` states. So an extension cannot reach the system's
 * buses, and the rules of soundness (time goes forward, counts are boolean, padding is zero) hold by construction; what
 * it states itself is checked when it is loaded.
 *
 * With `row_count` an execution takes a loop of rows: `is_first` is 1 in the first and `is_last` in the last of them,
 * and `next` looks at the columns of the row after this one. Registers are read in the first row and rd is written in
 * the last; what rows in between need of them goes through columns from row to row.
 *
 * Values are elements of BabyBear, p = 2^31 - 2^27 + 1, in canonical form: numbers below p. No constraint may have a
 * degree above 3. All of the extension's columns are zero in padding, and every constraint has to accept that.
 */
#ifndef WEFT_AIR_H
#define WEFT_AIR_H

#include "weft_extension.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An expression over the columns of a row: a number that the builder gives. Where several are made at once, they have
 * consecutive numbers. */
typedef uint32_t weft_node;
/* What a builder gives when it has noted a problem. Whatever is made of it is ignored. */
#define WEFT_NO_NODE 0xffffffffu

/* 1 in rows that stand for an execution, and in the first and the last row of one; 0 elsewhere, so in padding. */
enum { WEFT_IS_VALID = 0, WEFT_IS_FIRST = 1, WEFT_IS_LAST = 2 };
/* The look-ups that an extension may make: [value, bits], bits at most 17, and [x, y, x ^ y or 0, 1 or 0]. */
enum { WEFT_BUS_RANGE = 3, WEFT_BUS_BITWISE = 7 };
/* Guest memory, in blocks of 4 cells, and the first of the extension's own spaces. */
#define WEFT_GUEST_SPACE 2u
#define WEFT_OWN_SPACE 0x80000000u

typedef struct weft_air_builder weft_air_builder;
struct weft_air_builder {
  uint32_t struct_size;
  uint32_t abi_version;
  void *host;

  /* `count` columns of the extension's own. */
  weft_node (*columns)(weft_air_builder *builder, const char *name, uint32_t count);
  /* A column of the extension's own in the next row. Loops only. */
  weft_node (*next)(weft_air_builder *builder, weft_node column);
  /* WEFT_IS_VALID and so on; without loops all are the same. */
  weft_node (*selector)(weft_air_builder *builder, uint32_t which);
  weft_node (*constant)(weft_air_builder *builder, uint32_t value);
  weft_node (*add)(weft_air_builder *builder, weft_node left, weft_node right);
  weft_node (*subtract)(weft_air_builder *builder, weft_node left, weft_node right);
  weft_node (*multiply)(weft_air_builder *builder, weft_node left, weft_node right);
  /* The expression is zero in every row. `label` names the constraint when it is violated. */
  void (*assert_zero)(weft_air_builder *builder, weft_node expression, const char *label);
  /* The message is in the table of a bus where `enabled`, which must be provably 0 or 1, is 1. */
  void (*lookup)(weft_air_builder *builder, uint32_t bus, const weft_node *message, uint32_t count, weft_node enabled,
                 const char *label);

  /* The four bytes, the lowest first, of a register that the instruction declares: one of WEFT_READS_…; in a loop they
   * are zero but in the first row. */
  weft_node (*register_read)(weft_air_builder *builder, uint32_t which);
  /* What rd gets: stated once, where the instruction declares WEFT_WRITES_RD. In a loop it counts in the last row. */
  void (*register_write)(weft_air_builder *builder, const weft_node bytes[4]);
  /* The immediate, and whether it is negative; forms I and S. Of form U the upper 20 bits. As registers, in the first
   * row. */
  weft_node (*immediate)(weft_air_builder *builder);
  weft_node (*immediate_is_negative)(weft_air_builder *builder);

  /* The pointer that four bytes are in a space: of an address in guest memory the distance from its start, of one of the
   * extension's own spaces a cell. Where `enabled` is 1 it is bounded, so that no multiple of p hides in it. */
  weft_node (*pointer)(weft_air_builder *builder, uint32_t space, const weft_node bytes[4], weft_node enabled);
  /*
   * Accesses to one block of a space, one tick each where `enabled` is 1, and no time where it is 0. `enabled` must be
   * provably 0 or 1, and no more than the extension's own columns, selectors and registers.
   *
   * A read gives its `count` cells. A write gives the cells before it; `memory_set` then states, once, those after it.
   * The cells are zero where the access is not enabled. The bytes that an instruction writes, here and to rd, must be
   * bounded: copied from a read, looked up, constants, or a choice among these by flags.
   *
   * Time goes on in the order of these calls, and in a loop from row to row. `next_phase` says that what follows comes
   * after all accesses before it, of all rows: a copy of words reads them all before it writes.
   */
  weft_node (*memory_read)(weft_air_builder *builder, uint32_t space, weft_node pointer, uint32_t count,
                           weft_node enabled, const char *label);
  weft_node (*memory_write)(weft_air_builder *builder, uint32_t space, weft_node pointer, uint32_t count,
                            weft_node enabled, const char *label);
  void (*memory_set)(weft_air_builder *builder, weft_node cells_before, const weft_node *cells_after);
  void (*next_phase)(weft_air_builder *builder);
};

/* One access of a recorded execution to guest memory or to a space of the extension's own. */
typedef struct weft_air_access {
  uint32_t space;
  uint32_t pointer;   /* as columns have it: in guest memory the distance from its start */
  uint32_t is_write;
  uint32_t count;     /* cells */
  uint32_t cells[32]; /* after the access */
  uint32_t before[32];
} weft_air_access;

/* One recorded execution. */
typedef struct weft_air_record weft_air_record;
struct weft_air_record {
  uint32_t struct_size;
  uint32_t abi_version;
  weft_operands operands;
  uint32_t rs1, rs2, rd; /* the registers that it reads; 0 for others */
  uint32_t result;       /* what it wrote to rd; 0 where it did not */
  uint32_t memory_start; /* the address at which pointers to guest memory begin: 0 but in the machine environment */
  uint32_t access_count;
  /* Access `index`, in the order of time; one beyond the last has no cells. */
  void (*access)(const weft_air_record *record, uint32_t index, weft_air_access *access);
  const void *host;
};

/* The first four cells after an access, as a word. */
static inline uint32_t weft_air_word(const weft_air_record *record, uint32_t index) {
  weft_air_access access;
  record->access(record, index, &access);
  return access.cells[0] | access.cells[1] << 8 | access.cells[2] << 16 | access.cells[3] << 24;
}

/* Belongs to the extension, which keeps it as it is for as long as it is loaded. */
struct weft_air {
  uint32_t struct_size;
  uint32_t abi_version;
  const void *context; /* yours */
  /* Describes the chip: called when the extension is loaded, more than once, and the same every time. */
  weft_status (*describe)(const weft_air *air, weft_air_builder *builder);
  /* Rows of an execution, one at least; NULL: one for each. */
  uint32_t (*row_count)(const weft_air *air, const weft_air_record *record);
  /*
   * Fills the extension's own columns in `row_count` rows of an execution, the first of which is its row `first_row`: a
   * row is `column_count` numbers in the order of the columns, zero before, and the next one follows it. NULL where there
   * are no columns. Depends on its arguments alone, and is called from several threads at once.
   */
  weft_status (*fill)(const weft_air *air, const weft_air_record *record, uint32_t first_row, uint32_t row_count,
                      uint32_t column_count, uint32_t *rows);
};

#define WEFT_AIR(describe, fill) { sizeof(weft_air), WEFT_ABI_VERSION, NULL, describe, NULL, fill }
#define WEFT_AIR_LOOP(describe, row_count, fill) \
  { sizeof(weft_air), WEFT_ABI_VERSION, NULL, describe, row_count, fill }

/* ------------------------------------------------------------------------------------------------ shorthands */

/* The expression is 0 or 1. */
static inline void weft_assert_bool(weft_air_builder *b, weft_node expression, const char *label) {
  b->assert_zero(b, b->multiply(b, expression, b->subtract(b, expression, b->constant(b, 1))), label);
}

static inline void weft_assert_equal(weft_air_builder *b, weft_node left, weft_node right, const char *label) {
  b->assert_zero(b, b->subtract(b, left, right), label);
}

/* value < 2^bits, where `enabled` is 1. */
static inline void weft_range_check(weft_air_builder *b, weft_node value, uint32_t bits, weft_node enabled,
                                    const char *label) {
  const weft_node message[2] = {value, b->constant(b, bits)};
  b->lookup(b, WEFT_BUS_RANGE, message, 2, enabled, label);
}

/* Both are bytes, where `enabled` is 1. */
static inline void weft_byte_pair(weft_air_builder *b, weft_node first, weft_node second, weft_node enabled,
                                  const char *label) {
  const weft_node message[4] = {first, second, b->constant(b, 0), b->constant(b, 0)};
  b->lookup(b, WEFT_BUS_BITWISE, message, 4, enabled, label);
}

/* Both are bytes and `result` is their exclusive or, where `enabled` is 1. */
static inline void weft_byte_xor(weft_air_builder *b, weft_node first, weft_node second, weft_node result,
                                 weft_node enabled, const char *label) {
  const weft_node message[4] = {first, second, result, b->constant(b, 1)};
  b->lookup(b, WEFT_BUS_BITWISE, message, 4, enabled, label);
}

/* Σ base^i · nodes[i], of consecutive nodes. */
static inline weft_node weft_composed(weft_air_builder *b, weft_node first, uint32_t count, uint32_t base) {
  weft_node sum = b->constant(b, 0);
  for (uint32_t index = count; index-- > 0;) {
    sum = b->add(b, b->multiply(b, sum, b->constant(b, base)), first == WEFT_NO_NODE ? first : first + index);
  }
  return sum;
}

#ifdef __cplusplus
}
#endif

#endif
