/* weft_bulk.h - the instructions of the extension BulkMemory (Plugins/BulkMemory), and the same in software.
 *
 * Compiled with WEFT_WITHOUT_EXTENSIONS, a guest takes the software and runs on any RV32IM machine. At most 16 MiB at
 * once; the scratchpad has 64 KiB. */
#ifndef WEFT_BULK_H
#define WEFT_BULK_H

#include "weft_guest.h"
#include "weft_runtime.h"

enum { BULK_SCRATCHPAD_SIZE = 65536 };

/* -1, 0 or 1, as memcmp orders the ranges. */
static inline int32_t bulk_compare_software(const void *first, const void *second, uint32_t count) {
  int order = memcmp(first, second, count);
  return (order > 0) - (order < 0);
}

#ifdef WEFT_WITHOUT_EXTENSIONS

/* runtime/scratchpad.c */
extern uint8_t bulk_scratchpad[BULK_SCRATCHPAD_SIZE];

static inline void bulk_copy(void *destination, const void *source, uint32_t count) {
  memmove(destination, source, count);
}
static inline void bulk_fill(void *destination, uint8_t byte, uint32_t count) { memset(destination, byte, count); }
static inline int32_t bulk_compare(const void *first, const void *second, uint32_t count) {
  return bulk_compare_software(first, second, count);
}
static inline void bulk_load(uint32_t offset, const void *source, uint32_t count) {
  memcpy(bulk_scratchpad + offset, source, count);
}
static inline void bulk_store(void *destination, uint32_t offset, uint32_t count) {
  memcpy(destination, bulk_scratchpad + offset, count);
}

#else

/* As memmove: the ranges may overlap. */
static inline void bulk_copy(void *destination, const void *source, uint32_t count) {
  WEFT_INSTRUCTION_R_EFFECT(WEFT_CUSTOM_3, 0, 0, weft_address(destination), weft_address(source), count);
}
/* As memset. */
static inline void bulk_fill(void *destination, uint8_t byte, uint32_t count) {
  WEFT_INSTRUCTION_R_EFFECT(WEFT_CUSTOM_3, 0, 1, weft_address(destination), byte, count);
}
/* As memcmp, but -1, 0 or 1. */
static inline int32_t bulk_compare(const void *first, const void *second, uint32_t count) {
  uint32_t value = count;
  WEFT_INSTRUCTION_R_UPDATE(WEFT_CUSTOM_3, 0, 2, value, weft_address(first), weft_address(second));
  return (int32_t)value;
}
/* From memory to byte `offset` of the scratchpad. */
static inline void bulk_load(uint32_t offset, const void *source, uint32_t count) {
  WEFT_INSTRUCTION_R_EFFECT(WEFT_CUSTOM_3, 1, 0, offset, weft_address(source), count);
}
/* From byte `offset` of the scratchpad to memory. */
static inline void bulk_store(void *destination, uint32_t offset, uint32_t count) {
  WEFT_INSTRUCTION_R_EFFECT(WEFT_CUSTOM_3, 1, 1, weft_address(destination), offset, count);
}

#endif

#endif
