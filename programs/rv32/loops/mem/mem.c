// Straight memory work: fill, sum, word copy, byte copy over 64 KiB. Input: the number of rounds.
#include "weft_runtime.h"

enum { words = 16 * 1024 };

static uint32_t a[words], b[words];

int main(void) {
  uint32_t rounds = input_number(6), result = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < words; i++) a[i] = i ^ result;
    for (uint32_t i = 0; i < words; i++) b[i] = a[i];
    for (uint32_t i = 0; i < words; i++) result += b[i] * 3;
    const uint8_t *from = (const uint8_t *)a;
    uint8_t *to = (uint8_t *)b;
    for (uint32_t i = 0; i + 1 < sizeof a; i++) to[i + 1] = from[i];
    result ^= b[round % words];
  }
  print_hex(result);
  putchar('\n');
  return 0;
}
