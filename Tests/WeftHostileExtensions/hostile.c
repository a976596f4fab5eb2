/* An extension that does its host harm while it is loaded: in a constructor, in the entry function, in a destructor. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <weft_extension.h>

#include "selected_case.h"

static weft_status nothing(weft_call *call, const weft_operands *operands) {
  (void)call, (void)operands;
  return WEFT_OK;
}
static const weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_STEP("hostile.nothing", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0), 0, 0, nothing),
};
static const weft_extension harmless = WEFT_EXTENSION("hostile", "1.0.0", "Apache-2.0", instructions);

static void crash(void) { *(volatile int *)8 = 1; }
static void forever(void) {
  for (;;) pause();
}
/* A frame of its own: everybody who shares it would crash. */
__attribute__((noinline)) static void overflow_the_stack(void) {
  volatile char large[64 << 20];
  large[0] = 1;
  for (size_t index = 0; index < sizeof large; index += 4096) large[index] = large[0];
}
/* Not in the process of the tests, but in the child in which the host tries objects out. */
static int is_tried_out(void) { return getpid() != host(); }

static void note(const char *text) {
  int file = open(argument(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) return;
  if (write(file, text, strlen(text)) < 0) abort();
  close(file);
}

static void note_number(long number) {
  char text[32];
  snprintf(text, sizeof text, "%ld\n", number);
  note(text);
}

static void *wait_in_thread(void *unused) {
  forever();
  return unused;
}

__attribute__((constructor)) static void construct(void) {
  if (is("constructor-crashes")) crash();
  if (is("constructor-aborts")) abort();
  if (is("constructor-executes-rubbish")) __builtin_trap();
  if (is("constructor-divides-by-zero")) raise(SIGFPE);
  if (is("constructor-exits-0")) exit(0);
  if (is("constructor-exits-3")) exit(3);
  if (is("constructor-exits-at-once")) _exit(0);
  if (is("constructor-exits-quickly")) quick_exit(0);
  if (is("constructor-loops")) forever();
  if (is("constructor-takes-its-time")) usleep(10000);
  if (is("constructor-stops")) raise(SIGSTOP);
  if (is("constructor-kills-itself")) raise(SIGKILL);
  if (is("constructor-overflows-the-stack")) overflow_the_stack();
  if (is("constructor-closes-everything")) close_range(0, ~0u, 0);
  if (is("constructor-closes-everything-and-loops")) {
    close_range(0, ~0u, 0);
    forever();
  }
  if (is("constructor-ignores-signals-and-loops")) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_IGN);
    forever();
  }
  if (is("constructor-writes-everywhere") && is_tried_out()) {
    for (int descriptor = 0; descriptor < 64; descriptor++) {
      if (write(descriptor, "overwritten", 11) < 0) continue;
    }
  }
  if (is("constructor-forks-and-leaves")) {
    if (fork() > 0) _exit(0);
    forever();
  }
  if (is("constructor-leaves-a-process") && is_tried_out()) {
    pid_t child = fork();
    if (child == 0) forever();
    note_number(child);
  }
  if (is("constructor-starts-a-thread") && is_tried_out()) {
    pthread_t thread;
    pthread_create(&thread, NULL, wait_in_thread, NULL);
  }
  if (is("constructor-prints") && is_tried_out()) {
    puts("printed by a constructor");
    fflush(stdout);
    fputs("printed by a constructor\n", stderr);
  }
  if (is("counts-trials") && is_tried_out()) note("x");
}

__attribute__((destructor)) static void destruct(void) {
  if (is("destructor-crashes")) crash();
  if (is("destructor-exits")) _exit(0);
}

/* The last bytes of a page with nothing behind it. */
static char *end_of_memory(size_t count) {
  char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(pages + 4096, 4096);
  return pages + 4096 - count;
}

WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  if (is("entry-crashes")) crash();
  if (is("entry-aborts")) abort();
  if (is("entry-exits")) exit(0);
  if (is("entry-loops")) forever();
  if (is("entry-reads-behind-the-host")) return (const weft_extension *)(((const uintptr_t *)host)[100000000]);
  if (is("entry-gives-null")) return NULL;
  if (is("entry-gives-rubbish")) return (const weft_extension *)0x10000000;
  if (is("entry-gives-a-kernel-address")) return (const weft_extension *)0xffff800000000000;
  if (is("entry-gives-a-misaligned-address")) return (const weft_extension *)((const char *)&harmless + 4);
  if (is("entry-gives-the-end-of-memory")) return (const weft_extension *)end_of_memory(0);
  if (is("entry-gives-half-a-table")) {
    size_t half = sizeof harmless / 2 & ~(size_t)7;
    return memcpy(end_of_memory(half), &harmless, half);
  }
  if (is("entry-changes-its-mind") && !is_tried_out()) return (const weft_extension *)0x10000000;
  if (is("entry-changes-its-mind-about-names") && !is_tried_out()) {
    static weft_extension other;
    other = harmless;
    other.name = "two\nlines";
    return &other;
  }
  return &harmless;
}
