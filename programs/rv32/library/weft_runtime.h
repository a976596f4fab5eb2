/* weft_runtime.h - the guest runtime: what a guest without a C library needs, and printing of results. */
#ifndef WEFT_RUNTIME_H
#define WEFT_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* memory.c */
void *memcpy(void *destination, const void *source, size_t length);
void *memmove(void *destination, const void *source, size_t length);
void *memset(void *destination, int byte, size_t length);
int memcmp(const void *left, const void *right, size_t length);

/* allocator.c */
void *malloc(size_t size);
void free(void *pointer);
int posix_memalign(void **result, size_t alignment, size_t size);

/* atomics.c, double.c, integer64.c, random.c and unicode.c serve the compilers; nobody calls them by hand. */

/* console.c */
int putchar(int character);
__attribute__((noreturn)) void exit(int code);
void print_text(const char *text);
void print_unsigned(uint32_t value);
void print_hex(uint32_t value);
void print_bytes(const uint8_t *bytes, size_t length);
void print_flush(void);
uint32_t input_number(uint32_t otherwise);

#ifdef __cplusplus
}
#endif

#endif
