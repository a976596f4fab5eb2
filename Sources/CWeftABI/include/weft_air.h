/*
 * The chip that proves an extension's instruction, as data: columns, constraints and look-ups over a row, and a
 * function that fills rows from what the run recorded. Optional; an instruction without one runs and is not provable.
 *
 * A row belongs to one execution. The host adds the columns and constraints of the bridges: the program look-up, the
 * step from one program counter and time to the next, and the memory argument of every access that `describe`
 * declares, in the order of time. So the extension cannot reach the system's buses, and the rules of soundness (time
 * goes forward, counts are boolean, padding is zero) hold by construction; what it states itself is checked.
 *
 * Values are elements of BabyBear, p = 2^31 - 2^27 + 1, in canonical form: numbers below p. No constraint may have a
 * degree above 3, the bridges' selector included.
 */
#ifndef WEFT_AIR_H
#define WEFT_AIR_H

#include "weft_extension.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An expression over the columns of a row: a number that the builder gives. */
typedef uint32_t weft_node;
#define WEFT_NO_NODE 0xffffffffu

typedef struct weft_air_builder weft_air_builder;
struct weft_air_builder {
  uint32_t struct_size;
  uint32_t abi_version;
  void *host;

  /* `count` columns in a row; gives the node of the first, the others follow it. */
  weft_node (*columns)(weft_air_builder *builder, const char *name, uint32_t count);
  /* 1 in rows that stand for an execution, 0 in padding. */
  weft_node (*is_valid)(weft_air_builder *builder);
  weft_node (*constant)(weft_air_builder *builder, uint32_t value);
  weft_node (*add)(weft_air_builder *builder, weft_node left, weft_node right);
  weft_node (*subtract)(weft_air_builder *builder, weft_node left, weft_node right);
  weft_node (*multiply)(weft_air_builder *builder, weft_node left, weft_node right);
  /* The expression is zero in every row. `label` names the constraint when it is violated. */
  void (*assert_zero)(weft_air_builder *builder, weft_node expression, const char *label);

  /* Look-ups, made where `enabled`, which must be provably 0 or 1, is 1. */
  void (*range_check)(weft_air_builder *builder, weft_node value, uint32_t bits, weft_node enabled);
  void (*byte_pair)(weft_air_builder *builder, weft_node first, weft_node second, weft_node enabled);
  void (*byte_xor)(weft_air_builder *builder, weft_node first, weft_node second, weft_node result, weft_node enabled);

  /*
   * Accesses, one tick each. The declared registers come by themselves; these give the nodes of their four bytes,
   * least significant first. The bytes that an instruction writes must be bounded: copied from a read, looked up, or
   * the limbs of a checked sum.
   */
  weft_node (*register_read)(weft_air_builder *builder, uint32_t which); /* one of WEFT_READS_… */
  void (*register_write)(weft_air_builder *builder, const weft_node bytes[4]);
  weft_node (*immediate)(weft_air_builder *builder);
  /* `count` cells of a space at a pointer: guest memory is space 2, own spaces are WEFT_OWN_SPACE + index. */
  weft_node (*memory_read)(weft_air_builder *builder, uint32_t space, weft_node pointer, uint32_t count,
                           weft_node enabled);
  void (*memory_write)(weft_air_builder *builder, uint32_t space, weft_node pointer, const weft_node *cells,
                       uint32_t count, weft_node enabled);
};
#define WEFT_OWN_SPACE 0x80000000u

/* One access of a recorded execution. */
typedef struct weft_air_access {
  uint32_t space;
  uint32_t pointer;
  uint32_t is_write;
  uint32_t timestamp;
  uint32_t previous_timestamp;
  uint32_t count;          /* cells */
  const uint32_t *data;    /* after the access */
  const uint32_t *previous; /* before a write; as `data` for a read */
} weft_air_access;

/* One recorded execution. */
typedef struct weft_air_record {
  weft_operands operands;
  uint32_t timestamp; /* of the first access */
  uint32_t access_count;
  const weft_air_access *accesses;
} weft_air_record;

struct weft_air {
  uint32_t struct_size;
  uint32_t abi_version;
  const char *name;
  /* Describes the chip. Called once, when the extension is registered; the same calls every time. */
  weft_status (*describe)(weft_air_builder *builder);
  /* Fills the extension's own columns, `columns[c][row]`, for `count` records, one row each in their order. All other
   * rows stay zero. Called from several threads at once for parts of a trace. */
  weft_status (*fill)(const weft_air_record *records, uint32_t count, uint32_t *const *columns, uint32_t first_row);
};

#ifdef __cplusplus
}
#endif

#endif
