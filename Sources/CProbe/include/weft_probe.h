/* Tries a shared object out in a child process: whatever it does to that process, the caller's lives on. */
#ifndef WEFT_PROBE_H
#define WEFT_PROBE_H

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

/* Looks at what the entry function gave, in the child; 0 when it can be read. */
typedef int (*weft_probe_check)(const void *table);

/*
 * Opens the object at `path` in a child process, looks `symbol` up there and calls it with `argument`; then calls
 * `check`, where it is not NULL, with what that returned. All of it must be done in `timeout` milliseconds.
 *
 * The child is a fork without exec: glibc keeps malloc and the dynamic linker usable in it.
 */
weft_probe_result weft_probe(const char *path, const char *symbol, const void *argument, weft_probe_check check,
                             int timeout);

#ifdef __cplusplus
}
#endif

#endif
