/* keccak-f[1600] by vector instructions, where the processor has them.
 *
 * C and not Swift for one reason: a function for a processor that not every host has needs an attribute which Swift does
 * not know. The portable permutation is Swift's, KeccakPermutation. */
#ifndef KECCAK_VECTORS_H
#define KECCAK_VECTORS_H

#include <stdbool.h>
#include <stdint.h>

/* Whether this processor can run keccak_vectors_permute. */
bool keccak_vectors_are_available(void);

/* Permutes the 25 lanes at `state`, lane (x, y) at x + 5y. Only where the vectors are available. */
void keccak_vectors_permute(uint64_t *_Nonnull state);

#endif
