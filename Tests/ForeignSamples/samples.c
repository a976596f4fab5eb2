/* C functions that the tests of manifests call. Built by the tests, with the compiler of the system. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "weft_foreign.h"

/* Scalars. */
uint32_t popcount32(uint32_t value) { return (uint32_t)__builtin_popcount(value); }
int8_t add8(int8_t a, int8_t b) { return (int8_t)(a + b); }
uint8_t addu8(uint8_t a, uint8_t b) { return (uint8_t)(a + b); }
int16_t negate16(int16_t a) { return (int16_t)-a; }
uint16_t swap16(uint16_t a) { return (uint16_t)(a << 8 | a >> 8); }
int32_t weigh(int8_t a, uint8_t b, int16_t c, uint16_t d, int32_t e, uint32_t f) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * (int32_t)f;
}
bool is_odd(uint32_t a) { return a & 1; }
bool invert(bool a) { return !a; }
int32_t bool_number(bool a) { return a; }
uint64_t multiply64(uint64_t a, uint64_t b) { return a * b; }
int64_t shift_right64(int64_t a, int32_t count) { return a >> (count & 63); }
size_t size_sum(size_t a, size_t b) { return a + b; }
size_t huge_size(void) { return (size_t)1 << 32; }
float scale(float a, float b) { return a * b; }
double divide(double a, double b) { return a / b; }
int32_t truncate_double(double a) { return (int32_t)a; }
int32_t seven(int32_t a, int32_t b, int32_t c, int32_t d, int32_t e, int32_t f, int32_t g) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g;
}
int32_t mixed(int32_t a, float b, int64_t c, double d) { return (int32_t)(a + b + (float)c + (float)d); }
int32_t constants(int8_t a, uint64_t b, bool c, double d) { return a + (int32_t)(b >> 32) + c + (int32_t)(d * 4); }
static int32_t remembered;
void remember(int32_t value) { remembered = value; }
int32_t recall(void) { return remembered; }

/* Ranges. */
uint32_t sum_bytes(const uint8_t *bytes, size_t count) {
  uint32_t sum = 0;
  for (size_t index = 0; index < count; index++) sum += bytes[index];
  return sum;
}
uint64_t sum_words(const uint32_t *words, uint32_t count) {
  uint64_t sum = 0;
  for (uint32_t index = 0; index < count; index++) sum += words[index];
  return sum;
}
void fill_bytes(uint8_t *bytes, uint8_t value, size_t count) { memset(bytes, value, count); }
void reverse_bytes(uint8_t *bytes, size_t count) {
  for (size_t index = 0; index < count / 2; index++) {
    uint8_t other = bytes[count - 1 - index];
    bytes[count - 1 - index] = bytes[index];
    bytes[index] = other;
  }
}
/* Front to back, so that overlapping ranges show. */
void copy_forward(uint8_t *to, const uint8_t *from, size_t count) {
  for (size_t index = 0; index < count; index++) *(volatile uint8_t *)(to + index) = from[index];
}
void write_first(uint8_t *bytes) { bytes[0] = 0x77; }
int32_t take_null(const void *pointer) { return pointer == NULL; }
int32_t is_aligned(const void *pointer) { return ((uintptr_t)pointer & 15) == 0; }

/* Functions that break their word. */
void overrun(uint8_t *bytes, size_t count) { bytes[count] = 1; }
uint32_t write_input(uint8_t *bytes) { return bytes[0]++; }

/* Status. */
int32_t fill_or_fail(uint8_t *bytes, size_t count, int32_t status) {
  memset(bytes, 0xee, count);
  return status;
}

/* Structs. */
struct point { int32_t x, y; };
struct mixed_fields { int8_t a; double b; uint16_t c[3]; struct point d; float e; bool f; };
struct big { uint64_t words[5]; };
struct floats { float x, y; };
int32_t dot(struct point a, struct point b) { return a.x * b.x + a.y * b.y; }
struct point swap_point(struct point a) { struct point b = {a.y, a.x}; return b; }
double weigh_fields(struct mixed_fields m, int32_t factor) {
  return factor * (m.a + m.b + m.c[0] + 2 * m.c[1] + 4 * m.c[2] + m.d.x + m.d.y + m.e + m.f);
}
struct big make_big(uint32_t seed) {
  struct big big;
  for (int index = 0; index < 5; index++) big.words[index] = (uint64_t)seed << (8 * index);
  return big;
}
uint32_t fold_big(struct big big) {
  uint64_t fold = 0;
  for (int index = 0; index < 5; index++) fold ^= big.words[index];
  return (uint32_t)(fold ^ fold >> 32);
}
struct floats rotate(struct floats a) { struct floats b = {-a.y, a.x}; return b; }

/* The host's context. */
uint32_t context_check(weft_foreign_context *context) {
  return context->struct_size == sizeof *context && context->abi_version == WEFT_FOREIGN_ABI
             ? (uint32_t)strlen(context->instruction)
             : 0;
}
uint32_t context_retired(weft_foreign_context *context) { return (uint32_t)context->retired; }
void fail_on_odd(weft_foreign_context *context, uint32_t value, uint8_t *bytes) {
  bytes[0] = 0x99;
  if (value & 1) {
    context->fail(context, (int32_t)value, "odd numbers are not welcome");
    context->fail(context, 1000, "a second failure");
  }
}
void fail_silently(weft_foreign_context *context) { context->fail(context, 5, NULL); }
