/* weft_digest.h - the instructions of the extension Digest (Plugins/Digest), and the same in software.
 *
 * Compiled with WEFT_WITHOUT_EXTENSIONS, a guest takes the software and runs on any RV32IM machine. */
#ifndef WEFT_DIGEST_H
#define WEFT_DIGEST_H

#include "weft_guest.h"

/* runtime/digest.c */
void digest_sha256_software(uint8_t digest[32], const void *bytes, uint32_t count);
uint32_t digest_crc32_software(uint32_t crc, const void *bytes, uint32_t count);

#ifdef WEFT_WITHOUT_EXTENSIONS

static inline void digest_sha256(uint8_t digest[32], const void *bytes, uint32_t count) {
  digest_sha256_software(digest, bytes, count);
}
static inline uint32_t digest_crc32(uint32_t crc, const void *bytes, uint32_t count) {
  return digest_crc32_software(crc, bytes, count);
}

#else

/* SHA-256 (FIPS 180-4) of at most 16 MiB. */
static inline void digest_sha256(uint8_t digest[32], const void *bytes, uint32_t count) {
  WEFT_INSTRUCTION_R_EFFECT(WEFT_CUSTOM_1, 1, 4, weft_address(digest), weft_address(bytes), count);
}
/* Goes on with a CRC-32 (ISO 3309, as zlib has it) over at most 16 MiB; begin with 0. */
static inline uint32_t digest_crc32(uint32_t crc, const void *bytes, uint32_t count) {
  WEFT_INSTRUCTION_R_UPDATE(WEFT_CUSTOM_1, 2, 4, crc, weft_address(bytes), count);
  return crc;
}

#endif

#endif
