#include <secp256k1.h>
#include <secp256k1_recovery.h>

// The library's constant context as a value: Swift would see a global variable that anybody may change.
static inline const secp256k1_context *weft_secp256k1_static_context(void) {
  return secp256k1_context_static;
}
