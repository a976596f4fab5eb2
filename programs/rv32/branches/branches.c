// Branches nobody can predict well: quicksort, a sieve, Collatz sequences. Input: the number of rounds.
// Output: a checksum of each part.
#include "weft_runtime.h"

enum { sorted = 10000, limit = 50000, starts = 3000 };

static uint32_t values[sorted];
static uint8_t composite[limit];

static void sort(uint32_t *low, uint32_t *high) { // both inclusive, Hoare partition
  while (low < high) {
    uint32_t pivot = low[(high - low) / 2];
    uint32_t *i = low - 1, *j = high + 1;
    for (;;) {
      while (*++i < pivot) {
      }
      while (*--j > pivot) {
      }
      if (i >= j) break;
      uint32_t swapped = *i;
      *i = *j;
      *j = swapped;
    }
    sort(low, j);
    low = j + 1;
  }
}

static uint32_t quicksort(uint32_t seed) {
  for (uint32_t i = 0; i < sorted; i++) {
    seed = seed * 1664525 + 1013904223;
    values[i] = seed;
  }
  sort(values, values + sorted - 1);
  uint32_t sum = 0;
  for (uint32_t i = 0; i < sorted; i++) sum += values[i] * (i + 1);
  return sum;
}

// Primes from `first` on; the low end varies so that rounds differ.
static uint32_t sieve(uint32_t first) {
  memset(composite, 0, sizeof composite);
  uint32_t sum = 0;
  for (uint32_t i = 2; i < limit; i++) {
    if (composite[i]) continue;
    if (i >= first) sum += i;
    if (i > limit / i) continue;
    for (uint32_t j = i * i; j < limit; j += i) composite[j] = 1;
  }
  return sum;
}

// Steps to 1, summed over consecutive starts.
static uint32_t collatz(uint32_t first) {
  uint32_t steps = 0;
  for (uint32_t start = first; start < first + starts; start++) {
    for (uint32_t n = start; n != 1; steps++) {
      if (n & 1) {
        n = 3 * n + 1;
      } else {
        n >>= 1;
      }
    }
  }
  return steps;
}

static void report(const char *name, uint32_t value) {
  print_text(name);
  print_hex(value);
  putchar('\n');
}

int main(void) {
  uint32_t rounds = input_number(3);
  uint32_t sorts = 0, sieves = 0, sequences = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    sorts = sorts * 31 + quicksort(round);
    sieves = sieves * 31 + sieve(round % 1000);
    sequences = sequences * 31 + collatz(1 + round % 1000);
  }
  report("quicksort ", sorts);
  report("sieve ", sieves);
  report("collatz ", sequences);
  return 0;
}
