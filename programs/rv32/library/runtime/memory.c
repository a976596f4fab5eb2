// Block operations. Compile with -ffreestanding: the optimiser would otherwise replace these loops by calls
// of the very functions they implement.
#include "weft_runtime.h"

static int bothAligned(const void *left, const void *right) {
  return (((uintptr_t)left | (uintptr_t)right) & 3) == 0;
}

void *memcpy(void *destination, const void *source, size_t length) {
  uint8_t *to = destination;
  const uint8_t *from = source;
  if (bothAligned(to, from)) {
    for (; length >= 4; length -= 4, to += 4, from += 4) {
      *(uint32_t *)to = *(const uint32_t *)from;
    }
  }
  for (; length > 0; length--) *to++ = *from++;
  return destination;
}

void *memmove(void *destination, const void *source, size_t length) {
  uint8_t *to = destination;
  const uint8_t *from = source;
  if ((uintptr_t)to - (uintptr_t)from >= length) return memcpy(destination, source, length);
  to += length;
  from += length;
  for (; length > 0; length--) *--to = *--from;
  return destination;
}

void *memset(void *destination, int byte, size_t length) {
  uint8_t *to = destination;
  uint32_t word = (uint8_t)byte * 0x01010101u;
  for (; length > 0 && ((uintptr_t)to & 3) != 0; length--) *to++ = (uint8_t)byte;
  for (; length >= 4; length -= 4, to += 4) *(uint32_t *)to = word;
  for (; length > 0; length--) *to++ = (uint8_t)byte;
  return destination;
}

int memcmp(const void *left, const void *right, size_t length) {
  const uint8_t *x = left, *y = right;
  for (; length > 0; length--, x++, y++) {
    if (*x != *y) return *x - *y;
  }
  return 0;
}
