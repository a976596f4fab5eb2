/* Instructions that do the work of built-in ones, to compare with them. */
#include <weft_evm_extension.h>

const weft_extension *weft_bench_extension(void);

/* A function for foreign calls: what `weft_bench_mix` does is small, and not zero. */
uint32_t weft_bench_mix(uint32_t a, uint32_t b);
float weft_bench_mix_float(float a, float b);
