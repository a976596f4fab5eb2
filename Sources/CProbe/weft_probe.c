#define _GNU_SOURCE
#include "weft_probe.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the child has got to; each step is written to the pipe as one byte, a refusal is followed by its text. */
enum { STEP_REFUSED = 'r', STEP_PASSED = 'p' };

static void say(int pipe, char step, const char *text) {
  char line[sizeof(((weft_probe_result *)0)->message)];
  size_t length = 0;
  line[length++] = step;
  while (text && *text && length < sizeof line - 1) line[length++] = *text++;
  for (size_t sent = 0; sent < length;) {
    ssize_t written = write(pipe, line + sent, length - sent);
    if (written < 0 && errno != EINTR) break;
    if (written > 0) sent += (size_t)written;
  }
}

/* Keeps the object's hands off what the child shares with the caller: files, terminal, signal handlers. */
static void isolate(int *pipe) {
  /* To the highest number that dup2 gives here, so that everything else can be closed. */
  int end = dup2(*pipe, 3);
  if (end < 0) _exit(127);
  for (int descriptor = 0; descriptor < 3; descriptor++) {
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
      dup2(null, descriptor);
      if (null > 3) close(null);
    }
  }
  if (close_range(4, ~0u, 0) != 0) {
    for (int descriptor = 4; descriptor < 1024; descriptor++) close(descriptor);
  }
  *pipe = end;
  static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGTERM, SIGINT, SIGALRM};
  for (size_t index = 0; index < sizeof signals / sizeof *signals; index++) signal(signals[index], SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  struct rlimit limit = {0, 0};
  setrlimit(RLIMIT_CORE, &limit);
}

static void child(int pipe, const char *path, const char *symbol, const void *argument, weft_probe_check check) {
  isolate(&pipe);
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    say(pipe, STEP_REFUSED, dlerror());
    _exit(0);
  }
  void *address = dlsym(handle, symbol);
  if (!address) {
    say(pipe, STEP_REFUSED, dlerror());
    _exit(0);
  }
  const void *table = ((const void *(*)(const void *))address)(argument);
  if (check && table && check(table) != 0) _exit(126);
  say(pipe, STEP_PASSED, NULL);
  _exit(0);
}

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

weft_probe_result weft_probe(const char *path, const char *symbol, const void *argument, weft_probe_check check,
                             int timeout) {
  weft_probe_result result = {WEFT_PROBE_FAILED, 0, ""};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    result.code = errno;
    return result;
  }
  pid_t pid = fork();
  if (pid == 0) child(ends[1], path, symbol, argument, check);
  int failure = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    result.code = failure;
    return result;
  }

  /* Reads until the pipe is closed: by the child's end, whoever brought it about. */
  char text[sizeof result.message + 1];
  size_t length = 0;
  int is_late = 0;
  long deadline = milliseconds() + timeout;
  while (length < sizeof text - 1) {
    long left = deadline - milliseconds();
    struct pollfd wait = {ends[0], POLLIN, 0};
    int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      is_late = 1;
      break;
    }
    ssize_t count = read(ends[0], text + length, sizeof text - 1 - length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    length += (size_t)count;
  }
  close(ends[0]);
  if (is_late) kill(pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  text[length] = 0;
  if (is_late) {
    result.outcome = WEFT_PROBE_HUNG;
  } else if (WIFSIGNALED(status)) {
    result.outcome = WEFT_PROBE_KILLED;
    result.code = WTERMSIG(status);
  } else if (length > 0 && text[0] == STEP_PASSED) {
    result.outcome = WEFT_PROBE_PASSED;
  } else if (length > 0 && text[0] == STEP_REFUSED) {
    result.outcome = WEFT_PROBE_REFUSED;
    snprintf(result.message, sizeof result.message, "%s", text + 1);
  } else {
    result.outcome = WEFT_PROBE_EXITED;
    result.code = WEXITSTATUS(status);
  }
  return result;
}
