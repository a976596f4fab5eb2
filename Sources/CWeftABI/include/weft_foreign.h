/*
 * What a C function that a manifest describes may ask of Weft: one argument, declared in the manifest as
 * { "host": "context" }. Functions that take no such argument need nothing from here.
 */
#ifndef WEFT_FOREIGN_H
#define WEFT_FOREIGN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WEFT_FOREIGN_ABI 1u

/* Lives as long as the call. */
typedef struct weft_foreign_context weft_foreign_context;
struct weft_foreign_context {
  uint32_t struct_size; /* bytes of this struct; fields are only ever added at the end */
  uint32_t abi_version; /* WEFT_FOREIGN_ABI */
  const char *instruction; /* the mnemonic, NUL-terminated UTF-8 */
  uint64_t retired;     /* instructions retired before this one */

  /*
   * The instruction fails: when the function has returned, the guest traps with the code and the message, and
   * nothing that the function wrote reaches the guest. The message is copied; at most 256 bytes of it count.
   */
  void (*fail)(weft_foreign_context *context, int32_t code, const char *message);
  void *host; /* the host's own */
};

#ifdef __cplusplus
}
#endif

#endif
