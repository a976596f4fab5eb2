/* What the extension computes, and the extension itself, for a host that has it linked in. */
#ifndef WEFT_CHECKSUMS_EXTENSION_H
#define WEFT_CHECKSUMS_EXTENSION_H

#include <weft_evm_extension.h>

#ifdef __cplusplus
extern "C" {
#endif

const weft_extension *weft_checksums_extension(void);

/* The prime 2^61 - 1. */
#define CHECKSUMS_PRIME ((UINT64_C(1) << 61) - 1)

/* The product of two numbers below the prime, modulo it: its high part, times 2^61, counts once. */
static inline uint64_t checksums_multiply(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 wide;
  wide product = (wide)a * b;
  uint64_t sum = (uint64_t)(product & CHECKSUMS_PRIME) + (uint64_t)(product >> 61);
  return sum >= CHECKSUMS_PRIME ? sum - CHECKSUMS_PRIME : sum;
}

/* A stack word modulo the prime: 2^64 is 8. */
static inline uint64_t checksums_reduce(const weft_word *word) {
  const uint64_t limbs[4] = {word->limb3, word->limb2, word->limb1, word->limb0};
  uint64_t value = 0;
  for (int i = 0; i < 4; i++) {
    value = checksums_multiply(value, 8) + limbs[i] % CHECKSUMS_PRIME;
    if (value >= CHECKSUMS_PRIME) value -= CHECKSUMS_PRIME;
  }
  return value;
}

/* The bytes as the coefficients of a polynomial, the first one the highest, at a point below the prime (Horner). */
static inline uint64_t checksums_polynomial(const uint8_t *bytes, uint64_t count, uint64_t point) {
  uint64_t value = 0;
  for (uint64_t i = 0; i < count; i++) {
    value = checksums_multiply(value, point) + bytes[i];
    if (value >= CHECKSUMS_PRIME) value -= CHECKSUMS_PRIME;
  }
  return value;
}

/* CRC-32 of IEEE 802.3: the polynomial 0x04c11db7, bits reversed, begun and ended with ones. */
static inline uint32_t checksums_crc32(const uint8_t *bytes, size_t count) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320u & (0 - (crc & 1)));
  }
  return ~crc;
}

#ifdef __cplusplus
}
#endif

#endif
