// A first-fit allocator over the linker script's heap: blocks in address order, each with a header; free
// merges with both neighbours, so that long runs do not fragment.
#include "weft_runtime.h"

typedef struct Block {
  struct Block *previous, *next; // neighbours in memory
  uint32_t size;                 // bytes behind the header, a multiple of 16
  uint32_t used;
} Block;

_Static_assert(sizeof(Block) == 16, "payloads stay 16-byte aligned");

extern uint8_t __heap_start[], __heap_end[];

static Block *first;

static void start(void) {
  first = (Block *)__heap_start;
  first->previous = NULL;
  first->next = NULL;
  first->size = (uint32_t)(__heap_end - __heap_start) - sizeof(Block);
  first->used = 0;
}

// Cuts `block` so that it keeps `size` bytes; the rest becomes a free block behind it.
static void split(Block *block, uint32_t size) {
  if (block->size - size < 2 * sizeof(Block)) return;
  Block *rest = (Block *)((uint8_t *)(block + 1) + size);
  rest->previous = block;
  rest->next = block->next;
  rest->size = block->size - size - sizeof(Block);
  rest->used = 0;
  if (rest->next) rest->next->previous = rest;
  block->next = rest;
  block->size = size;
}

static void absorbNext(Block *block) {
  Block *next = block->next;
  block->size += sizeof(Block) + next->size;
  block->next = next->next;
  if (block->next) block->next->previous = block;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  enum { outOfMemory = 12, invalid = 22 };
  if (alignment == 0 || (alignment & (alignment - 1)) != 0) return invalid;
  if (alignment < 16) alignment = 16;
  if (first == NULL) start();
  if (size > first->size && size > (size_t)(__heap_end - __heap_start)) return outOfMemory;
  uint32_t rounded = size == 0 ? 16 : ((uint32_t)size + 15) & ~15u;
  for (Block *block = first; block; block = block->next) {
    if (block->used) continue;
    uintptr_t payload = (uintptr_t)(block + 1);
    uint32_t gap = (uint32_t)(-payload & (alignment - 1));
    // A gap must hold a block of its own: take the next aligned address where it cannot.
    while (gap != 0 && gap < 2 * sizeof(Block)) gap += (uint32_t)alignment;
    if (block->size < gap || block->size - gap < rounded) continue;
    if (gap != 0) {
      split(block, gap - sizeof(Block));
      block = block->next;
    }
    split(block, rounded);
    block->used = 1;
    *result = block + 1;
    return 0;
  }
  return outOfMemory;
}

void *malloc(size_t size) {
  void *result;
  return posix_memalign(&result, 16, size) == 0 ? result : NULL;
}

void free(void *pointer) {
  if (pointer == NULL) return;
  Block *block = (Block *)pointer - 1;
  block->used = 0;
  if (block->next && !block->next->used) absorbNext(block);
  if (block->previous && !block->previous->used) absorbNext(block->previous);
}
