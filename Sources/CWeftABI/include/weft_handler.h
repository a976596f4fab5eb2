/*
 * The one shape that every instruction handler has: built-in handlers (Swift `@c` functions), C handlers and
 * handlers of extensions. A decoded instruction is 16 bytes; a handler does its work and then tail-calls the
 * handler of the instruction that follows. Six arguments are the six integer argument registers of the System V
 * ABI: a seventh would go to the stack on every dispatch.
 */
#ifndef WEFT_HANDLER_H
#define WEFT_HANDLER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A decoded instruction. `rd` is the destination; stores and branches, which have none, keep the index of rs2
 * there. Register-register instructions keep the index of rs2 in `immediate`. A destination of x0 is stored as 32,
 * a scratch slot, so that x[0] is never written. Branch and jump offsets are bytes inside the instruction array.
 */
typedef struct weft_instruction {
  uintptr_t handler;  /* a weft_handler */
  uint8_t rd;
  uint8_t rs1;
  uint16_t length;    /* instructions from here to the end of the straight line, this one included */
  int32_t immediate;
} weft_instruction;

typedef struct weft_context weft_context;

/*
 * `operands` is the register file (RV32) or the stack top (EVM), `memory` the guest's memory, `memory_size` its
 * size in bytes, `budget` the instructions or gas left. While a run is recorded, `memory_size` carries the write
 * cursor of the records and the low half of `budget` the clock; handlers that do not record pass both on untouched.
 */
typedef void (*weft_handler)(const weft_instruction *next, void *operands, uint8_t *memory, uint64_t memory_size,
                             int64_t budget, weft_context *context);

/* Why the handlers gave control back to the host. */
enum {
  WEFT_RUNNING = 0,
  WEFT_BUDGET_SPENT = 1, /* the next straight line does not fit; nothing of it was charged */
  WEFT_SERVICE = 2,      /* the instruction at `next` has not retired; the host completes it or traps */
  WEFT_STEP_FAILED = 3,  /* the step function at `next` failed; its call says why */
  WEFT_ATTENTION = 4     /* `next` has not begun; the step function before it asked something of the host */
};

/* Why a step function's call asks for attention, as bits: a request of the guest's, a failure that was noted. */
enum { WEFT_ATTENTION_REQUEST = 1, WEFT_ATTENTION_FAILURE = 2 };

/* State that is too rare for a register. The host owns it; offsets are relative to the first byte of memory. */
struct weft_context {
  uint32_t struct_size;
  uint32_t abi_version;
  const weft_instruction *next; /* where to go on, valid while the host has control */
  int64_t budget;               /* what is left of it */
  uint64_t cursor;              /* recorded runs: the next free record or log entry */
  uint32_t status;              /* one of WEFT_… */

  uint32_t pc_bias;             /* pc = pc_bias + low 32 bits of a slot's address / 4 */
  const weft_instruction *text; /* the first slot */
  uint32_t text_slots;          /* slots that hold instructions */
  uint32_t text_offset;         /* protected text: stores that meet it are left to the host */
  uint32_t text_size;
  uint32_t writable_offset;     /* stores inside this window need no further check */
  uint32_t writable_size;
  uint32_t memory_start;        /* guest address of the first byte of memory */
  uint64_t memory_size;

  uint8_t *touched_leaves;      /* metered runs: one byte per leaf of 8 bytes of memory */
  int64_t *line_entries;        /* metered runs: how often a straight line was entered at each slot */
  void *host;
  uintptr_t leave;              /* the weft_handler that leaves the instruction at `next`, undone, to the host */
  const struct weft_step_slot *steps; /* what the slots of step functions stand for, by their immediate */
};

#ifdef __cplusplus
}
#endif

#endif
