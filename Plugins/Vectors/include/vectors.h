/*
 * Vectors: 32 registers of 256 bits in an address space of the extension's own.
 */
#ifndef WEFT_VECTORS_EXTENSION_H
#define WEFT_VECTORS_EXTENSION_H

#include <weft_extension.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { VECTOR_COUNT = 32, VECTOR_BYTES = 32 };

/* How `average` treats the half that is left over: towards zero, or up. */
enum { VECTORS_ROUND_DOWN = 0, VECTORS_ROUND_UP = 1 };

/* Numbers of the phantom instruction that prints a vector, and of the call that sets the rounding. */
enum { VECTORS_PRINT = 0x180, VECTORS_ROUNDING = 0x680 };

/* The extension, for a host that has it linked in. */
const weft_extension *weft_vectors_extension(void);

#ifdef __cplusplus
}
#endif

#endif
