// Arrays by instructions of the extension Vectors and in software. Output: a checksum of each operation's results, a
// vector printed by a phantom instruction, how many results differ.
#include "weft_vectors.h"

enum { size = 1003 };

static uint32_t a[size], b[size], results[size], expected[size];
static uint32_t differences, revealed;

static void report(const char *name, uint32_t value, int agrees) {
  differences += !agrees;
  print_text(name);
  putchar(' ');
  print_hex(value);
  putchar('\n');
  weft_reveal(revealed++, value);
}

static void report_array(const char *name) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < size; i++) sum = sum * 16777619 + results[i];
  report(name, sum, memcmp(results, expected, sizeof results) == 0);
}

int main(void) {
  uint32_t seed = 88675123;
  for (uint32_t i = 0; i < size; i++) {
    a[i] = seed = seed * 1664525 + 1013904223;
    b[i] = seed = seed * 1664525 + 1013904223;
    if (i % 3 == 0) b[i] = (b[i] & 0xff00ff00) | (a[i] & 0x00ff00ff);
  }
  vectors_add(results, a, b, size);
  vectors_add_software(expected, a, b, size);
  report_array("add");
  vectors_xor(results, a, b, size);
  vectors_xor_software(expected, a, b, size);
  report_array("xor");

  uint32_t sum = vectors_sum(a, size);
  report("sum", sum, sum == vectors_sum_software(a, size));
  uint32_t equal = vectors_equal_bytes((const uint8_t *)a, (const uint8_t *)b, sizeof a);
  report("equal", equal, equal == vectors_equal_bytes_software((const uint8_t *)a, (const uint8_t *)b, sizeof a));

  for (uint32_t rounding = VECTORS_ROUND_DOWN; rounding <= VECTORS_ROUND_UP; rounding++) {
    // One byte on: addresses that are no multiple of four.
    results[0] = expected[0] = 0;
    results[size - 1] = expected[size - 1] = 0;
    vectors_average((uint8_t *)results + 1, (const uint8_t *)a + 2, (const uint8_t *)b + 3, sizeof a - 3, rounding);
    vectors_average_software((uint8_t *)expected + 1, (const uint8_t *)a + 2, (const uint8_t *)b + 3, sizeof a - 3,
                             rounding);
    report_array(rounding == VECTORS_ROUND_DOWN ? "average down" : "average up");
  }
  vectors_print((const uint8_t *)a);
  print_unsigned(differences);
  print_text(" differ\n");
  return differences != 0;
}
