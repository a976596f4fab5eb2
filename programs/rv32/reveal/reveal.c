// Reads the input, prints its length and CRC-32, and makes them and the input's beginning public, by host
// calls: word 0 the length, word 1 the CRC, bytes 8 to 31 the first 24 bytes (zero behind a shorter input).
#include "weft_guest.h"
#include "weft_runtime.h"

static uint32_t crc32(uint32_t crc, const uint8_t *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return crc;
}

int main(void) {
  uint8_t chunk[64], beginning[24] = {0};
  uint32_t total = 0, crc = 0xffffffff;
  for (;;) {
    int32_t count = weft_read(0, chunk, sizeof chunk);
    if (count < 0) return 1;
    if (count == 0) break;
    for (int32_t i = 0; i < count && total + (uint32_t)i < sizeof beginning; i++) {
      beginning[total + (uint32_t)i] = chunk[i];
    }
    crc = crc32(crc, chunk, (uint32_t)count);
    total += (uint32_t)count;
  }
  crc = ~crc;
  weft_reveal(0, total);
  weft_reveal(1, crc);
  weft_reveal_bytes(8, beginning, sizeof beginning);

  print_text("length ");
  print_unsigned(total);
  print_text(" crc32 ");
  print_hex(crc);
  putchar('\n');
  return 0;
}
