// What `reveal` does, with provable instructions only: the input item comes as hints, the text leaves by a
// phantom, the public values by `reveal`, the end is `terminate`.
#include "weft_guest.h"
#include "weft_runtime.h"

enum { capacity = 1024 };

static uint32_t crc32(const uint8_t *bytes, uint32_t length) {
  uint32_t crc = 0xffffffff;
  for (uint32_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

static uint32_t append(char *text, uint32_t used, const char *more) {
  while (*more) text[used++] = *more++;
  return used;
}

static uint32_t appendHex(char *text, uint32_t used, uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) text[used++] = "0123456789abcdef"[(value >> shift) & 15];
  return used;
}

int main(void) {
  static uint32_t words[capacity / 4];
  uint32_t length;
  weft_hint_input();
  weft_hint_storew(&length);
  if (length > capacity) WEFT_TERMINATE(1);
  if (length > 0) weft_hint_buffer(words, (length + 3) / 4);
  uint32_t crc = crc32((const uint8_t *)words, length);

  WEFT_REVEAL(0, length, 0);
  WEFT_REVEAL(0, crc, 4);
  for (uint32_t i = 0; i < 6; i++) WEFT_REVEAL(4 * i, words[i], 8);

  char text[48];
  uint32_t used = append(text, 0, "length ");
  used = appendHex(text, used, length);
  used = append(text, used, " crc32 ");
  used = appendHex(text, used, crc);
  used = append(text, used, "\n");
  weft_print_str(text, used);
  WEFT_TERMINATE(0);
}
