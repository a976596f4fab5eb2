// 64-bit operations that compilers call on a 32-bit machine (names and rules of libgcc's integer routines).
// Division truncates; the result of a division by zero is undefined for C, here all ones and the dividend.
#include <stdint.h>

// Shifts, on halves: a 64-bit shift here would call itself. The amount is 0 to 63.

typedef union {
  uint64_t whole;
  struct {
    uint32_t low, high; // little-endian
  } half;
} Parts;

uint64_t __ashldi3(uint64_t value, int amount) {
  Parts from = {value}, to;
  if (amount >= 32) {
    to.half.high = from.half.low << (amount - 32);
    to.half.low = 0;
  } else if (amount == 0) {
    return value;
  } else {
    to.half.high = from.half.high << amount | from.half.low >> (32 - amount);
    to.half.low = from.half.low << amount;
  }
  return to.whole;
}

static uint64_t shiftRight(uint64_t value, int amount, uint32_t fill) {
  Parts from = {value}, to;
  if (amount >= 32) {
    int rest = amount - 32;
    to.half.low = rest == 0 ? from.half.high : from.half.high >> rest | fill << (32 - rest);
    to.half.high = fill;
  } else if (amount == 0) {
    return value;
  } else {
    to.half.low = from.half.low >> amount | from.half.high << (32 - amount);
    to.half.high = from.half.high >> amount | fill << (32 - amount);
  }
  return to.whole;
}

uint64_t __lshrdi3(uint64_t value, int amount) { return shiftRight(value, amount, 0); }

int64_t __ashrdi3(int64_t value, int amount) {
  return (int64_t)shiftRight((uint64_t)value, amount, value < 0 ? 0xffffffff : 0);
}

// Division, one quotient bit at a time; operands of 32 bits take the machine's own instruction.

static uint64_t divide(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
  if ((dividend >> 32) == 0 && (divisor >> 32) == 0) {
    uint32_t x = (uint32_t)dividend, y = (uint32_t)divisor;
    *remainder = y == 0 ? x : x % y;
    return y == 0 ? UINT64_MAX : x / y;
  }
  if (divisor == 0) {
    *remainder = dividend;
    return UINT64_MAX;
  }
  uint64_t quotient = 0, rest = 0;
  for (int bit = 63; bit >= 0; bit--) {
    uint64_t carry = rest >> 63;
    rest = rest << 1 | (dividend >> 63);
    dividend <<= 1;
    quotient <<= 1;
    if (carry || rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
  }
  *remainder = rest;
  return quotient;
}

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor) {
  uint64_t remainder;
  return divide(dividend, divisor, &remainder);
}

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor) {
  uint64_t remainder;
  divide(dividend, divisor, &remainder);
  return remainder;
}

static uint64_t magnitude(int64_t value) { return value < 0 ? -(uint64_t)value : (uint64_t)value; }

int64_t __divdi3(int64_t dividend, int64_t divisor) {
  uint64_t quotient = __udivdi3(magnitude(dividend), magnitude(divisor));
  return (int64_t)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

int64_t __moddi3(int64_t dividend, int64_t divisor) {
  uint64_t remainder = __umoddi3(magnitude(dividend), magnitude(divisor));
  return (int64_t)(dividend < 0 ? -remainder : remainder);
}
