// SHA-256 and CRC-32 by instructions of the extension Digest, which is a manifest, and in software. Output: the
// digest and the checksum of messages of many lengths, folded into one each, and how many differ.
#include "weft_digest.h"
#include "weft_runtime.h"

enum { size = 700 };

int main(void) {
  static uint8_t message[size], result[32], expected[32], folded[32];
  uint32_t seed = 521288629, crc = 0, differences = 0;
  for (uint32_t i = 0; i < size; i++) {
    seed = seed * 1664525 + 1013904223;
    message[i] = (uint8_t)(seed >> 24);
  }
  for (uint32_t length = 0; length <= 640; length = length < 130 ? length + 13 : length + 170) {
    const uint8_t *start = message + length % 5;
    digest_sha256(result, start, length);
    digest_sha256_software(expected, start, length);
    differences += memcmp(result, expected, 32) != 0;
    for (int i = 0; i < 32; i++) folded[i] ^= result[i];

    uint32_t next = digest_crc32(crc, start, length);
    differences += next != digest_crc32_software(crc, start, length);
    crc = next;
  }
  print_text("sha256 ");
  print_bytes(folded, 32);
  print_text("\ncrc32 ");
  print_hex(crc);
  putchar('\n');
  print_unsigned(differences);
  print_text(" differ\n");
  weft_reveal_bytes(0, folded, 28);
  weft_reveal(7, crc);
  return differences != 0;
}
