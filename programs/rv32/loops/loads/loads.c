// Sieve-like work: loads, stores, products and quotients mixed. Input: the number of rounds.
#include "weft_runtime.h"

enum { limit = 20000 };

static uint8_t composite[limit];
static uint32_t table[256];

int main(void) {
  uint32_t rounds = input_number(10), result = 1;
  for (uint32_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < limit; i++) composite[i] = 0;
    for (uint32_t i = 2; i * i < limit; i++) {
      if (composite[i]) continue;
      for (uint32_t j = i * i; j < limit; j += i) composite[j] = 1;
    }
    for (uint32_t i = 2; i < limit; i++) {
      if (composite[i]) continue;
      uint32_t slot = (i * 40503u + result) >> 3 & 255;
      table[slot] += result / i + i * i;
      result = result * 31 + table[slot] % i;
    }
  }
  print_hex(result);
  putchar('\n');
  return 0;
}
