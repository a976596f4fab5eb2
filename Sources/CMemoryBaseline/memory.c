#include "memory.h"

__attribute__((noinline)) bool memory_grow(memory_baseline *memory, size_t end) {
  if (end > memory->limit - memory->checkpoint) return false;
  size_t size = (end + 31) & ~(size_t)31;
  size_t needed = memory->checkpoint + size;
  if (needed > memory->capacity) {
    size_t capacity = memory->capacity * 2;
    if (capacity < needed) capacity = needed;
    uint8_t *buffer = realloc(memory->buffer, capacity);
    if (!buffer) return false;
    memory->buffer = buffer;
    memory->base = buffer + memory->checkpoint;
    memory->capacity = capacity;
  }
  memset(memory->base + memory->size, 0, size - memory->size);
  memory->size = size;
  return true;
}

memory_baseline *memory_baseline_create(size_t capacity, size_t limit) {
  memory_baseline *memory = malloc(sizeof *memory);
  if (memory && !memory_init(memory, capacity, limit)) {
    free(memory);
    return NULL;
  }
  return memory;
}

void memory_baseline_destroy(memory_baseline *memory) {
  memory_deinit(memory);
  free(memory);
}
