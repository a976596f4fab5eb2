// Instructions of the extensions Bits and BulkMemory, all with chips, and no call of the environment but the last: every
// instruction of a run is constrained. Public values: a checksum of what bits gave, of memory, and the comparisons.
#include "weft_bits.h"
#include "weft_bulk.h"

enum { size = 512 };

static uint8_t bytes[size], copy[size];
static uint32_t seed = 2463534242u;

static uint32_t random_word(void) {
  seed = seed * 1664525 + 1013904223;
  return seed;
}

static uint32_t below(uint32_t limit) { return (random_word() >> 16) % limit; }

static uint32_t bits_checksum(uint32_t rounds) {
  static const uint32_t corners[] = {0, 0xffffffff, 0x80000000, 1, 0x00010000, 0x7fffffff, 0x0000ffff, 0xaaaaaaaa};
  uint32_t sum = 0;
  for (uint32_t i = 0; i < rounds; i++) {
    uint32_t x = i < 64 ? corners[i % 8] : random_word(), mask = i < 64 ? corners[i / 8] : random_word();
    sum = sum * 16777619 + bits_popcount(x);
    sum = sum * 16777619 + bits_clz(x);
    sum = sum * 16777619 + bits_ctz(x);
    sum = sum * 16777619 + bits_reverse(x);
    sum = sum * 16777619 + bits_deposit(x, mask);
    sum = sum * 16777619 + bits_extract(x, mask);
  }
  return sum;
}

static uint32_t bulk_order(uint32_t rounds) {
  uint32_t order = 0;
  for (uint32_t i = 0; i < rounds; i++) {
    // Every alignment of both ranges, and short ones.
    uint32_t count = i < 64 ? below(9) : below(200), a = below(256) & ~3u, b = below(256) & ~3u;
    a += i & 3;
    b += i >> 2 & 3;
    bulk_copy(bytes + a, bytes + b, count);
    bulk_fill(bytes + below(256), (uint8_t)i, below(20));
    bulk_load(b, bytes + a, count);
    bulk_store(copy + a, b, count);
    if (count > 0) copy[a + below(count)] += (uint8_t)below(3);
    order = order * 3 + (uint32_t)(bulk_compare(bytes + b, copy + a, count) + 1);
    order = order * 3 + (uint32_t)(bulk_compare(copy + a, bytes + a, count) + 1);
  }
  return order;
}

int main(void) {
  for (uint32_t i = 0; i < size; i++) bytes[i] = (uint8_t)below(256);
  uint32_t bits = bits_checksum(96), order = bulk_order(96), sum = 2166136261u;
  for (uint32_t i = 0; i < size; i++) sum = (sum ^ bytes[i] ^ copy[i]) * 16777619;
  weft_reveal_word(0, bits);
  weft_reveal_word(1, sum);
  weft_reveal_word(2, order);
  return 0;
}
