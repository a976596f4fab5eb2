// Sieve of Eratosthenes over bytes. Input: the limit (exclusive). Output: how many primes, the last, their
// sum.
#include "weft_runtime.h"

enum { capacity = 2000000 };

static uint8_t composite[capacity];

int main(void) {
  uint32_t limit = input_number(500000);
  if (limit > capacity) {
    print_text("limit too large\n");
    return 1;
  }
  uint32_t count = 0, last = 0, sum = 0;
  for (uint32_t i = 2; i < limit; i++) {
    if (composite[i]) continue;
    count++;
    last = i;
    sum += i;
    if (i > limit / i) continue;
    for (uint32_t j = i * i; j < limit; j += i) composite[j] = 1;
  }
  print_text("primes ");
  print_unsigned(count);
  print_text(" last ");
  print_unsigned(last);
  print_text(" sum ");
  print_unsigned(sum);
  print_text(" (mod 2^32)\n");
  return 0;
}
