/* keccak-256 for the test host, from the description of Keccak-f[1600] (FIPS 202, section 3, with Keccak's padding). */
#ifndef WEFT_TEST_KECCAK_H
#define WEFT_TEST_KECCAK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static uint64_t keccak_rotate(uint64_t x, unsigned n) { return n == 0 ? x : x << n | x >> (64 - n); }

static void keccak_permute(uint64_t a[25]) {
  uint8_t lfsr = 1;
  for (int round = 0; round < 24; round++) {
    uint64_t c[5], b[25];
    for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int i = 0; i < 25; i++) a[i] ^= c[(i + 4) % 5] ^ keccak_rotate(c[(i + 1) % 5], 1);
    /* Rho and pi along the orbit of (1, 0). */
    int x = 1, y = 0;
    b[0] = a[0];
    for (int t = 0; t < 24; t++) {
      int next = (2 * x + 3 * y) % 5;
      b[y + 5 * next] = keccak_rotate(a[x + 5 * y], (unsigned)((t + 1) * (t + 2) / 2 % 64));
      x = y;
      y = next;
    }
    for (int i = 0; i < 25; i += 5)
      for (int j = 0; j < 5; j++) a[i + j] = b[i + j] ^ (~b[i + (j + 1) % 5] & b[i + (j + 2) % 5]);
    for (int j = 0; j < 7; j++) {
      if (lfsr & 1) a[0] ^= (uint64_t)1 << ((1u << j) - 1);
      lfsr = (uint8_t)(lfsr & 0x80 ? lfsr << 1 ^ 0x71 : lfsr << 1);
    }
  }
}

static void keccak256(const uint8_t *data, size_t size, uint8_t digest[32]) {
  uint64_t state[25] = {0};
  uint8_t *bytes = (uint8_t *)state; /* little-endian machines only */
  size_t place = 0;
  for (size_t i = 0; i < size; i++) {
    bytes[place++] ^= data[i];
    if (place == 136) {
      keccak_permute(state);
      place = 0;
    }
  }
  bytes[place] ^= 0x01;
  bytes[135] ^= 0x80;
  keccak_permute(state);
  memcpy(digest, bytes, 32);
}

#endif
