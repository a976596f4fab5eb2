// The atomic operations compilers call where the instruction set has none (rv32im has no A). A guest has one
// thread and no interrupts: plain accesses are atomic. The names are the compilers' (GCC atomic library ABI);
// clang knows them as builtins with other types, hence the assembler names.
#include "weft_runtime.h"

typedef volatile uint32_t *Word;

uint32_t load(Word word, int order) __asm__("__atomic_load_4");
uint32_t load(Word word, int order) {
  (void)order;
  return *word;
}

void store(Word word, uint32_t value, int order) __asm__("__atomic_store_4");
void store(Word word, uint32_t value, int order) {
  (void)order;
  *word = value;
}

uint32_t exchange(Word word, uint32_t value, int order) __asm__("__atomic_exchange_4");
uint32_t exchange(Word word, uint32_t value, int order) {
  (void)order;
  uint32_t previous = *word;
  *word = value;
  return previous;
}

uint32_t fetchAdd(Word word, uint32_t value, int order) __asm__("__atomic_fetch_add_4");
uint32_t fetchAdd(Word word, uint32_t value, int order) {
  (void)order;
  uint32_t previous = *word;
  *word = previous + value;
  return previous;
}

uint32_t fetchSubtract(Word word, uint32_t value, int order) __asm__("__atomic_fetch_sub_4");
uint32_t fetchSubtract(Word word, uint32_t value, int order) {
  (void)order;
  uint32_t previous = *word;
  *word = previous - value;
  return previous;
}

_Bool compareExchange(Word word, uint32_t *expected, uint32_t desired, int success, int failure)
    __asm__("__atomic_compare_exchange_4");
_Bool compareExchange(Word word, uint32_t *expected, uint32_t desired, int success, int failure) {
  (void)success;
  (void)failure;
  uint32_t previous = *word;
  if (previous != *expected) {
    *expected = previous;
    return 0;
  }
  *word = desired;
  return 1;
}
