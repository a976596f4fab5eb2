// Bit operations by instructions of the extension Bits and in software, on corner cases and pseudo-random words.
// Input: how many of these. Output: for each operation a checksum of the results, and how many differ.
#include "weft_bits.h"
#include "weft_runtime.h"

static uint32_t seed = 2463534242u, differences;

static uint32_t word(uint32_t index) {
  static const uint32_t corners[] = {0, 1, 0xffffffff, 0x80000000, 0x7fffffff, 0x55555555};
  if (index < 36) return corners[index % 6];
  seed = seed * 1664525 + 1013904223;
  return seed;
}

static uint32_t mask(uint32_t index) {
  static const uint32_t corners[] = {0, 0xffffffff, 1, 0x80000000, 0x0ff00ff0, 0xaaaaaaaa};
  if (index < 36) return corners[index / 6];
  seed = seed * 1664525 + 1013904223;
  return seed;
}

static void fold(uint32_t *sum, uint32_t result, uint32_t expected) {
  differences += result != expected;
  *sum = *sum * 16777619 + result;
}

int main(void) {
  static const char *const names[] = {"popcount", "clz", "ctz", "reverse", "deposit", "extract"};
  uint32_t sums[6] = {0}, count = input_number(400);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t x = word(i), m = mask(i);
    fold(&sums[0], bits_popcount(x), bits_popcount_software(x));
    fold(&sums[1], bits_clz(x), bits_clz_software(x));
    fold(&sums[2], bits_ctz(x), bits_ctz_software(x));
    fold(&sums[3], bits_reverse(x), bits_reverse_software(x));
    fold(&sums[4], bits_deposit(x, m), bits_deposit_software(x, m));
    fold(&sums[5], bits_extract(x, m), bits_extract_software(x, m));
  }
  for (int i = 0; i < 6; i++) {
    print_text(names[i]);
    putchar(' ');
    print_hex(sums[i]);
    putchar('\n');
    weft_reveal((uint32_t)i, sums[i]);
  }
  print_unsigned(differences);
  print_text(" differ\n");
  return differences != 0;
}
