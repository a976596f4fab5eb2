// The source of Swift's hash seeds. A fixed seed: two runs of a guest must agree to the instruction, and with
// them the order in which a Dictionary is walked.
#include <stddef.h>
#include <stdint.h>

void arc4random_buf(void *buffer, size_t length) {
  static uint32_t state = 0x57454654;
  uint8_t *bytes = buffer;
  for (; length > 0; length--) {
    state ^= state << 13; // xorshift32 (Marsaglia)
    state ^= state >> 17;
    state ^= state << 5;
    *bytes++ = (uint8_t)(state >> 24);
  }
}
