/* The chips of the instructions, for their table. */
#ifndef WEFT_BITS_CHIPS_H
#define WEFT_BITS_CHIPS_H

#include "bits.h"
#include <weft_air.h>

extern const weft_air bits_popcount_air, bits_clz_air, bits_ctz_air, bits_reverse_air, bits_deposit_air,
    bits_extract_air;

#endif
