/* weft_vectors.h - the instructions of the extension Vectors (Plugins/Vectors), and operations on arrays with them.
 *
 * Vectors are 32 registers of 32 bytes outside guest memory; the words name them by number, so the macros take
 * constants from 0 to 31. The operations on arrays use v0 to v2, and are there in software too: compiled with
 * WEFT_WITHOUT_EXTENSIONS, a guest takes that and runs on any RV32IM machine. */
#ifndef WEFT_VECTORS_H
#define WEFT_VECTORS_H

#include "weft_guest.h"
#include "weft_runtime.h"

/* ---- Instructions ------------------------------------------------------------------------------------------ */

/* v = 32 bytes at pointer + offset; offset is a constant, -2048 to 2047. */
#define VECTORS_LOAD(v, pointer, offset)                                                                    \
  __asm__ volatile(".insn i 0x5b, 0, x%0, %1, %2" : : "i"(v), "r"(weft_address(pointer)), "i"(offset) : "memory")
#define VECTORS_STORE(v, pointer, offset)                                                                   \
  __asm__ volatile(".insn s 0x5b, 1, x%0, %2(%1)" : : "i"(v), "r"(weft_address(pointer)), "i"(offset) : "memory")

/* d = a OPERATION b in all lanes. */
#define VECTORS_OPERATION(funct3, funct7, d, a, b)                                                          \
  __asm__ volatile(".insn r 0x5b, %0, %1, x%2, x%3, x%4"                                                    \
                   :                                                                                        \
                   : "i"(funct3), "i"(funct7), "i"(d), "i"(a), "i"(b)                                       \
                   : "memory")
enum { VECTORS_8 = 2, VECTORS_16 = 3, VECTORS_32 = 4 };
#define VECTORS_ADD(width, d, a, b) VECTORS_OPERATION(width, 0, d, a, b)
#define VECTORS_SUBTRACT(width, d, a, b) VECTORS_OPERATION(width, 1, d, a, b)
#define VECTORS_EQUAL(width, d, a, b) VECTORS_OPERATION(width, 2, d, a, b)
#define VECTORS_LESS(width, d, a, b) VECTORS_OPERATION(width, 3, d, a, b)
#define VECTORS_AVERAGE(width, d, a, b) VECTORS_OPERATION(width, 4, d, a, b)
#define VECTORS_XOR(d, a, b) VECTORS_OPERATION(5, 0, d, a, b)
#define VECTORS_AND(d, a, b) VECTORS_OPERATION(5, 1, d, a, b)
#define VECTORS_OR(d, a, b) VECTORS_OPERATION(5, 2, d, a, b)

/* result = the sum of all lanes of v. */
#define VECTORS_SUM(width, result, v)                                                                       \
  __asm__ volatile(".insn r 0x5b, %1, 8, %0, x%2, x0" : "=r"(result) : "i"(width), "i"(v) : "memory")
/* All lanes of v = value. */
#define VECTORS_SPREAD(width, v, value)                                                                     \
  __asm__ volatile(".insn r 0x5b, %0, 9, x%1, %2, x0"                                                       \
                   :                                                                                        \
                   : "i"(width), "i"(v), "r"((uint32_t)(value))                                             \
                   : "memory")

/* Phantom: prints the vector with this number. */
#define VECTORS_PRINT(number) WEFT_CUSTOM0(3, 0x180, number, 0)

/* ---- Operations on arrays ---------------------------------------------------------------------------------- */

enum { VECTORS_ROUND_DOWN = 0, VECTORS_ROUND_UP = 1 };

static inline void vectors_add_software(uint32_t *sums, const uint32_t *a, const uint32_t *b, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) sums[i] = a[i] + b[i];
}
static inline void vectors_xor_software(uint32_t *results, const uint32_t *a, const uint32_t *b, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) results[i] = a[i] ^ b[i];
}
static inline uint32_t vectors_sum_software(const uint32_t *words, uint32_t count) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += words[i];
  return sum;
}
static inline uint32_t vectors_equal_bytes_software(const uint8_t *a, const uint8_t *b, uint32_t count) {
  uint32_t equal = 0;
  for (uint32_t i = 0; i < count; i++) equal += a[i] == b[i];
  return equal;
}
static inline void vectors_average_software(uint8_t *means, const uint8_t *a, const uint8_t *b, uint32_t count,
                                            uint32_t rounding) {
  for (uint32_t i = 0; i < count; i++) means[i] = (uint8_t)((a[i] + b[i] + rounding) >> 1);
}

#ifdef WEFT_WITHOUT_EXTENSIONS

static inline void vectors_add(uint32_t *sums, const uint32_t *a, const uint32_t *b, uint32_t count) {
  vectors_add_software(sums, a, b, count);
}
static inline void vectors_xor(uint32_t *results, const uint32_t *a, const uint32_t *b, uint32_t count) {
  vectors_xor_software(results, a, b, count);
}
static inline uint32_t vectors_sum(const uint32_t *words, uint32_t count) {
  return vectors_sum_software(words, count);
}
static inline uint32_t vectors_equal_bytes(const uint8_t *a, const uint8_t *b, uint32_t count) {
  return vectors_equal_bytes_software(a, b, count);
}
static inline void vectors_average(uint8_t *means, const uint8_t *a, const uint8_t *b, uint32_t count,
                                   uint32_t rounding) {
  vectors_average_software(means, a, b, count, rounding);
}
static inline void vectors_print(const uint8_t bytes[32]) {
  print_bytes(bytes, 32);
  putchar('\n');
}

#else

/* sums = a + b, word by word. */
static inline void vectors_add(uint32_t *sums, const uint32_t *a, const uint32_t *b, uint32_t count) {
  uint32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    VECTORS_LOAD(0, a + i, 0);
    VECTORS_LOAD(1, b + i, 0);
    VECTORS_ADD(VECTORS_32, 2, 0, 1);
    VECTORS_STORE(2, sums + i, 0);
  }
  vectors_add_software(sums + i, a + i, b + i, count - i);
}
static inline void vectors_xor(uint32_t *results, const uint32_t *a, const uint32_t *b, uint32_t count) {
  uint32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    VECTORS_LOAD(0, a + i, 0);
    VECTORS_LOAD(1, b + i, 0);
    VECTORS_XOR(2, 0, 1);
    VECTORS_STORE(2, results + i, 0);
  }
  vectors_xor_software(results + i, a + i, b + i, count - i);
}
/* The sum of all words, mod 2^32. */
static inline uint32_t vectors_sum(const uint32_t *words, uint32_t count) {
  uint32_t i = 0, sum;
  VECTORS_SPREAD(VECTORS_32, 0, 0);
  for (; i + 8 <= count; i += 8) {
    VECTORS_LOAD(1, words + i, 0);
    VECTORS_ADD(VECTORS_32, 0, 0, 1);
  }
  VECTORS_SUM(VECTORS_32, sum, 0);
  return sum + vectors_sum_software(words + i, count - i);
}
/* How many bytes are the same. */
static inline uint32_t vectors_equal_bytes(const uint8_t *a, const uint8_t *b, uint32_t count) {
  uint32_t i = 0, equal = 0;
  VECTORS_SPREAD(VECTORS_8, 2, 1);
  for (; i + 32 <= count; i += 32) {
    uint32_t ones;
    VECTORS_LOAD(0, a + i, 0);
    VECTORS_LOAD(1, b + i, 0);
    VECTORS_EQUAL(VECTORS_8, 0, 0, 1);
    VECTORS_AND(0, 0, 2);
    VECTORS_SUM(VECTORS_8, ones, 0);
    equal += ones;
  }
  return equal + vectors_equal_bytes_software(a + i, b + i, count - i);
}
/* means = (a + b) / 2, byte by byte. */
static inline void vectors_average(uint8_t *means, const uint8_t *a, const uint8_t *b, uint32_t count,
                                   uint32_t rounding) {
  uint32_t i = 0;
  int32_t call = weft_resolve("vectors.rounding", 16);
  uint32_t before = (uint32_t)weft_call((uint32_t)call, rounding, 0, 0);
  for (; i + 32 <= count; i += 32) {
    VECTORS_LOAD(0, a + i, 0);
    VECTORS_LOAD(1, b + i, 0);
    VECTORS_AVERAGE(VECTORS_8, 2, 0, 1);
    VECTORS_STORE(2, means + i, 0);
  }
  weft_call((uint32_t)call, before, 0, 0);
  vectors_average_software(means + i, a + i, b + i, count - i, rounding);
}
/* Prints 32 bytes, behind anything printed so far. */
static inline void vectors_print(const uint8_t bytes[32]) {
  print_flush();
  VECTORS_LOAD(0, bytes, 0);
  VECTORS_PRINT(0);
}

#endif

#endif
