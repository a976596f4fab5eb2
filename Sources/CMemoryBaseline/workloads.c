/* One function per row of the table, in a fresh and a steady form around the same body. */
#include "memory.h"

#define KIB(n) ((size_t)(n) * 1024)
#define NO_LIMIT (SIZE_MAX / 2 & ~(size_t)31)

#define R1(k) (uint8_t)((k) * 31 + 7)
#define R4(k) R1(k), R1(k + 1), R1(k + 2), R1(k + 3)
#define R16(k) R4(k), R4(k + 4), R4(k + 8), R4(k + 12)
#define R64(k) R16(k), R16(k + 16), R16(k + 32), R16(k + 48)
#define R256(k) R64(k), R64(k + 64), R64(k + 128), R64(k + 192)
const uint8_t memory_baseline_table[1024] = {R256(0), R256(256), R256(512), R256(768)};

/* Aligned: where the linker puts a loop changes its time by a quarter, and C is to be at its best. */
#define FRESH(name, body, capacity, limit)                                 \
  __attribute__((aligned(64)))                                             \
  uint64_t memory_baseline_##name(memory_baseline *unused, size_t n) {     \
    (void)unused;                                                          \
    uint64_t sum = 0;                                                      \
    for (size_t i = 0; i < n; i++) {                                       \
      memory_baseline memory;                                              \
      if (!memory_init(&memory, capacity, limit)) return sum;              \
      memory_baseline_keep(&memory);                                       \
      sum += body(&memory);                                                \
      memory_baseline_keep(&memory);                                       \
      memory_deinit(&memory);                                              \
    }                                                                      \
    return sum;                                                            \
  }

#define STEADY(name, body)                                                 \
  __attribute__((aligned(64)))                                             \
  uint64_t memory_baseline_##name(memory_baseline *memory, size_t n) {     \
    uint64_t sum = 0;                                                      \
    for (size_t i = 0; i < n; i++) {                                       \
      memory_reset(memory);                                                \
      memory_baseline_keep(memory);                                        \
      sum += body(memory);                                                 \
    }                                                                      \
    return sum;                                                            \
  }

static inline uint64_t init(memory_baseline *m) { return 1 + m->size; }

static inline uint64_t children(memory_baseline *m) {
  uint64_t sum = 0;
  for (int i = 0; i < 10; i++) {
    sum += memory_enter(m);
    memory_baseline_keep(m);
    sum += memory_leave(m, 0, 0);
    memory_baseline_keep(m);
  }
  return sum;
}

static inline word repeated(uint8_t byte) {
  word value;
  memset(&value, byte, 32);
  return value;
}

static inline uint64_t folded(word value) {
  uint64_t parts[4];
  memcpy(parts, &value, 32);
  return parts[0] ^ parts[1] << 1 ^ parts[2] << 2 ^ parts[3] << 3;
}

static inline uint64_t read_word(const memory_baseline *m, size_t offset) {
  word value;
  return memory_get_word(m, offset, &value) ? folded(value) : 0;
}

static inline uint64_t nested(memory_baseline *m) {
  uint64_t sum = 0;
  for (int i = 1; i <= 3; i++) {
    memory_enter(m);
    memory_set_word(m, 0, repeated((uint8_t)i));
  }
  for (int i = 0; i < 3; i++) {
    sum += read_word(m, 0);
    memory_leave(m, 0, 0);
  }
  return sum + read_word(m, 0);
}

static inline uint64_t bytes(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 0; i < 100; i++) {
    uint8_t value = 0;
    memory_set_byte(m, i, (uint8_t)(7 * i + 1));
    memory_get_byte(m, i, &value);
    sum += value;
  }
  return sum;
}

static inline uint64_t words(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 0; i < 32; i++) {
    memory_set_word(m, 32 * i, repeated((uint8_t)(i + 1)));
    sum += read_word(m, 32 * i);
  }
  return sum;
}

static inline uint64_t read_u256(const memory_baseline *m, size_t offset) {
  word256 v = {{0}};
  memory_get_u256(m, offset, &v);
  return v.limb[0] ^ v.limb[1] << 1 ^ v.limb[2] << 2 ^ v.limb[3] << 3;
}

static inline uint64_t u256(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 0; i < 16; i++) {
    memory_set_u256(m, 32 * i, (word256){{i + 1, 3 * i, 5 * i, 7 * i}});
    sum += read_u256(m, 32 * i);
  }
  return sum;
}

static inline uint64_t ensure_kib(memory_baseline *m, size_t kib) {
  ptrdiff_t words = memory_ensure(m, KIB(kib));
  return words < 0 ? 1000003 : (uint64_t)words + m->size;
}

static inline uint64_t expansion(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 1; i <= 10; i++) sum += ensure_kib(m, i);
  return sum;
}

static inline uint64_t read_byte(const memory_baseline *m, size_t offset) {
  uint8_t value = 0;
  memory_get_byte(m, offset, &value);
  return value;
}

static inline uint64_t data(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 0; i < 10; i++) {
    memory_set_data(m, KIB(i), memory_baseline_table, 1024);
    sum += read_byte(m, KIB(i) + i);
  }
  return sum;
}

static inline uint64_t copy(memory_baseline *m) {
  uint64_t sum = 0;
  memory_set_data(m, 0, memory_baseline_table, 256);
  for (size_t i = 0; i < 10; i++) {
    memory_copy(m, 48 * i, 32 * i, 128);
    sum += read_byte(m, 48 * i + 100);
  }
  return sum;
}

static inline uint64_t bounded(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 0; i < 20; i++) {
    memory_set_bounded(m, 64 * i, memory_baseline_table, 512, 16 * i, 128);
    sum += read_byte(m, 64 * i + 5);
  }
  return sum;
}

static inline uint64_t slices(memory_baseline *m) {
  uint64_t sum = 0;
  memory_ensure(m, 4096);
  memory_set_word(m, 992, repeated(9));
  for (size_t i = 0; i < 100; i++) {
    const uint8_t *view = memory_view(m, 32 * i, 64);
    if (view) sum += 64u + view[0] + view[63];
  }
  return sum;
}

static inline uint64_t deep(memory_baseline *m) {
  uint64_t sum = 0;
  for (int i = 0; i < 5; i++) memory_enter(m);
  for (size_t i = 0; i < 20; i++) {
    memory_set_word(m, 32 * i, repeated((uint8_t)(i + 1)));
    sum += read_word(m, 32 * i);
  }
  for (int i = 0; i < 5; i++) memory_leave(m, 0, 0);
  return sum;
}

static inline uint64_t limit(memory_baseline *m) {
  uint64_t sum = expansion(m);
  for (size_t i = 56; i <= 72; i += 8) sum += ensure_kib(m, i);
  return sum;
}

static inline uint64_t resized(memory_baseline *m, size_t size) {
  return memory_resize(m, size) ? m->size : 1000003;
}

static inline uint64_t resize(memory_baseline *m) {
  uint64_t sum = resized(m, 33) + resized(m, 100);
  for (size_t size = 256; size <= 4096; size *= 2) sum += resized(m, size);
  return sum;
}

static inline uint64_t aligned_resize(memory_baseline *m) {
  uint64_t sum = resized(m, 64) + resized(m, 128);
  for (size_t size = 256; size <= 4096; size *= 2) sum += resized(m, size);
  return sum;
}

static inline uint64_t growth(memory_baseline *m) {
  uint64_t sum = 0;
  for (size_t i = 1; i <= 256; i++) sum += ensure_kib(m, 4 * i);
  return sum;
}

static inline uint64_t call(memory_baseline *m) {
  memory_enter(m);
  uint64_t sum = (uint64_t)memory_ensure(m, 2048);
  for (size_t i = 0; i < 4; i++) memory_set_word(m, 32 * i, repeated((uint8_t)(i + 1)));
  memory_baseline_keep(m);
  memory_leave(m, 32, 64);
  size_t count = m->window_size < 64 ? m->window_size : 64;
  if (memory_holds(m, 128, count)) memcpy(m->base + 128, m->window, count);
  memory_baseline_keep(m);
  return sum + read_word(m, 144);
}

static inline uint64_t call_in_new(memory_baseline *m) {
  memory_ensure(m, 256);
  return call(m);
}

FRESH(init_4k, init, 4096, NO_LIMIT)
FRESH(init_1m, init, KIB(1024), NO_LIMIT)
FRESH(init_limit, init, 4096, KIB(10240))
FRESH(fresh_children, children, 4096, NO_LIMIT)
FRESH(fresh_nested, nested, 4096, NO_LIMIT)
FRESH(fresh_bytes, bytes, 4096, NO_LIMIT)
FRESH(fresh_words, words, 4096, NO_LIMIT)
FRESH(fresh_u256, u256, 4096, NO_LIMIT)
FRESH(fresh_expansion, expansion, 4096, NO_LIMIT)
FRESH(fresh_data, data, 4096, NO_LIMIT)
FRESH(fresh_copy, copy, 4096, NO_LIMIT)
FRESH(fresh_bounded, bounded, 4096, NO_LIMIT)
FRESH(fresh_slices, slices, 4096, NO_LIMIT)
FRESH(fresh_deep, deep, 4096, NO_LIMIT)
FRESH(fresh_limit, limit, 4096, KIB(64))
FRESH(fresh_resize, resize, 4096, NO_LIMIT)
FRESH(fresh_aligned_resize, aligned_resize, 4096, NO_LIMIT)
FRESH(fresh_growth, growth, 4096, NO_LIMIT)
FRESH(fresh_call, call_in_new, 4096, NO_LIMIT)

STEADY(reset, init)
STEADY(children, children)
STEADY(nested, nested)
STEADY(bytes, bytes)
STEADY(words, words)
STEADY(u256, u256)
STEADY(expansion, expansion)
STEADY(data, data)
STEADY(copy, copy)
STEADY(bounded, bounded)
STEADY(slices, slices)
STEADY(deep, deep)
STEADY(limit, limit)
STEADY(resize, resize)
STEADY(aligned_resize, aligned_resize)
STEADY(growth, growth)

/* The context that stays: one root for all iterations. */
uint64_t memory_baseline_call(memory_baseline *memory, size_t n) {
  uint64_t sum = 0;
  memory_reset(memory);
  memory_ensure(memory, 256);
  for (size_t i = 0; i < n; i++) sum += call(memory);
  return sum;
}

static inline size_t scattered(size_t i) { return (uint32_t)(i * 2654435761u) >> 7 & 1023; }

#define HOT(name, set, get)                                                \
  __attribute__((aligned(64)))                                             \
  uint64_t memory_baseline_##name(memory_baseline *memory, size_t n) {     \
    uint64_t sum = 0;                                                      \
    memory_reset(memory);                                                  \
    memory_ensure(memory, 32768);                                          \
    for (size_t j = 0; j < n; j++) {                                       \
      for (size_t i = 0; i < 1024; i++) {                                  \
        size_t k = scattered(i);                                           \
        set;                                                               \
        sum += get;                                                        \
      }                                                                    \
      memory_baseline_keep(memory);                                        \
    }                                                                      \
    return sum;                                                            \
  }

/* The word as far from the end as k is from the beginning: one instruction, whoever compiles it. */
static inline size_t opposite(size_t k) { return 32 * (k ^ 1023); }

HOT(hot_words, memory_set_word(memory, 32 * k, repeated((uint8_t)i)), read_word(memory, opposite(k)))
HOT(hot_bytes, memory_set_byte(memory, 7 * k, (uint8_t)i), read_byte(memory, 5 * k))
HOT(hot_u256, memory_set_u256(memory, 32 * k, ((word256){{i, k, i + k, i ^ k}})),
    read_u256(memory, opposite(k)))
