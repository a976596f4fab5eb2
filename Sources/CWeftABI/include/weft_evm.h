/*
 * What EVM handlers find behind their `context` argument. The other arguments: `operands` is the top word of the
 * stack (below it lie the older ones), `memory` and `memory_size` the running frame's memory, `budget` the gas left
 * of the present slice. Gas and stack heights of built-in straight lines are checked when a line is entered, so a
 * handler charges only what depends on operands.
 */
#ifndef WEFT_EVM_H
#define WEFT_EVM_H

#include "weft_handler.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A 256-bit word, least significant limb first. */
typedef struct weft_word {
  uint64_t limb0, limb1, limb2, limb3;
} weft_word;

/*
 * Reads a limb of the stack, always in a load of its own: two limbs that were stored one by one cannot be forwarded
 * to one wider load, which the optimiser would otherwise make, and that costs more than a whole instruction.
 */
static inline uint64_t weft_limb(const void *limb) {
  return __atomic_load_n((const uint64_t *)limb, __ATOMIC_RELAXED);
}

/* A running or suspended frame. */
typedef struct weft_evm_frame {
  weft_word address;          /* ADDRESS: whose storage the frame works on */
  weft_word caller;
  weft_word value;
  const uint8_t *code;        /* followed by at least 33 zero bytes */
  uint64_t code_size;
  const uint8_t *input;       /* call data */
  uint64_t input_size;
  uint64_t input_offset;      /* of call data that lies in the shared memory buffer, from its beginning */
  void *analysis;             /* the decoded code */
  weft_word *stack_base;      /* the place below the first word: the stack is empty when the top is here */

  const weft_instruction *next; /* while suspended: where to go on */
  weft_word *top;
  int64_t gas;
  uint64_t line;              /* price and bounds of the straight line at `next` */
  uint64_t program_counter;   /* set by the reference engine */

  uint64_t output_offset;     /* where the parent wants what this frame returns */
  uint64_t output_size;
  int64_t refund;             /* the refund counter when the frame began */
  uint64_t journal;           /* lengths of journal, logs and log data when the frame began */
  uint64_t logs;
  uint64_t log_bytes;
  uint64_t memory_handle;
  uint32_t account;           /* number of the account `address` in the state's tables */
  uint32_t depth;             /* 0 for the outermost frame */
  uint8_t kind;               /* how the frame was entered */
  uint8_t is_static;
  uint8_t is_pooled;          /* the decoded code belongs to this frame alone */
  uint8_t input_is_shared;    /* call data lies in the shared memory buffer */
  uint32_t reserved;
} weft_evm_frame;

/* The context of the EVM's handlers; its first member is the common one, whose `host` is the engine. */
typedef struct weft_evm_context {
  weft_context base;
  weft_word *top;             /* while the host has control */
  uint8_t *memory;
  weft_word *stack_base;      /* of the running frame */
  uint64_t memory_size;       /* apart from `memory`: see weft_limb for what joined accesses cost */
  weft_evm_frame *frame;      /* the running frame */
  const uint32_t *landing_at; /* decoded jump destinations of the running code, by program counter */
  void *landings;
  uint64_t code_size;
  int64_t reserve;            /* gas of the frame that is not in the present slice */
  uint64_t line;              /* price and bounds of the straight line that the host enters next */
  uint32_t halt;              /* why the frame halted */
  uint32_t reserved;
  uint64_t return_size;       /* bytes of return data */
  int64_t cold_account_extra;
  int64_t cold_slot_extra;
  int64_t exponent_byte;

  weft_word origin;
  weft_word gas_price;
  weft_word coinbase;
  weft_word timestamp;
  weft_word number;
  weft_word random;           /* PREVRANDAO, before Paris DIFFICULTY */
  weft_word gas_limit;
  weft_word chain_id;
  weft_word base_fee;
  weft_word blob_base_fee;

  uint8_t operations[264];    /* which operations the host has carried out, by opcode; the last are its own */
} weft_evm_context;

#ifdef __cplusplus
}
#endif

#endif
