// Keccak-f[1600] (FIPS 202). Prints SHA3-256 of "abc", then permutes the zero state again and again and
// prints its first four lanes. Input: the number of permutations.
#include "weft_runtime.h"

static const uint64_t roundConstants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// Along the path of pi from lane 1: where each lane goes and how far it turns.
static const uint8_t piLane[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                   15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};
static const uint8_t rhoTurn[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                    27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};

static uint64_t rotate(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

static void permute(uint64_t a[25]) {
  for (int round = 0; round < 24; round++) {
    uint64_t column[5];
    for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[x + y] ^= d;
    }
    uint64_t moving = a[1];
    for (int i = 0; i < 24; i++) {
      uint64_t displaced = a[piLane[i]];
      a[piLane[i]] = rotate(moving, rhoTurn[i]);
      moving = displaced;
    }
    for (int y = 0; y < 25; y += 5) {
      for (int x = 0; x < 5; x++) column[x] = a[x + y];
      for (int x = 0; x < 5; x++) a[x + y] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
    }
    a[0] ^= roundConstants[round];
  }
}

// SHA3-256 of a message shorter than one block of 136 bytes.
static void sha3(const char *message, uint32_t length, uint64_t state[25]) {
  uint8_t *bytes = (uint8_t *)state;
  memset(state, 0, 200);
  memcpy(bytes, message, length);
  bytes[length] = 0x06;
  bytes[135] |= 0x80;
  permute(state);
}

int main(void) {
  uint64_t state[25];
  uint32_t permutations = input_number(200);

  sha3("abc", 3, state);
  print_bytes((const uint8_t *)state, 32);
  putchar('\n');

  memset(state, 0, sizeof state);
  for (uint32_t i = 0; i < permutations; i++) permute(state);
  print_bytes((const uint8_t *)state, 32);
  putchar('\n');
  return 0;
}
