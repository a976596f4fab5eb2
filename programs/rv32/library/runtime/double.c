// IEEE 754 double precision in software, round to nearest even, for the little arithmetic the Swift standard
// library does (the capacity of a Dictionary, for one). Names and results are libgcc's soft-float routines;
// functions take and return bit patterns, which is how the ilp32 ABI passes a double. NaNs come out quiet.
#include <stdint.h>

typedef uint64_t Double;

enum { fractionBits = 52, exponentBias = 1023, exponentMaximum = 2047 };

static const Double signBit = 1ull << 63, infinity = 0x7ffull << 52, quietNaN = 0x7ff8ull << 48;
static const uint64_t hiddenBit = 1ull << 52;

static int isNaN(Double x) { return (x & ~signBit) > infinity; }
static int exponentOf(Double x) { return (int)(x >> fractionBits) & exponentMaximum; }

// Finite and nonzero: value = significand * 2^(exponent - bias - 52), top bit of the significand at 52.
static uint64_t unpack(Double x, int *exponent) {
  uint64_t significand = x & (hiddenBit - 1);
  *exponent = exponentOf(x);
  if (*exponent != 0) return significand | hiddenBit;
  *exponent = 1;
  while (significand < hiddenBit) {
    significand <<= 1;
    --*exponent;
  }
  return significand;
}

// Rounds a significand that carries three extra bits (the last sticky), top bit at 55, or zero.
static Double pack(Double sign, int exponent, uint64_t significand) {
  if (significand == 0) return sign;
  if (exponent >= exponentMaximum) return sign | infinity;
  if (exponent <= 0) { // subnormal: shift right, keep what falls off as sticky
    int shift = 1 - exponent;
    if (shift > 60) shift = 60;
    significand = significand >> shift | ((significand & ((1ull << shift) - 1)) != 0);
    exponent = 0;
  } else {
    significand &= ~(hiddenBit << 3);
  }
  uint64_t result = ((uint64_t)exponent << fractionBits) + (significand >> 3);
  uint32_t rest = (uint32_t)significand & 7;
  if (rest > 4 || (rest == 4 && (result & 1))) result++; // may carry into the exponent, as it should
  return sign | result;
}

static Double normalizeAndPack(Double sign, int exponent, uint64_t significand) {
  if (significand == 0) return sign;
  while (significand < (hiddenBit << 3)) {
    significand <<= 1;
    exponent--;
  }
  while (significand >= (hiddenBit << 4)) {
    significand = significand >> 1 | (significand & 1);
    exponent++;
  }
  return pack(sign, exponent, significand);
}

Double __adddf3(Double x, Double y) {
  Double absoluteX = x & ~signBit, absoluteY = y & ~signBit;
  if (isNaN(x) || isNaN(y)) return quietNaN;
  if (absoluteX == infinity) return absoluteY == infinity && x != y ? quietNaN : x;
  if (absoluteY == infinity) return y;
  if (absoluteX == 0) return absoluteY == 0 ? x & y : y;
  if (absoluteY == 0) return x;
  if (absoluteX < absoluteY) {
    Double swapped = x;
    x = y;
    y = swapped;
  }
  int exponent, smaller;
  uint64_t a = unpack(x, &exponent) << 3, b = unpack(y, &smaller) << 3;
  int shift = exponent - smaller;
  if (shift > 60) shift = 60;
  if (shift > 0) b = b >> shift | ((b & ((1ull << shift) - 1)) != 0);
  if (((x ^ y) & signBit) == 0) return normalizeAndPack(x & signBit, exponent, a + b);
  return a == b ? 0 : normalizeAndPack(x & signBit, exponent, a - b);
}

Double __subdf3(Double x, Double y) { return isNaN(y) ? quietNaN : __adddf3(x, y ^ signBit); }

Double __muldf3(Double x, Double y) {
  Double sign = (x ^ y) & signBit, absoluteX = x & ~signBit, absoluteY = y & ~signBit;
  if (isNaN(x) || isNaN(y)) return quietNaN;
  if (absoluteX == infinity || absoluteY == infinity) {
    return absoluteX == 0 || absoluteY == 0 ? quietNaN : sign | infinity;
  }
  if (absoluteX == 0 || absoluteY == 0) return sign;
  int exponentX, exponentY;
  uint64_t a = unpack(x, &exponentX), b = unpack(y, &exponentY);
  // 53 by 53 bits in halves; the product has 105 or 106 bits, of which the upper 56 or 57 count.
  uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)middle;
  uint64_t high = a1 * b1 + (middle >> 32) + (cross >> 32);
  low = cross << 32 | (uint32_t)low;
  uint64_t significand = high << 15 | low >> 49 | ((low & ((1ull << 49) - 1)) != 0);
  return normalizeAndPack(sign, exponentX + exponentY - exponentBias, significand);
}

Double __divdf3(Double x, Double y) {
  Double sign = (x ^ y) & signBit, absoluteX = x & ~signBit, absoluteY = y & ~signBit;
  if (isNaN(x) || isNaN(y)) return quietNaN;
  if (absoluteX == infinity) return absoluteY == infinity ? quietNaN : sign | infinity;
  if (absoluteY == 0) return absoluteX == 0 ? quietNaN : sign | infinity;
  if (absoluteX == 0 || absoluteY == infinity) return sign;
  int exponentX, exponentY;
  uint64_t rest = unpack(x, &exponentX), divisor = unpack(y, &exponentY), quotient = 0;
  for (int bit = 0; bit < 57; bit++) { // 56 or 57 significant bits, then the sticky one
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
    rest <<= 1;
  }
  return normalizeAndPack(sign, exponentX - exponentY + exponentBias - 1, quotient | (rest != 0));
}

// ---- Comparison: a negative, zero or positive number, which the caller compares with zero. NaN fails each.

static int compare(Double x, Double y, int unordered) {
  if (isNaN(x) || isNaN(y)) return unordered;
  if (((x | y) & ~signBit) == 0) return 0; // +0 and -0
  int64_t a = (int64_t)(x & signBit ? signBit - x : x), b = (int64_t)(y & signBit ? signBit - y : y);
  return a < b ? -1 : a > b;
}

int __eqdf2(Double x, Double y) { return compare(x, y, 1); }
int __nedf2(Double x, Double y) { return compare(x, y, 1); }
int __ltdf2(Double x, Double y) { return compare(x, y, 1); }
int __ledf2(Double x, Double y) { return compare(x, y, 1); }
int __gtdf2(Double x, Double y) { return compare(x, y, -1); }
int __gedf2(Double x, Double y) { return compare(x, y, -1); }
int __unorddf2(Double x, Double y) { return isNaN(x) || isNaN(y); }

// ---- Conversion and rounding

Double __floatunsidf(uint32_t value) { return normalizeAndPack(0, exponentBias + 55, value); }

Double __floatsidf(int32_t value) {
  return value < 0 ? signBit | __floatunsidf(-(uint32_t)value) : __floatunsidf((uint32_t)value);
}

// Truncates; what does not fit becomes the nearest value that does, NaN 0.
int32_t __fixdfsi(Double x) {
  int exponent = exponentOf(x) - exponentBias;
  if (isNaN(x) || exponent < 0) return 0;
  if (exponent > 30) return x & signBit ? INT32_MIN : INT32_MAX;
  uint32_t magnitude = (uint32_t)(((x & (hiddenBit - 1)) | hiddenBit) >> (fractionBits - exponent));
  return x & signBit ? -(int32_t)magnitude : (int32_t)magnitude;
}

uint32_t __fixunsdfsi(Double x) {
  int exponent = exponentOf(x) - exponentBias;
  if (isNaN(x) || x & signBit || exponent < 0) return 0;
  if (exponent > 31) return UINT32_MAX;
  return (uint32_t)(((x & (hiddenBit - 1)) | hiddenBit) >> (fractionBits - exponent));
}

// The compiler knows ceil with double parameters; the bits travel in the same two registers.
Double roundUp(Double x) __asm__("ceil");
Double roundUp(Double x) {
  int exponent = exponentOf(x) - exponentBias;
  if (exponent >= fractionBits) return x;
  if ((x & ~signBit) == 0) return x;
  if (exponent < 0) return x & signBit ? signBit : (Double)exponentBias << fractionBits;
  uint64_t below = (hiddenBit - 1) >> exponent;
  if (!(x & signBit)) x += below;
  return x & ~below;
}
