/*
 * The interface between Weft and an extension in a shared object.
 *
 * An extension is one `weft_extension`: a table of instructions, phantom instructions, system calls and address
 * spaces, and functions that set up and save its state. The object exports one function, `weft_extension_entry`, that
 * gives the table. The host checks the whole table before it calls anything in it, and copies what it needs.
 *
 *     #include <weft_extension.h>
 *
 *     static weft_status twice(weft_call *call, const weft_operands *operands) {
 *       call->x[operands->rd] = call->x[operands->rs1] * 2;
 *       return WEFT_OK;
 *     }
 *
 *     static const weft_extension_instruction instructions[] = {
 *       WEFT_INSTRUCTION_STEP("twice", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0),
 *                             WEFT_READS_RS1 | WEFT_WRITES_RD, 2, twice),
 *     };
 *     static const weft_extension extension =
 *       WEFT_EXTENSION("doubling", "1.0.0", "Apache-2.0", instructions);
 *     WEFT_EXTENSION_ENTRY(extension)
 *
 * Rules
 *  - An instruction gives a `step` function, and may give a full `handler` besides, which joins the threaded engine of
 *    a fast run and tail-calls the next instruction. `weft extension check` sees to it that both do the same.
 *  - An instruction checks everything that can fail before it changes anything: one that fails has not happened. In
 *    recorded runs the host sees to that; in fast runs, which write in place, the extension does.
 *  - Registers: read those the instruction declares, through `x`; write only rd, and only if WEFT_WRITES_RD says so.
 *    `x[0]` is zero; a destination x0 arrives as register 32, which nobody reads. Others: weft_register, …
 *  - Memory, registers and spaces belong to the call. Outside of one every access fails.
 *  - Status codes only: no C++ exception, no Swift error and no longjmp may cross the border. Whoever allocates
 *    frees. Host functions are for the thread that made the call.
 *  - Fields are only ever added, at the end, and `struct_size` says which are there. Anything else raises
 *    WEFT_ABI_VERSION.
 *
 * C99, C++11, and Swift by way of its C importer.
 */
#ifndef WEFT_EXTENSION_H
#define WEFT_EXTENSION_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "weft_handler.h"

#ifdef __cplusplus
extern "C" {
#endif

#define WEFT_ABI_VERSION 1u

/* ------------------------------------------------------------------------------------------------ status */

/* WEFT_OK, or the code of a failure: the run ends with it, as a trap of the guest. */
typedef int32_t weft_status;
enum { WEFT_OK = 0, WEFT_FAILED = -1 };

/* Passes a failure on: WEFT_TRY(weft_load32(call, address, &value)); */
#define WEFT_TRY(expression)                          \
  do {                                                \
    weft_status weft_try_status_ = (expression);      \
    if (weft_try_status_ != WEFT_OK) return weft_try_status_; \
  } while (0)

/* ------------------------------------------------------------------------------------------------ operands */

/* How the operands of an RV32 word are found (RISC-V Unprivileged ISA 20191213, section 2.3). */
enum {
  WEFT_FORM_R = 0, /* rd, rs1, rs2 */
  WEFT_FORM_I = 1, /* rd, rs1, a sign-extended 12-bit immediate */
  WEFT_FORM_S = 2, /* rs1, rs2, a sign-extended 12-bit immediate */
  WEFT_FORM_U = 3  /* rd, the upper 20 bits in place */
};

/* Which registers an instruction touches. In a recorded run they are accessed in this order, one tick each, before
 * and after everything that the step does; a write to x0 is an idle tick. */
enum {
  WEFT_READS_RS1 = 1u << 0,
  WEFT_READS_RS2 = 1u << 1,
  WEFT_READS_RD = 1u << 2,
  WEFT_WRITES_RD = 1u << 3
};

typedef struct weft_operands {
  uint32_t word;     /* the instruction */
  uint32_t address;  /* where it stands */
  int32_t immediate; /* 0 in form R */
  uint32_t form;     /* WEFT_FORM_… */
  uint8_t rd;        /* 32 stands for x0 */
  uint8_t rs1;
  uint8_t rs2;
  uint8_t source_rd; /* rd as it stands in the word, for instructions that read it */
} weft_operands;

/* ------------------------------------------------------------------------------------------------ calls */

typedef struct weft_call weft_call;

/* What an extension may ask of the host. Use the inline functions below. */
typedef struct weft_services {
  uint32_t struct_size;
  uint32_t abi_version;
  weft_status (*load)(weft_call *call, uint32_t address, void *destination, uint32_t count);
  weft_status (*store)(weft_call *call, uint32_t address, const void *source, uint32_t count);
  weft_status (*copy)(weft_call *call, uint32_t destination, uint32_t source, uint32_t count);
  weft_status (*fill)(weft_call *call, uint32_t destination, uint8_t byte, uint32_t count);
  weft_status (*read_register)(weft_call *call, uint32_t index, uint32_t *value);
  weft_status (*write_register)(weft_call *call, uint32_t index, uint32_t value);
  weft_status (*space_load)(weft_call *call, uint32_t space, uint32_t pointer, void *destination, uint32_t count);
  weft_status (*space_store)(weft_call *call, uint32_t space, uint32_t pointer, const void *source, uint32_t count);
  weft_status (*advance)(weft_call *call, uint32_t ticks);
  weft_status (*fail)(weft_call *call, int32_t code, const char *message);
  weft_status (*jump)(weft_call *call, uint32_t address);
  weft_status (*exit)(weft_call *call, uint32_t code);
  weft_status (*write_output)(weft_call *call, const void *bytes, uint32_t count);
  weft_status (*set_hints)(weft_call *call, const void *bytes, uint32_t count);
} weft_services;

/* A space of the extension as it lies in memory; `size` is 0 where accesses go through the host. */
typedef struct weft_window {
  uint8_t *base;
  uint64_t size; /* bytes */
} weft_window;

/* One machine's instance of an extension; what every function of it gets. The host owns it. */
struct weft_call {
  uint32_t struct_size;
  uint32_t abi_version;
  void *state;                   /* yours: set it in `init`, per machine */
  uint32_t *x;                   /* registers x0…x31 and the slot 32; valid during a call */
  uint8_t *memory;               /* guest memory, for loads in place … */
  uint64_t memory_size;          /* … of so many bytes: 0 where the host has to see each access */
  uint32_t memory_start;         /* guest address of memory[0] */
  uint32_t writable_offset;      /* stores in place are allowed from here … */
  uint32_t writable_size;        /* … for so many bytes */
  uint32_t space_count;
  const weft_window *spaces;     /* in the order in which the extension declares them */
  const weft_services *services;
  uint32_t attention;            /* set by the host: leave the engine after this step */
  int32_t status;                /* the host's: what a step that failed returned */
  void *host;
};

/* ------------------------------------------------------------------------------------------------ memory */

/*
 * Guest memory by guest address: any alignment, bounds-checked. In fast runs an access inside memory is a few
 * machine instructions; in recorded runs the host logs it, one tick for each aligned word that it meets.
 */
static inline weft_status weft_load(weft_call *call, uint32_t address, void *destination, uint32_t count) {
  uint64_t offset = (uint32_t)(address - call->memory_start);
  if (offset + count <= call->memory_size) {
    memcpy(destination, call->memory + offset, count);
    return WEFT_OK;
  }
  return call->services->load(call, address, destination, count);
}

static inline weft_status weft_store(weft_call *call, uint32_t address, const void *source, uint32_t count) {
  uint64_t offset = (uint32_t)(address - call->memory_start);
  uint64_t inside = (uint32_t)(offset - call->writable_offset);
  if (inside + count <= call->writable_size) {
    memcpy(call->memory + offset, source, count);
    return WEFT_OK;
  }
  return call->services->store(call, address, source, count);
}

static inline weft_status weft_load8(weft_call *call, uint32_t address, uint8_t *value) {
  return weft_load(call, address, value, 1);
}
static inline weft_status weft_load16(weft_call *call, uint32_t address, uint16_t *value) {
  return weft_load(call, address, value, 2);
}
static inline weft_status weft_load32(weft_call *call, uint32_t address, uint32_t *value) {
  return weft_load(call, address, value, 4);
}
static inline weft_status weft_load64(weft_call *call, uint32_t address, uint64_t *value) {
  return weft_load(call, address, value, 8);
}
static inline weft_status weft_load128(weft_call *call, uint32_t address, uint8_t value[16]) {
  return weft_load(call, address, value, 16);
}
static inline weft_status weft_load256(weft_call *call, uint32_t address, uint8_t value[32]) {
  return weft_load(call, address, value, 32);
}
static inline weft_status weft_store8(weft_call *call, uint32_t address, uint8_t value) {
  return weft_store(call, address, &value, 1);
}
static inline weft_status weft_store16(weft_call *call, uint32_t address, uint16_t value) {
  return weft_store(call, address, &value, 2);
}
static inline weft_status weft_store32(weft_call *call, uint32_t address, uint32_t value) {
  return weft_store(call, address, &value, 4);
}
static inline weft_status weft_store64(weft_call *call, uint32_t address, uint64_t value) {
  return weft_store(call, address, &value, 8);
}
static inline weft_status weft_store128(weft_call *call, uint32_t address, const uint8_t value[16]) {
  return weft_store(call, address, value, 16);
}
static inline weft_status weft_store256(weft_call *call, uint32_t address, const uint8_t value[32]) {
  return weft_store(call, address, value, 32);
}

/* Copies as `memmove` does, and fills, all or nothing. */
static inline weft_status weft_copy(weft_call *call, uint32_t destination, uint32_t source, uint32_t count) {
  uint64_t from = (uint32_t)(source - call->memory_start);
  uint64_t to = (uint32_t)(destination - call->memory_start);
  uint64_t inside = (uint32_t)(to - call->writable_offset);
  if (from + count <= call->memory_size && inside + count <= call->writable_size) {
    memmove(call->memory + to, call->memory + from, count);
    return WEFT_OK;
  }
  return call->services->copy(call, destination, source, count);
}
static inline weft_status weft_fill(weft_call *call, uint32_t destination, uint8_t byte, uint32_t count) {
  uint64_t to = (uint32_t)(destination - call->memory_start);
  uint64_t inside = (uint32_t)(to - call->writable_offset);
  if (inside + count <= call->writable_size) {
    memset(call->memory + to, byte, count);
    return WEFT_OK;
  }
  return call->services->fill(call, destination, byte, count);
}

/*
 * Bytes of guest memory in place, for reading: NULL where there is no such thing (recorded runs, outside memory);
 * then `weft_load` is the way.
 */
static inline const uint8_t *weft_peek(const weft_call *call, uint32_t address, uint32_t count) {
  uint64_t offset = (uint32_t)(address - call->memory_start);
  return offset + count <= call->memory_size ? call->memory + offset : NULL;
}

/* ------------------------------------------------------------------------------------------------ registers */

/* Registers that the instruction does not declare, logged where they are accessed. */
static inline weft_status weft_register(weft_call *call, uint32_t index, uint32_t *value) {
  return call->services->read_register(call, index, value);
}
static inline weft_status weft_set_register(weft_call *call, uint32_t index, uint32_t value) {
  return call->services->write_register(call, index, value);
}

/* ------------------------------------------------------------------------------------------------ own spaces */

/*
 * Cells of the extension's own address space `space`, counted in the order of declaration from 0. `pointer` and
 * `count` are in bytes; fields are four bytes each. One tick for each block that the access meets.
 */
static inline weft_status weft_space_load(weft_call *call, uint32_t space, uint32_t pointer, void *destination,
                                          uint32_t count) {
  if (space < call->space_count && (uint64_t)pointer + count <= call->spaces[space].size) {
    memcpy(destination, call->spaces[space].base + pointer, count);
    return WEFT_OK;
  }
  return call->services->space_load(call, space, pointer, destination, count);
}
static inline weft_status weft_space_store(weft_call *call, uint32_t space, uint32_t pointer, const void *source,
                                           uint32_t count) {
  if (space < call->space_count && (uint64_t)pointer + count <= call->spaces[space].size) {
    memcpy(call->spaces[space].base + pointer, source, count);
    return WEFT_OK;
  }
  return call->services->space_store(call, space, pointer, source, count);
}

/* ------------------------------------------------------------------------------------------------ requests */

/* Ends the instruction as failed; the message is copied, at most 255 bytes. Return what it returns. */
static inline weft_status weft_fail(weft_call *call, int32_t code, const char *message) {
  return call->services->fail(call, code, message);
}
/* Lets time pass without an access, where a chip has a fixed time step. */
static inline weft_status weft_advance(weft_call *call, uint32_t ticks) {
  return call->services->advance(call, ticks);
}
/* Goes on at `address` instead of the next instruction. */
static inline weft_status weft_jump(weft_call *call, uint32_t address) {
  return call->services->jump(call, address);
}
/* Ends the run after this instruction. */
static inline weft_status weft_exit(weft_call *call, uint32_t code) { return call->services->exit(call, code); }
/* Writes to the guest's standard output. */
static inline weft_status weft_write_output(weft_call *call, const void *bytes, uint32_t count) {
  return call->services->write_output(call, bytes, count);
}
/* Phantom instructions only: what the guest's hint instructions will read. */
static inline weft_status weft_set_hints(weft_call *call, const void *bytes, uint32_t count) {
  return call->services->set_hints(call, bytes, count);
}

/* ------------------------------------------------------------------------------------------------ step functions */

/* Carries one instruction out. */
typedef weft_status (*weft_step)(weft_call *call, const weft_operands *operands);

/* What a decoded slot of a step function stands for. */
typedef struct weft_step_slot {
  weft_step step;
  weft_call *call;
  weft_operands operands;
} weft_step_slot;

/* ------------------------------------------------------------------------------------------------ full handlers */

/*
 * A full handler is part of the threaded engine: no call, no return, nothing saved. WEFT_HANDLER makes two functions of
 * its body: the handler, for fast runs, and a step function, which the host uses wherever it has to see each access.
 * The body ends with WEFT_RETIRE, or with WEFT_LEAVE when it cannot do its work, before it has changed anything.
 *
 *     WEFT_HANDLER(load_and_add) {
 *       uint32_t value;
 *       if (!WEFT_LOAD32(WEFT_RS1, &value)) WEFT_LEAVE;
 *       WEFT_RD = value + WEFT_RS2;
 *       WEFT_RETIRE;
 *     }
 *
 * It has no state of its own, and touches the registers that the instruction declares and guest memory. The operands
 * of form R: WEFT_RD, WEFT_RS1, WEFT_RS2; of I and U: WEFT_RD, WEFT_RS1, WEFT_IMMEDIATE; of S: WEFT_RS1,
 * WEFT_SOURCE, which is rs2, and WEFT_IMMEDIATE.
 */
#define WEFT_RETIRE return 1
#define WEFT_LEAVE return 0

#define WEFT_RD (((uint32_t *)operands)[next->rd])
#define WEFT_RS1 (((const uint32_t *)operands)[next->rs1])
#define WEFT_RS2 (((const uint32_t *)operands)[next->immediate])
#define WEFT_SOURCE (((const uint32_t *)operands)[next->rd])
#define WEFT_IMMEDIATE (next->immediate)

/* Guest memory: 1 when done, 0 when the handler has to leave. */
#define WEFT_LOAD(address, destination, count) weft_handler_load(WEFT_ARGUMENTS_, address, destination, count)
#define WEFT_LOAD8(address, destination) WEFT_LOAD(address, (uint8_t *)(destination), 1)
#define WEFT_LOAD16(address, destination) WEFT_LOAD(address, (uint16_t *)(destination), 2)
#define WEFT_LOAD32(address, destination) WEFT_LOAD(address, (uint32_t *)(destination), 4)
#define WEFT_STORE(address, source, count) weft_handler_store(WEFT_ARGUMENTS_, address, source, count)
#define WEFT_STORE8(address, value) weft_handler_store32(WEFT_ARGUMENTS_, address, value, 1)
#define WEFT_STORE16(address, value) weft_handler_store32(WEFT_ARGUMENTS_, address, value, 2)
#define WEFT_STORE32(address, value) weft_handler_store32(WEFT_ARGUMENTS_, address, value, 4)
/* Leaves with a failure of the instruction's own. */
#define WEFT_REFUSE(code, message)                                        \
  do {                                                                    \
    if (weft_watched_) (void)weft_fail(weft_watched_, code, message);     \
    WEFT_LEAVE;                                                           \
  } while (0)

#define WEFT_PARAMETERS                                                                                      \
  const weft_instruction *next, void *operands, uint8_t *memory, uint64_t memory_size, int64_t budget,       \
      weft_context *context
/* What a body sees besides: the call, where the host watches. */
#define WEFT_BODY_PARAMETERS_                                                                                 \
  WEFT_UNUSED_ const weft_instruction *next, WEFT_UNUSED_ void *operands, WEFT_UNUSED_ uint8_t *memory,       \
      WEFT_UNUSED_ uint64_t memory_size, WEFT_UNUSED_ weft_context *context,                                  \
      WEFT_UNUSED_ weft_call *weft_watched_
#define WEFT_UNUSED_ __attribute__((unused))
#define WEFT_ARGUMENTS_ next, operands, memory, memory_size, context, weft_watched_

#define WEFT_INLINE static inline __attribute__((always_inline, unused))
#if defined(__clang__)
#define WEFT_HANDLER_ATTRIBUTES
/* ISO C has no `return` with a void expression, which `musttail` needs. */
#define WEFT_TAIL_CALL(handler, next)                                                                   \
  do {                                                                                                  \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wpedantic\"")                 \
    __attribute__((musttail)) return ((weft_handler)(handler))(next, operands, memory, memory_size, budget, \
                                                               context);                                \
    _Pragma("clang diagnostic pop")                                                                     \
  } while (0)
#else
/* GCC makes sibling calls when it optimises: every handler asks for that, whatever the file is compiled with. */
#define WEFT_HANDLER_ATTRIBUTES __attribute__((optimize("O2", "optimize-sibling-calls")))
#define WEFT_TAIL_CALL(handler, next)                                                          \
  do {                                                                                         \
    ((weft_handler)(handler))(next, operands, memory, memory_size, budget, context);           \
    return;                                                                                    \
  } while (0)
#endif

#define WEFT_HANDLER(name)                                                                              \
  WEFT_INLINE int name##_body(WEFT_BODY_PARAMETERS_);                                                   \
  WEFT_HANDLER_ATTRIBUTES static void name(WEFT_PARAMETERS) {                                           \
    if (__builtin_expect(name##_body(next, operands, memory, memory_size, context, NULL), 1))           \
      WEFT_TAIL_CALL(next[1].handler, next + 1);                                                        \
    WEFT_TAIL_CALL(context->leave, next);                                                               \
  }                                                                                                     \
  static weft_status name##_step(weft_call *call, const weft_operands *fields) {                        \
    weft_instruction slot = weft_handler_slot(fields);                                                  \
    return name##_body(&slot, call->x, NULL, 0, NULL, call) ? WEFT_OK : WEFT_FAILED;                     \
  }                                                                                                     \
  WEFT_INLINE int name##_body(WEFT_BODY_PARAMETERS_)

/* The slot that an engine would decode the word to, without a handler. */
WEFT_INLINE weft_instruction weft_handler_slot(const weft_operands *fields) {
  weft_instruction slot = {0, 0, 0, 1, 0};
  slot.rd = fields->form == WEFT_FORM_S ? fields->rs2 : fields->rd;
  slot.rs1 = fields->rs1;
  slot.immediate = fields->form == WEFT_FORM_R ? fields->rs2 : fields->immediate;
  return slot;
}
WEFT_INLINE int weft_handler_load(WEFT_BODY_PARAMETERS_, uint32_t address, void *destination, uint32_t count) {
  if (weft_watched_ != NULL) return weft_load(weft_watched_, address, destination, count) == WEFT_OK;
  uint64_t offset = (uint32_t)(address - context->memory_start);
  if (__builtin_expect(offset + count > memory_size, 0)) return 0;
  memcpy(destination, memory + offset, count);
  return 1;
}
WEFT_INLINE int weft_handler_store(WEFT_BODY_PARAMETERS_, uint32_t address, const void *source, uint32_t count) {
  if (weft_watched_ != NULL) return weft_store(weft_watched_, address, source, count) == WEFT_OK;
  uint64_t offset = (uint32_t)(address - context->memory_start);
  uint64_t inside = (uint32_t)(offset - context->writable_offset);
  if (__builtin_expect(inside + count > context->writable_size, 0)) return 0;
  memcpy(memory + offset, source, count);
  return 1;
}
WEFT_INLINE int weft_handler_store32(WEFT_BODY_PARAMETERS_, uint32_t address, uint32_t value, uint32_t count) {
  return weft_handler_store(WEFT_ARGUMENTS_, address, &value, count);
}

/* ------------------------------------------------------------------------------------------------ declarations */

enum { WEFT_RV32 = 1 };
/* The major opcodes for extensions. */
enum { WEFT_CUSTOM_1 = 0x2b, WEFT_CUSTOM_2 = 0x5b, WEFT_CUSTOM_3 = 0x7b };

/* All words with `word & mask == match`. */
typedef struct weft_encoding {
  uint32_t match;
  uint32_t mask;
} weft_encoding;

typedef struct weft_air weft_air; /* see weft_air.h */

typedef struct weft_extension_instruction {
  const char *mnemonic;     /* lower case, for disassembly and profiles: unique in a machine */
  uint32_t instruction_set; /* WEFT_RV32; instructions of the EVM have a table of their own */
  uint32_t form;            /* WEFT_FORM_… */
  weft_encoding encoding;
  uint32_t registers;       /* WEFT_READS_… and WEFT_WRITES_RD */
  uint32_t ticks;           /* time that one execution takes in a recorded run; 0 where it depends on operands */
  weft_step step;           /* carries the instruction out */
  weft_handler handler;     /* or NULL: does the same as part of the threaded engine of a fast run */
  const weft_air *air;      /* the chip that proves it, or NULL: the instruction runs, and is not provable */
  uint64_t reserved;
} weft_extension_instruction;

/* An unconstrained request of the guest: custom-0, funct3 3, the immediate being `number` (0x100 to 0x7ff). It sees
 * registers and memory, changes neither, and may write output, set hints or change the extension's state. */
typedef struct weft_extension_phantom {
  const char *name;
  uint32_t number;
  uint32_t reserved;
  weft_status (*perform)(weft_call *call, uint32_t first, uint32_t second);
} weft_extension_phantom;

/* A call by `ecall` with `number` (0x680 to 0x6ff) in a7 and arguments in a0 to a5. It leaves a0, and a1 where it
 * sets `has_second`. Its accesses to memory take place after those to registers. */
typedef struct weft_call_result {
  uint32_t value;
  uint32_t second;
  uint32_t has_second;
  uint32_t reserved;
} weft_call_result;
typedef struct weft_extension_call {
  const char *name;
  uint32_t number;
  uint32_t reserved;
  weft_status (*perform)(weft_call *call, const uint32_t arguments[6], weft_call_result *result);
} weft_extension_call;

enum { WEFT_CELL_BYTE = 0, WEFT_CELL_FIELD = 1 };

/* Memory of the extension's own, zero at the start of a run. */
typedef struct weft_extension_space {
  const char *name;
  uint32_t cell_kind;  /* WEFT_CELL_… */
  uint32_t block_size; /* cells that are accessed together: 1, 2, 4, 8, 16 or 32 */
  uint64_t cell_count; /* a multiple of the block size, at most 2^29 */
} weft_extension_space;

/* A sink for saved state: call it any number of times. */
typedef struct weft_writer {
  void (*write)(struct weft_writer *writer, const void *bytes, size_t count);
} weft_writer;

typedef struct weft_evm_extension weft_evm_extension; /* see weft_evm_extension.h */

typedef struct weft_extension {
  uint32_t struct_size;
  uint32_t abi_version;
  const char *name;    /* lower-case letters, digits, hyphens */
  const char *version;
  const char *license; /* SPDX expression */
  const weft_extension_instruction *instructions;
  const weft_extension_phantom *phantoms;
  const weft_extension_call *calls;
  const weft_extension_space *spaces;
  uint32_t instruction_count, phantom_count, call_count, space_count;
  uint32_t instruction_size; /* sizeof(weft_extension_instruction): the table may grow with the ABI */
  uint32_t reserved;
  /* All optional. `init` sets call->state before a run; `teardown` frees it. With `init` there may be `save`, which
   * writes the state, and `restore`, which takes what was saved by the same version; without, no snapshots. */
  weft_status (*init)(weft_call *call);
  void (*teardown)(weft_call *call);
  weft_status (*save)(weft_call *call, weft_writer *writer);
  weft_status (*restore)(weft_call *call, const void *bytes, size_t count);
  const weft_evm_extension *evm; /* what it brings to the EVM, or NULL */
} weft_extension;

/* The host, as the entry function sees it. */
typedef struct weft_host {
  uint32_t struct_size;
  uint32_t abi_version;
  const char *version;
} weft_host;

typedef const weft_extension *(*weft_entry)(const weft_host *host);

/* ------------------------------------------------------------------------------------------------ macros */

#define WEFT_COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))
/* The words of form R with these fields, and of form I or S: match and mask, as two arguments. */
#define WEFT_ENCODE_R(major, funct3, funct7) \
  ((major) | ((uint32_t)(funct3) << 12) | ((uint32_t)(funct7) << 25)), 0xfe00707fu
#define WEFT_ENCODE_I(major, funct3) ((major) | ((uint32_t)(funct3) << 12)), 0x0000707fu

/* `ticks`: the time one execution takes in a recorded run, one for each access; 0 where that depends on operands. */
#define WEFT_INSTRUCTION_STEP(mnemonic, form, encoding, registers, ticks, step) \
  WEFT_INSTRUCTION_(mnemonic, form, encoding, registers, ticks, step, NULL)
#define WEFT_INSTRUCTION_HANDLER(mnemonic, form, encoding, registers, ticks, handler) \
  WEFT_INSTRUCTION_(mnemonic, form, encoding, registers, ticks, handler##_step, handler)
/* The same with the chip that proves it, a `const weft_air *`. */
#define WEFT_PROVABLE_STEP(mnemonic, form, encoding, registers, ticks, step, air) \
  WEFT_PROVABLE_(mnemonic, form, encoding, registers, ticks, step, NULL, air)
#define WEFT_PROVABLE_HANDLER(mnemonic, form, encoding, registers, ticks, handler, air) \
  WEFT_PROVABLE_(mnemonic, form, encoding, registers, ticks, handler##_step, handler, air)
/* One more expansion splits the encoding into match and mask. */
#define WEFT_INSTRUCTION_(...) WEFT_INSTRUCTION_FIELDS_(__VA_ARGS__, NULL)
#define WEFT_PROVABLE_(...) WEFT_INSTRUCTION_FIELDS_(__VA_ARGS__)
#define WEFT_INSTRUCTION_FIELDS_(mnemonic, form, match, mask, registers, ticks, step, handler, air) \
  { mnemonic, WEFT_RV32, form, {match, mask}, registers, ticks, step, handler, air, 0 }

/* An extension that has instructions and nothing else. */
#define WEFT_EXTENSION(name, version, license, instructions)                                                   \
  { sizeof(weft_extension), WEFT_ABI_VERSION, name, version, license, instructions, NULL, NULL, NULL,          \
    WEFT_COUNT(instructions), 0, 0, 0, sizeof(weft_extension_instruction), 0, NULL, NULL, NULL, NULL, NULL }

#define WEFT_EXPORT __attribute__((visibility("default")))
#ifdef __cplusplus
#define WEFT_LINKAGE extern "C"
#else
#define WEFT_LINKAGE
#endif

/* Exports `extension`. An object has one. */
#define WEFT_EXTENSION_ENTRY(extension)                                                 \
  WEFT_LINKAGE WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host); \
  WEFT_LINKAGE WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) { \
    (void)host;                                                                         \
    return &(extension);                                                                \
  }

#ifdef __cplusplus
}
#endif

#endif
