/* Tries a shared object out in a child process: whatever it does to that process, the caller's lives on. */
#ifndef WEFT_PROBE_H
#define WEFT_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  WEFT_PROBE_PASSED = 0,
  WEFT_PROBE_REFUSED = 1, /* the dynamic linker refused it, or there is no such symbol; `message` says why */
  WEFT_PROBE_KILLED = 2,  /* a signal ended the child: `code` */
  WEFT_PROBE_EXITED = 3,  /* it ended the child with exit code `code` */
  WEFT_PROBE_HUNG = 4,    /* it was not done in time */
  WEFT_PROBE_FAILED = 5   /* no child could be made: `code` is errno */
};

typedef struct weft_probe_result {
  int outcome;
  int code;
  char message[512];
} weft_probe_result;

/*
 * In a child process, opens the object at `path`, looks `symbol` up there, calls it with `argument` and closes the
 * object again. All of it must be done in `timeout` milliseconds; what the object has started by then is ended with
 * the child.
 *
 * The child is a fork without exec: glibc keeps malloc usable in it, and the dynamic linker as long as no other thread
 * is inside it at that moment. For threads of Weft's own there are `weft_enter_linker` and `weft_leave_linker`. Others
 * know nothing of them: a child that finds the linker locked is given up and made again, until `timeout`.
 */
weft_probe_result weft_probe(const char *path, const char *symbol, const void *argument, int timeout);

/* One thread at a time, which may come in again: around every dlopen and dlclose. */
void weft_enter_linker(void);
void weft_leave_linker(void);

/* Whether `count` bytes at an address that somebody gave can be read without harm. */
bool weft_can_read(const void *address, size_t count);

#ifdef __cplusplus
}
#endif

#endif
