// Register work: a Fibonacci loop and a Fibonacci recursion. Input: the number of rounds.
#include "weft_runtime.h"

__attribute__((noinline)) static uint32_t recursive(uint32_t n) {
  return n < 2 ? n : recursive(n - 1) + recursive(n - 2);
}

__attribute__((noinline)) static uint32_t iterative(uint32_t n, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < n; i++) {
    uint32_t sum = a + b;
    a = b;
    b = sum;
  }
  return a;
}

int main(void) {
  uint32_t rounds = input_number(4), result = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    result = result * 31 + iterative(100000, round, result);
    result = result * 31 + recursive(18 + round % 2);
  }
  print_hex(result);
  putchar('\n');
  return 0;
}
