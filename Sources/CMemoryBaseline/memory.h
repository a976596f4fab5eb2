/* Call memory in plain C. Everything hot is inline; what grows or fails is not. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "memory_baseline.h"

enum { frame_limit = 1024 };

typedef struct {
  size_t checkpoint, size;
} frame;

struct memory_baseline {
  uint8_t *base; /* active context */
  size_t size;
  size_t checkpoint;
  size_t capacity;
  size_t limit;
  uint8_t *buffer;
  const uint8_t *window;
  size_t window_size;
  size_t depth;
  frame frames[frame_limit];
};

typedef struct {
  uint64_t limb[4];
} word256;

typedef struct {
  uint8_t bytes[32];
} word;

bool memory_grow(memory_baseline *memory, size_t end);

static inline bool memory_init(memory_baseline *memory, size_t capacity, size_t limit) {
  memory->buffer = malloc(capacity);
  if (!memory->buffer) return false;
  memory->base = memory->buffer;
  memory->size = 0;
  memory->checkpoint = 0;
  memory->capacity = capacity;
  memory->limit = limit;
  memory->window = memory->buffer;
  memory->window_size = 0;
  memory->depth = 0;
  return true;
}

static inline void memory_deinit(memory_baseline *memory) { free(memory->buffer); }

static inline void memory_reset(memory_baseline *memory) {
  memory->base = memory->buffer;
  memory->size = 0;
  memory->checkpoint = 0;
  memory->window_size = 0;
  memory->depth = 0;
}

/* Offset and count as size_t: a negative number is a large one, and the sum must not wrap. */
static inline bool memory_cover(memory_baseline *memory, size_t offset, size_t count) {
  size_t end;
  if (__builtin_add_overflow(offset, count, &end)) return false;
  return end <= memory->size || memory_grow(memory, end);
}

static inline bool memory_holds(const memory_baseline *memory, size_t offset, size_t count) {
  size_t end;
  return !__builtin_add_overflow(offset, count, &end) && end <= memory->size;
}

static inline bool memory_set_byte(memory_baseline *memory, size_t offset, uint8_t value) {
  if (offset >= memory->size && !memory_cover(memory, offset, 1)) return false;
  memory->base[offset] = value;
  return true;
}

static inline bool memory_get_byte(const memory_baseline *memory, size_t offset, uint8_t *value) {
  if (offset >= memory->size) return false;
  *value = memory->base[offset];
  return true;
}

static inline bool memory_set_word(memory_baseline *memory, size_t offset, word value) {
  if (!memory_cover(memory, offset, 32)) return false;
  memcpy(memory->base + offset, &value, 32);
  return true;
}

static inline bool memory_get_word(const memory_baseline *memory, size_t offset, word *value) {
  if (!memory_holds(memory, offset, 32)) return false;
  memcpy(value, memory->base + offset, 32);
  return true;
}

static inline bool memory_set_u256(memory_baseline *memory, size_t offset, word256 value) {
  if (!memory_cover(memory, offset, 32)) return false;
  for (int i = 0; i < 4; i++) {
    uint64_t part = __builtin_bswap64(value.limb[3 - i]);
    memcpy(memory->base + offset + 8 * i, &part, 8);
  }
  return true;
}

static inline bool memory_get_u256(const memory_baseline *memory, size_t offset, word256 *value) {
  if (!memory_holds(memory, offset, 32)) return false;
  for (int i = 0; i < 4; i++) {
    uint64_t part;
    memcpy(&part, memory->base + offset + 8 * i, 8);
    value->limb[3 - i] = __builtin_bswap64(part);
  }
  return true;
}

/* Words that were added, or -1. */
static inline ptrdiff_t memory_ensure(memory_baseline *memory, size_t size) {
  if (size <= memory->size) return 0;
  size_t before = memory->size;
  if (!memory_grow(memory, size)) return -1;
  return (ptrdiff_t)((memory->size - before) / 32);
}

static inline bool memory_resize(memory_baseline *memory, size_t size) {
  if (size > memory->size) return memory_grow(memory, size);
  memory->size = (size + 31) & ~(size_t)31;
  return true;
}

static inline bool memory_set_data(memory_baseline *memory, size_t offset, const uint8_t *data, size_t count) {
  if (count == 0) return true;
  if (!memory_cover(memory, offset, count)) return false;
  memcpy(memory->base + offset, data, count);
  return true;
}

static inline bool memory_set_bounded(memory_baseline *memory, size_t offset, const uint8_t *data, size_t data_size,
                                      size_t source, size_t count) {
  if (count == 0) return true;
  if (!memory_cover(memory, offset, count)) return false;
  size_t available = source < data_size ? data_size - source : 0;
  if (available > count) available = count;
  if (available) memcpy(memory->base + offset, data + source, available);
  if (available < count) memset(memory->base + offset + available, 0, count - available);
  return true;
}

static inline bool memory_copy(memory_baseline *memory, size_t target, size_t source, size_t count) {
  if (count == 0) return true;
  if (!memory_cover(memory, target > source ? target : source, count)) return false;
  memmove(memory->base + target, memory->base + source, count);
  return true;
}

static inline const uint8_t *memory_view(const memory_baseline *memory, size_t offset, size_t count) {
  if (count == 0) return memory->base;
  return memory_holds(memory, offset, count) ? memory->base + offset : NULL;
}

static inline bool memory_enter(memory_baseline *memory) {
  if (memory->depth == frame_limit) return false;
  memory->frames[memory->depth++] = (frame){memory->checkpoint, memory->size};
  memory->base += memory->size;
  memory->checkpoint += memory->size;
  memory->size = 0;
  memory->window_size = 0;
  return true;
}

static inline bool memory_leave(memory_baseline *memory, size_t output, size_t count) {
  if (memory->depth == 0) return false;
  if (count != 0 && !memory_holds(memory, output, count)) return false;
  memory->window = memory->base + output;
  memory->window_size = count;
  frame parent = memory->frames[--memory->depth];
  memory->checkpoint = parent.checkpoint;
  memory->base = memory->buffer + parent.checkpoint;
  memory->size = parent.size;
  return true;
}

#endif
