// Product of two matrices of 32-bit words, mod 2^32. Input: their order. Output: trace and a checksum.
#include "weft_runtime.h"

enum { capacity = 128 };

static uint32_t a[capacity][capacity], b[capacity][capacity], c[capacity][capacity];

int main(void) {
  uint32_t n = input_number(48);
  if (n > capacity) {
    print_text("order above 128\n");
    return 1;
  }
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t j = 0; j < n; j++) {
      a[i][j] = i * 31 + j * 17 + 1;
      b[i][j] = (i ^ j) * 2654435761u;
    }
  }
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t j = 0; j < n; j++) {
      uint32_t sum = 0;
      for (uint32_t k = 0; k < n; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
  }
  uint32_t trace = 0, checksum = 0;
  for (uint32_t i = 0; i < n; i++) {
    trace += c[i][i];
    for (uint32_t j = 0; j < n; j++) checksum = checksum * 33 + c[i][j];
  }
  print_text("trace ");
  print_hex(trace);
  print_text(" checksum ");
  print_hex(checksum);
  putchar('\n');
  return 0;
}
