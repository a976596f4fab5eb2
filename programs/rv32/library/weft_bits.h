/* weft_bits.h - the instructions of the extension Bits (Plugins/Bits), and the same in software.
 *
 * Compiled with WEFT_WITHOUT_EXTENSIONS, a guest takes the software and runs on any RV32IM machine. */
#ifndef WEFT_BITS_H
#define WEFT_BITS_H

#include "weft_guest.h"

/* How many bits are set. */
static inline uint32_t bits_popcount_software(uint32_t x) {
  uint32_t count = 0;
  for (; x != 0; x &= x - 1) count++;
  return count;
}

/* Zeros above the highest bit that is set, 32 for 0. */
static inline uint32_t bits_clz_software(uint32_t x) {
  uint32_t count = 0;
  for (uint32_t bit = 0x80000000u; bit != 0 && (x & bit) == 0; bit >>= 1) count++;
  return count;
}

/* Zeros below the lowest bit that is set, 32 for 0. */
static inline uint32_t bits_ctz_software(uint32_t x) {
  uint32_t count = 0;
  for (uint32_t bit = 1; bit != 0 && (x & bit) == 0; bit <<= 1) count++;
  return count;
}

/* The four bytes the other way round. */
static inline uint32_t bits_reverse_software(uint32_t x) {
  return x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24;
}

/* The low bits of x, put in order at the places that are set in the mask. */
static inline uint32_t bits_deposit_software(uint32_t x, uint32_t mask) {
  uint32_t result = 0;
  for (uint32_t bit = 1; bit != 0; bit <<= 1) {
    if ((mask & bit) == 0) continue;
    if (x & 1) result |= bit;
    x >>= 1;
  }
  return result;
}

/* The bits of x at the places that are set in the mask, moved down next to one another. */
static inline uint32_t bits_extract_software(uint32_t x, uint32_t mask) {
  uint32_t result = 0, count = 0;
  for (uint32_t place = 0; place < 32; place++) {
    if (mask >> place & 1) result |= (x >> place & 1) << count++;
  }
  return result;
}

#ifdef WEFT_WITHOUT_EXTENSIONS
#define WEFT_BITS_1(name, funct7) \
  static inline uint32_t bits_##name(uint32_t x) { return bits_##name##_software(x); }
#define WEFT_BITS_2(name, funct7) \
  static inline uint32_t bits_##name(uint32_t x, uint32_t mask) { return bits_##name##_software(x, mask); }
#else
#define WEFT_BITS_1(name, funct7)                                \
  static inline uint32_t bits_##name(uint32_t x) {               \
    uint32_t result;                                             \
    WEFT_INSTRUCTION_R_PURE(WEFT_CUSTOM_1, 0, funct7, result, x, 0); \
    return result;                                               \
  }
#define WEFT_BITS_2(name, funct7)                                   \
  static inline uint32_t bits_##name(uint32_t x, uint32_t mask) {   \
    uint32_t result;                                                \
    WEFT_INSTRUCTION_R_PURE(WEFT_CUSTOM_1, 0, funct7, result, x, mask); \
    return result;                                                  \
  }
#endif

WEFT_BITS_1(popcount, 0)
WEFT_BITS_1(clz, 1)
WEFT_BITS_1(ctz, 2)
WEFT_BITS_1(reverse, 3)
WEFT_BITS_2(deposit, 5)
WEFT_BITS_2(extract, 6)

#undef WEFT_BITS_1
#undef WEFT_BITS_2

#endif
