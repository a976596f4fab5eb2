// Quicksort (Hoare partition, recursion on the smaller part) of pseudo-random words. Input: how many.
// Output: whether the result is in order, its smallest, middle and largest value, and a position-weighted
// sum.
#include "weft_runtime.h"

enum { capacity = 200000 };

static uint32_t values[capacity];

static void sort(uint32_t *low, uint32_t *high) { // both inclusive
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
    if (j - low < high - j - 1) {
      sort(low, j);
      low = j + 1;
    } else {
      sort(j + 1, high);
      high = j;
    }
  }
}

int main(void) {
  uint32_t count = input_number(20000);
  if (count == 0 || count > capacity) {
    print_text("count outside 1...200000\n");
    return 1;
  }
  uint32_t seed = 12345;
  for (uint32_t i = 0; i < count; i++) {
    seed = seed * 1664525 + 1013904223;
    values[i] = seed;
  }
  sort(values, values + count - 1);

  uint32_t ordered = 1, sum = values[0];
  for (uint32_t i = 1; i < count; i++) {
    ordered &= values[i - 1] <= values[i];
    sum += values[i] * (i + 1);
  }
  print_text(ordered ? "in order: " : "NOT in order: ");
  print_unsigned(values[0]);
  print_text(" ... ");
  print_unsigned(values[count / 2]);
  print_text(" ... ");
  print_unsigned(values[count - 1]);
  print_text(", weighted sum ");
  print_hex(sum);
  putchar('\n');
  return ordered ? 0 : 1;
}
