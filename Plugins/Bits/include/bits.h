/*
 * Bit operations that RV32IM does not have, in software: what the instructions of the extension compute, and the
 * reference to compare them with.
 */
#ifndef WEFT_BITS_EXTENSION_H
#define WEFT_BITS_EXTENSION_H

#include <weft_extension.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The extension, for a host that has it linked in. */
const weft_extension *weft_bits_extension(void);

/* How many bits are set (H. S. Warren, Hacker's Delight, 2nd edition, figure 5-2). */
static inline uint32_t bits_popcount(uint32_t x) {
  x -= (x >> 1) & 0x55555555u;
  x = (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0fu;
  return (x * 0x01010101u) >> 24;
}

/* Zeros above the highest bit that is set; 32 for 0: that bit is copied to all places below, the rest counted. */
static inline uint32_t bits_leading_zeros(uint32_t x) {
  x |= x >> 1;
  x |= x >> 2;
  x |= x >> 4;
  x |= x >> 8;
  x |= x >> 16;
  return bits_popcount(~x);
}

/* Zeros below the lowest bit that is set; 32 for 0. */
static inline uint32_t bits_trailing_zeros(uint32_t x) { return bits_popcount(~x & (x - 1)); }

/* The four bytes the other way round. */
static inline uint32_t bits_reverse_bytes(uint32_t x) {
  return x << 24 | (x & 0xff00u) << 8 | ((x >> 8) & 0xff00u) | x >> 24;
}

/* The low bits of x, put in order at the places that are set in the mask; zeros elsewhere. */
static inline uint32_t bits_deposit(uint32_t x, uint32_t mask) {
  uint32_t result = 0;
  for (; mask != 0; mask &= mask - 1, x >>= 1) {
    if (x & 1) result |= mask & (0 - mask);
  }
  return result;
}

/* The bits of x at the places that are set in the mask, moved down next to one another; zeros above. */
static inline uint32_t bits_extract(uint32_t x, uint32_t mask) {
  uint32_t result = 0;
  for (uint32_t place = 1; mask != 0; mask &= mask - 1, place <<= 1) {
    if (x & mask & (0 - mask)) result |= place;
  }
  return result;
}

#ifdef __cplusplus
}
#endif

#endif
