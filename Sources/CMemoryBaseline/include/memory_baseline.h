/*
 * The yardstick of `weft bench memory`: EVM call memory in plain C, as one would write it for speed. Base and size of
 * the active context are cached, contexts are offsets in one buffer, growth clears with memset in a function of its
 * own. Only the workloads are functions of the interface: an iteration must not pay for a call into another language.
 */
#ifndef MEMORY_BASELINE_H
#define MEMORY_BASELINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct memory_baseline memory_baseline;

/* Makes the optimiser believe that the value is looked at; for both sides of the comparison. */
static inline void memory_baseline_keep(const void *pointer) { __asm__ volatile("" : : "r"(pointer) : "memory"); }

/* NULL without memory. */
memory_baseline *memory_baseline_create(size_t capacity, size_t limit);
void memory_baseline_destroy(memory_baseline *memory);

/* The bytes that copying workloads read, 1,024 of them. */
extern const uint8_t memory_baseline_table[1024];
static inline const uint8_t *memory_baseline_source(void) { return memory_baseline_table; }

/*
 * Workloads. Each runs `iterations` times and returns the sum of what was read. A workload without `memory` creates
 * and destroys one inside the iteration; the others reset the one given.
 */
typedef uint64_t memory_baseline_workload(memory_baseline *memory, size_t iterations);

memory_baseline_workload memory_baseline_init_4k, memory_baseline_init_1m, memory_baseline_init_limit,
    memory_baseline_fresh_children, memory_baseline_fresh_nested, memory_baseline_fresh_bytes,
    memory_baseline_fresh_words, memory_baseline_fresh_u256, memory_baseline_fresh_expansion,
    memory_baseline_fresh_data, memory_baseline_fresh_copy, memory_baseline_fresh_bounded,
    memory_baseline_fresh_slices, memory_baseline_fresh_deep, memory_baseline_fresh_limit,
    memory_baseline_fresh_resize, memory_baseline_fresh_aligned_resize, memory_baseline_fresh_growth,
    memory_baseline_fresh_call;

memory_baseline_workload memory_baseline_reset, memory_baseline_children, memory_baseline_nested,
    memory_baseline_bytes, memory_baseline_words, memory_baseline_u256, memory_baseline_expansion,
    memory_baseline_data, memory_baseline_copy, memory_baseline_bounded, memory_baseline_slices,
    memory_baseline_deep, memory_baseline_limit, memory_baseline_resize, memory_baseline_aligned_resize,
    memory_baseline_growth, memory_baseline_call, memory_baseline_hot_words, memory_baseline_hot_bytes,
    memory_baseline_hot_u256;

#ifdef __cplusplus
}
#endif

#endif
