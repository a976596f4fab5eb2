// Hello by a whole C library: picolibc's printf and malloc over Weft's host calls.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "weft_guest.h"

extern char __heap_start[], __heap_end[];

static int put(char character, FILE *stream) {
  (void)stream;
  return weft_write(1, &character, 1) == 1 ? (unsigned char)character : EOF;
}

static FILE output = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdout = &output;

// picolibc's malloc takes its memory here.
void *sbrk(ptrdiff_t increment) {
  static char *end = __heap_start;
  if (increment > __heap_end - end || increment < __heap_start - end) return (void *)-1;
  char *previous = end;
  end += increment;
  return previous;
}

// picolibc's own exit() would run destructors; there are none.
void exit(int code) { weft_exit(code); }

int main(void) {
  char *text = malloc(32);
  if (!text) return 1;
  strcpy(text, "picolibc");
  printf("Hello from %s: %d, %08x, %s\n", text, -42, 0xbeefu, strstr("needle in hay", "in"));
  free(text);
  return 0;
}
