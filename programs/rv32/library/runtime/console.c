// Output by lines (one host call each), numbers without printf, the end of the program, input as a number.
#include "weft_guest.h"
#include "weft_runtime.h"

static uint8_t line[256];
static uint32_t used;

void print_flush(void) {
  uint32_t sent = 0;
  while (sent < used) {
    int32_t count = weft_write(1, line + sent, used - sent);
    if (count <= 0) break; // nothing a guest could report it to
    sent += (uint32_t)count;
  }
  used = 0;
}

int putchar(int character) {
  line[used++] = (uint8_t)character;
  if (character == '\n' || used == sizeof line) print_flush();
  return (uint8_t)character;
}

void exit(int code) {
  print_flush();
  weft_exit(code);
}

void print_text(const char *text) {
  while (*text) putchar(*text++);
}

void print_unsigned(uint32_t value) {
  char digits[10];
  int count = 0;
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count > 0) putchar(digits[--count]);
}

static void print_digit(uint32_t value) { putchar("0123456789abcdef"[value & 15]); }

void print_hex(uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) print_digit(value >> shift);
}

void print_bytes(const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    print_digit(bytes[i] >> 4);
    print_digit(bytes[i]);
  }
}

// The decimal number the input starts with, or `otherwise` when it starts with none.
uint32_t input_number(uint32_t otherwise) {
  uint8_t text[16];
  int32_t length = weft_read(0, text, sizeof text);
  uint32_t value = 0;
  int32_t digits = 0;
  while (digits < length && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + (text[digits++] - '0');
  }
  return digits > 0 ? value : otherwise;
}
