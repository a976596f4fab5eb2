// Memory traffic: a triad over 512 KiB arrays, a byte copy at an odd distance, a chase through a random
// cycle. Input: the number of rounds. Output: a checksum of each part.
#include "weft_runtime.h"

enum { words = 512 * 1024 / 4, bytes = 64 * 1024, links = 64 * 1024 };

static uint32_t a[words], b[words], c[words];
static uint32_t next[links];
static uint8_t from[bytes], to[bytes + 3];

static uint32_t random(uint32_t *seed) {
  *seed = *seed * 1664525 + 1013904223;
  return *seed >> 8;
}

static void prepare(void) {
  uint32_t seed = 1;
  for (uint32_t i = 0; i < words; i++) {
    b[i] = i;
    c[i] = i * 2654435761u;
  }
  for (uint32_t i = 0; i < bytes; i++) from[i] = (uint8_t)random(&seed);
  // Sattolo's shuffle: one cycle through all links.
  for (uint32_t i = 0; i < links; i++) next[i] = i;
  for (uint32_t i = links - 1; i > 0; i--) {
    uint32_t j = random(&seed) % i, swapped = next[i];
    next[i] = next[j];
    next[j] = swapped;
  }
}

static uint32_t triad(uint32_t scale) {
  for (uint32_t i = 0; i < words; i++) a[i] = b[i] + scale * c[i];
  return a[scale % words] + a[words - 1];
}

static uint32_t copy(uint32_t round) {
  uint8_t *destination = to + 1 + round % 2;
  for (uint32_t i = 0; i < bytes; i++) destination[i] = from[i];
  from[round % bytes] ^= 0x55; // the next copy differs
  return destination[round * 997 % bytes] + destination[bytes - 1];
}

static uint32_t chase(uint32_t start) {
  uint32_t link = start, sum = 0;
  for (uint32_t i = 0; i < links; i++) {
    link = next[link];
    sum = sum * 5 + link;
  }
  return sum;
}

static void report(const char *name, uint32_t value) {
  print_text(name);
  print_hex(value);
  putchar('\n');
}

int main(void) {
  uint32_t rounds = input_number(4);
  uint32_t triads = 0, copies = 0, chases = 0;
  prepare();
  for (uint32_t round = 0; round < rounds; round++) {
    triads = triads * 31 + triad(round + 3);
    copies = copies * 31 + copy(round);
    chases = chases * 31 + chase(round % links);
  }
  report("triad ", triads);
  report("copy ", copies);
  report("chase ", chases);
  return 0;
}
