/* weft_guest.h - what a guest can ask of Weft. C99 and C++; all inline, nothing to link.
 *
 * Two ways lead out of a guest:
 *   1. Host calls by ECALL: number in a7, arguments in a0-a5, result in a0 (negative errno on failure), all
 *      other registers unchanged. Numbers below 0x600 are those of Linux and newlib: such a guest also runs
 *      on other RISC-V runners. Runs that use ECALL cannot be proven yet.
 *   2. Instructions on custom-0: terminate, hints, reveal, phantoms. These are provable. Calls of EVM contracts are
 *      custom-0 instructions as well: what they access is constrained, what contracts mean is not.
 * Extensions use custom-1, custom-2 and custom-3; the macros at the end build any of their instructions. */
#ifndef WEFT_GUEST_H
#define WEFT_GUEST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors, as a host call returns them -------------------------------------------------------------- */

enum {
  WEFT_EBADF = -9,   /* no such descriptor */
  WEFT_EFAULT = -14, /* a range reaches outside memory; checked whole, before any effect */
  WEFT_EINVAL = -22,
  WEFT_ENOSYS = -38  /* known call that Weft does not serve, or a name that does not resolve */
};

/* ---- Host calls: numbers ------------------------------------------------------------------------------- */

enum {
  WEFT_CALL_READ = 63,
  WEFT_CALL_WRITE = 64,
  WEFT_CALL_EXIT = 93,
  WEFT_CALL_BRK = 214,
  WEFT_CALL_HINT_LENGTH = 0x600,
  WEFT_CALL_HINT_READ = 0x601,
  WEFT_CALL_HINT_NEXT = 0x602,
  WEFT_CALL_REVEAL = 0x608,
  WEFT_CALL_REVEAL_BYTES = 0x609,
  WEFT_CALL_CYCLES = 0x610,
  WEFT_CALL_MARKER = 0x611,
  WEFT_CALL_RESOLVE = 0x67f /* 0x680-0x6ff: calls of extensions, numbers by weft_resolve */
};

/* A call with up to three arguments. The memory clobber is needed: the host reads and writes buffers that the
 * compiler only sees as numbers. */
static inline int32_t weft_call(uint32_t number, uint32_t x, uint32_t y, uint32_t z) {
  register uint32_t a0 __asm__("a0") = x;
  register uint32_t a1 __asm__("a1") = y;
  register uint32_t a2 __asm__("a2") = z;
  register uint32_t a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return (int32_t)a0;
}

static inline uint32_t weft_address(const volatile void *pointer) { return (uint32_t)(uintptr_t)pointer; }

/* ---- Host calls: input, output, end -------------------------------------------------------------------- */

/* Descriptor 0: the next bytes of the input, 0 at its end. */
static inline int32_t weft_read(int32_t descriptor, void *buffer, uint32_t length) {
  return weft_call(WEFT_CALL_READ, (uint32_t)descriptor, weft_address(buffer), length);
}

/* Descriptors 1 and 2: the run's output. */
static inline int32_t weft_write(int32_t descriptor, const void *buffer, uint32_t length) {
  return weft_call(WEFT_CALL_WRITE, (uint32_t)descriptor, weft_address(buffer), length);
}

/* Ends the run at once; buffered output is the caller's business (the runtime's exit() flushes). */
__attribute__((noreturn)) static inline void weft_exit(int32_t code) {
  weft_call(WEFT_CALL_EXIT, (uint32_t)code, 0, 0);
  for (;;) {
  }
}

/* Moves the end of the heap; 0 asks for the present one. */
static inline uint32_t weft_brk(uint32_t address) {
  return (uint32_t)weft_call(WEFT_CALL_BRK, address, 0, 0);
}

/* ---- Host calls: hints, the same stream as descriptor 0 but item by item ------------------------------- */

/* Bytes left in the present input item, -1 when there is none. */
static inline int32_t weft_hint_length(void) { return weft_call(WEFT_CALL_HINT_LENGTH, 0, 0, 0); }

/* Copies min(length, bytes left); returns the count. */
static inline int32_t weft_hint_read(void *buffer, uint32_t length) {
  return weft_call(WEFT_CALL_HINT_READ, weft_address(buffer), length, 0);
}

/* Drops the rest of this item; returns the length of the next, -1 when there is none. */
static inline int32_t weft_hint_next(void) { return weft_call(WEFT_CALL_HINT_NEXT, 0, 0, 0); }

/* ---- Host calls: public values ------------------------------------------------------------------------- */

/* Sets public word `index`: bytes 4 * index to 4 * index + 3, little-endian. Past the configured count the
 * guest traps. */
static inline int32_t weft_reveal(uint32_t index, uint32_t word) {
  return weft_call(WEFT_CALL_REVEAL, index, word, 0);
}

/* Sets public bytes from byte `offset` on. */
static inline int32_t weft_reveal_bytes(uint32_t offset, const void *bytes, uint32_t length) {
  return weft_call(WEFT_CALL_REVEAL_BYTES, offset, weft_address(bytes), length);
}

/* ---- Host calls: measuring ----------------------------------------------------------------------------- */

/* Instructions retired before this one: equal in every engine, never wall time. */
static inline uint64_t weft_cycles(void) {
  register uint32_t a0 __asm__("a0");
  register uint32_t a1 __asm__("a1");
  register uint32_t a7 __asm__("a7") = WEFT_CALL_CYCLES;
  __asm__ volatile("ecall" : "=r"(a0), "=r"(a1) : "r"(a7) : "memory");
  return ((uint64_t)a1 << 32) | a0;
}

enum { WEFT_MARKER_BEGIN = 0, WEFT_MARKER_END = 1, WEFT_MARKER_POINT = 2 };

/* Names a span or a point for profiles; at most 64 bytes of name, no effect on results. */
static inline int32_t weft_marker(uint32_t kind, const char *name, uint32_t length) {
  return weft_call(WEFT_CALL_MARKER, kind, weft_address(name), length);
}

/* ---- Host calls: extensions ---------------------------------------------------------------------------- */

/* The number of an extension's call by name, for weft_call; WEFT_ENOSYS when no extension offers it. */
static inline int32_t weft_resolve(const char *name, uint32_t length) {
  return weft_call(WEFT_CALL_RESOLVE, weft_address(name), length, 0);
}

/* ---- custom-0 (opcode 0x0b), all of I-type ------------------------------------------------------------
 *
 *   31          20 19   15 14  12 11    7 6       0
 *  | imm[11:0]    | rs1   |funct3| rd    | 0001011 |
 *
 *  funct3  instruction   imm                    rd                rs1
 *  000     terminate     exit code 0-255        x0                x0
 *  001     hint_storew   0                      address           x0
 *  001     hint_buffer   1                      address           number of words
 *  010     reveal        signed byte offset     base              word to store
 *  011     phantom       0 HintInput            x0                x0
 *                        1 PrintStr             address           length in bytes
 *                        2 HintRandom           number of words   x0
 *                        3 HintLoadByKey        address of key    length of key in bytes
 *
 * `rd` is read, never written, in all of them: it holds an address or a count. So the assembler templates
 * below pass it as an input operand. imm is part of the word: macros, because it must be a constant. */

/* A custom-0 instruction that reads memory or host state; x and y are registers or x0 for 0. */
#define WEFT_CUSTOM0(funct3, imm, x, y)                                                                     \
  __asm__ volatile(".insn i 0x0b, %0, %z2, %z3, %1"                                                         \
                   :                                                                                        \
                   : "i"(funct3), "i"(imm), "rJ"((uint32_t)(x)), "rJ"((uint32_t)(y))                        \
                   : "memory")

/* terminate: ends the run with a constant code of 0-255. */
#define WEFT_TERMINATE(code)                                                                                \
  do {                                                                                                      \
    WEFT_CUSTOM0(0, code, 0, 0);                                                                            \
    for (;;) {                                                                                              \
    }                                                                                                       \
  } while (0)

/* The two ends a guest needs, as functions: Swift imports no macros. */
__attribute__((noreturn)) static inline void weft_terminate_success(void) { WEFT_TERMINATE(0); }
__attribute__((noreturn)) static inline void weft_terminate_failure(void) { WEFT_TERMINATE(1); }

/* hint_storew: pops one word of the hint stream to an aligned address. */
static inline void weft_hint_storew(uint32_t *word) { WEFT_CUSTOM0(1, 0, weft_address(word), 0); }

/* hint_buffer: pops `count` words, count >= 1, to an aligned address. */
static inline void weft_hint_buffer(uint32_t *words, uint32_t count) {
  WEFT_CUSTOM0(1, 1, weft_address(words), count);
}

/* reveal: stores a word at byte (base + offset) of the public values; offset is a constant, -2048 to 2047. */
#define WEFT_REVEAL(base, word, offset) WEFT_CUSTOM0(2, offset, base, word)

static inline void weft_reveal_word(uint32_t index, uint32_t word) { WEFT_REVEAL(index * 4, word, 0); }

/* phantom HintInput: makes the next input item the hint stream: length (one little-endian word), bytes, zero
 * padding to a whole word. */
static inline void weft_hint_input(void) { WEFT_CUSTOM0(3, 0, 0, 0); }

/* phantom PrintStr: text to the run's output. */
static inline void weft_print_str(const char *text, uint32_t length) {
  WEFT_CUSTOM0(3, 1, weft_address(text), length);
}

/* phantom HintRandom: the next `count` words of the seeded generator become the hint stream. */
static inline void weft_hint_random(uint32_t count) { WEFT_CUSTOM0(3, 2, count, 0); }

/* phantom HintLoadByKey: the value stored under a key becomes the hint stream. */
static inline void weft_hint_load_by_key(const void *key, uint32_t length) {
  WEFT_CUSTOM0(3, 3, weft_address(key), length);
}

/* ---- Instructions of extensions ----------------------------------------------------------------------- */

enum { WEFT_CUSTOM_1 = 0x2b, WEFT_CUSTOM_2 = 0x5b, WEFT_CUSTOM_3 = 0x7b };

/* R-type: funct7 | rs2 | rs1 | funct3 | rd | opcode. `result` is an lvalue of type uint32_t. */
#define WEFT_INSTRUCTION_R(opcode, funct3, funct7, result, x, y)                                            \
  __asm__ volatile(".insn r %1, %2, %3, %0, %z4, %z5"                                                       \
                   : "=r"(result)                                                                           \
                   : "i"(opcode), "i"(funct3), "i"(funct7), "rJ"((uint32_t)(x)), "rJ"((uint32_t)(y))        \
                   : "memory")

/* R-type whose rd names an address or another operand the instruction only reads. */
#define WEFT_INSTRUCTION_R_EFFECT(opcode, funct3, funct7, d, x, y)                                          \
  __asm__ volatile(".insn r %0, %1, %2, %z3, %z4, %z5"                                                      \
                   :                                                                                        \
                   : "i"(opcode), "i"(funct3), "i"(funct7), "rJ"((uint32_t)(d)), "rJ"((uint32_t)(x)),       \
                     "rJ"((uint32_t)(y))                                                                    \
                   : "memory")

/* R-type whose result depends on its operands alone: the compiler may move it, or do without it. */
#define WEFT_INSTRUCTION_R_PURE(opcode, funct3, funct7, result, x, y)                                       \
  __asm__(".insn r %1, %2, %3, %0, %z4, %z5"                                                                \
          : "=r"(result)                                                                                    \
          : "i"(opcode), "i"(funct3), "i"(funct7), "rJ"((uint32_t)(x)), "rJ"((uint32_t)(y)))

/* R-type with three operands: rd is read, then replaced. `value` is an lvalue of type uint32_t. */
#define WEFT_INSTRUCTION_R_UPDATE(opcode, funct3, funct7, value, x, y)                                      \
  __asm__ volatile(".insn r %1, %2, %3, %0, %z4, %z5"                                                       \
                   : "+r"(value)                                                                            \
                   : "i"(opcode), "i"(funct3), "i"(funct7), "rJ"((uint32_t)(x)), "rJ"((uint32_t)(y))        \
                   : "memory")

/* I-type: imm[11:0] | rs1 | funct3 | rd | opcode. */
#define WEFT_INSTRUCTION_I(opcode, funct3, imm, result, x)                                                  \
  __asm__ volatile(".insn i %1, %2, %0, %z4, %3"                                                            \
                   : "=r"(result)                                                                           \
                   : "i"(opcode), "i"(funct3), "i"(imm), "rJ"((uint32_t)(x))                                \
                   : "memory")

/* ---- custom-0: EVM contracts ----------------------------------------------------------------------------
 *
 * R-type with funct3 100: funct7 0 makes or calls a contract, funct7 1 copies return data. The machine has them where
 * the host has added them: `weft run` and the like do so for every program that contains one. Contracts and their
 * storage live as long as the run. */

enum {
  WEFT_EVM_CALL = 0,
  WEFT_EVM_STATIC_CALL = 1,
  WEFT_EVM_CREATE = 2, /* the input is init code; the new address is written to `target` */
  WEFT_EVM_EXECUTE = 3 /* runs `code` as the account `target` */
};
enum { WEFT_EVM_SUCCESS = 0, WEFT_EVM_REVERT = 1, WEFT_EVM_HALT = 2 };

/* 16 words, from a multiple of 4 on. Pointers are guest addresses. */
typedef struct weft_evm_request {
  uint32_t size; /* 64 */
  uint32_t kind;
  uint32_t gas_low, gas_high;
  uint32_t target; /* address of 20 bytes; of an execution 0 for an account that the host chooses */
  uint32_t value;  /* address of 32 bytes, big-endian; 0 for none. The caller gets what it lacks. */
  uint32_t input, input_length;
  uint32_t output, output_capacity;
  uint32_t gas_left_low, gas_left_high; /* written back */
  uint32_t return_length;               /* written back; may exceed output_capacity */
  uint32_t code, code_length;           /* of an execution */
  uint32_t caller;                      /* address of 20 bytes; 0 for a caller that the host chooses */
} weft_evm_request;

/* 0 success, 1 revert, 2 halt, or a negative error: WEFT_EINVAL for a request that is none, WEFT_EFAULT where it names
 * what is not memory. The callee never traps the guest; a request outside memory does. */
static inline int32_t weft_evm_call(weft_evm_request *request) {
  uint32_t status;
  WEFT_INSTRUCTION_R(0x0b, 4, 0, status, weft_address(request), 0);
  return (int32_t)status;
}

/* Copies from the last call's return data; past its end WEFT_EFAULT. */
static inline int32_t weft_evm_return(uint32_t offset, void *buffer, uint32_t length) {
  uint32_t status = offset;
  WEFT_INSTRUCTION_R_UPDATE(0x0b, 4, 1, status, weft_address(buffer), length);
  return (int32_t)status;
}

#ifdef __cplusplus
}
#endif

#endif
