#define _GNU_SOURCE
#include "weft_probe.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the child has got to; each step is written to the pipe as one byte, a refusal is followed by its text. */
enum { STEP_BEGUN = 'b', STEP_REFUSED = 'r', STEP_PASSED = 'p' };

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

/* Registered last, so called first: an `exit` of the object must not run what the caller has left for its own. */
static void leave_exit(int status, void *unused) {
  (void)unused;
  _exit(status);
}
static void leave_quick_exit(void) { _exit(0); }

/* The kernel's first choice when memory runs out: the child, not the caller. */
static void volunteer(void) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t written = write(file, "1000", 4);
  (void)written;
  close(file);
}

/* Keeps the object's hands off what the child shares with the caller: files, terminal, signals, exit handlers. */
static void isolate(int *pipe) {
  /* A group of its own, which the caller can end as a whole. */
  setpgid(0, 0);
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
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  struct rlimit limit = {0, 0};
  setrlimit(RLIMIT_CORE, &limit);
  volunteer();
  if (on_exit(leave_exit, NULL) != 0 || at_quick_exit(leave_quick_exit) != 0) _exit(127);
}

static int stop_at_first(struct dl_phdr_info *object, size_t size, void *unused) {
  (void)object, (void)size, (void)unused;
  return 1;
}
static void *do_nothing(void *argument) { return argument; }

/*
 * Takes and gives back each lock of the dynamic linker: that of its objects, that of their list, that of thread-local
 * storage. One that another thread of the caller held when the process was copied stays locked here for ever.
 */
static void visit_linker(void) {
  void *self = dlopen(NULL, RTLD_NOW | RTLD_NOLOAD);
  if (self) dlclose(self);
  dl_iterate_phdr(stop_at_first, NULL);
  pthread_t thread;
  if (pthread_create(&thread, NULL, do_nothing, NULL) == 0) pthread_join(thread, NULL);
}

static void child(int pipe, const char *path, const char *symbol, const void *argument) {
  isolate(&pipe);
  visit_linker();
  say(pipe, STEP_BEGUN, NULL);
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
  ((const void *(*)(const void *))address)(argument);
  /* Its destructors will run in the caller as well. */
  dlclose(handle);
  say(pipe, STEP_PASSED, NULL);
  _exit(0);
}

/* Recursive: a constructor may load something of its own. */
static pthread_mutex_t linker = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void weft_enter_linker(void) { pthread_mutex_lock(&linker); }
void weft_leave_linker(void) { pthread_mutex_unlock(&linker); }

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A child and what it has said. */
typedef struct trial {
  pid_t pid;
  int pipe;
  char text[sizeof(((weft_probe_result *)0)->message)];
  size_t length;
  int status;
  int has_ended;
} trial;

/*
 * Collects what the child says until it has ended, and its status. The end of the child counts, not that of the
 * pipe: the child may close its end early, and what it leaves behind may hold it open.
 * Comes back at `patience` where the child has not even begun, and in any case at `deadline`.
 */
static void watch(trial *trial, long patience, long deadline) {
  int descriptor = (int)syscall(SYS_pidfd_open, trial->pid, 0);
  int pipe_is_open = 1;
  while (!trial->has_ended) {
    pid_t ended = waitpid(trial->pid, &trial->status, WNOHANG);
    /* Where the caller's SIGCHLD is ignored there is no status, only an end. */
    if (ended == trial->pid || (ended < 0 && errno == ECHILD)) trial->has_ended = 1;
    long left = (trial->length == 0 ? patience : deadline) - milliseconds();
    if (!trial->has_ended && left <= 0) break;
    struct pollfd ends[2] = {{pipe_is_open ? trial->pipe : -1, POLLIN, 0}, {descriptor, POLLIN, 0}};
    int pause = trial->has_ended ? 0 : descriptor >= 0 || left < 10 ? (int)left : 10;
    if (poll(ends, 2, pause) < 0 && errno != EINTR) break;
    if (!(ends[0].revents & (POLLIN | POLLHUP | POLLERR))) continue;
    /* What there is room for counts, the rest is read and forgotten: the child must not wait for us. */
    char part[512];
    ssize_t count = read(trial->pipe, part, sizeof part);
    if (count == 0 || (count < 0 && errno != EINTR)) pipe_is_open = 0;
    for (ssize_t index = 0; index < count && trial->length < sizeof trial->text - 1; index++) {
      trial->text[trial->length++] = part[index];
    }
  }
  if (descriptor >= 0) close(descriptor);
}

/* Makes a child and watches it. Gives 0, or the error number where there is no child. */
static int attempt(const char *path, const char *symbol, const void *argument, trial *trial, long patience,
                   long deadline) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  weft_enter_linker();
  pid_t pid = fork();
  if (pid == 0) child(ends[1], path, symbol, argument);
  int failure = errno;
  weft_leave_linker();
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return failure;
  }
  /* Both sides: whichever comes first. */
  setpgid(pid, pid);
  trial->pid = pid;
  trial->pipe = ends[0];
  trial->length = 0;
  trial->status = 0;
  trial->has_ended = 0;
  watch(trial, patience, deadline);
  close(ends[0]);
  /* What the object has started ends with the probe. */
  kill(-pid, SIGKILL);
  if (!trial->has_ended) {
    kill(pid, SIGKILL);
    while (waitpid(pid, &trial->status, 0) < 0 && errno == EINTR) {
    }
  }
  trial->text[trial->length] = 0;
  return 0;
}

weft_probe_result weft_probe(const char *path, const char *symbol, const void *argument, int timeout) {
  weft_probe_result result = {WEFT_PROBE_FAILED, 0, ""};
  trial trial;
  long deadline = milliseconds() + timeout;
  /* A child that does not begin is a copy of a bad moment: another one is made, and given more time. */
  for (long patience = 100;; patience += patience / 2) {
    long now = milliseconds();
    long end = now + patience < deadline ? now + patience : deadline;
    result.code = attempt(path, symbol, argument, &trial, end, deadline);
    if (result.code != 0) return result;
    if (trial.has_ended || trial.length > 0 || end == deadline) break;
  }
  /* Without the step that says that it has begun. */
  const char *text = trial.text + (trial.text[0] == STEP_BEGUN ? 1 : 0);
  if (!trial.has_ended) {
    result.outcome = WEFT_PROBE_HUNG;
  } else if (WIFSIGNALED(trial.status)) {
    result.outcome = WEFT_PROBE_KILLED;
    result.code = WTERMSIG(trial.status);
  } else if (text[0] == STEP_PASSED) {
    result.outcome = WEFT_PROBE_PASSED;
  } else if (text[0] == STEP_REFUSED) {
    result.outcome = WEFT_PROBE_REFUSED;
    snprintf(result.message, sizeof result.message, "%s", text + 1);
  } else {
    result.outcome = WEFT_PROBE_EXITED;
    result.code = WEXITSTATUS(trial.status);
  }
  return result;
}

bool weft_can_read(const void *address, size_t count) {
  if (count == 0) return true;
  unsigned char byte;
  uintptr_t first = (uintptr_t)address, last = first + (count - 1);
  if (!address || last < first) return false;
  long page = sysconf(_SC_PAGESIZE);
  for (uintptr_t place = first;; place = place - place % (uintptr_t)page + (uintptr_t)page) {
    /* One byte of each page: the kernel looks, and says EFAULT where this process would die. */
    struct iovec to = {&byte, 1}, from = {(void *)place, 1};
    if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != 1) {
      if (errno == EFAULT) return false;
      /* Not allowed here: then a pipe is asked. */
      int ends[2];
      if (pipe2(ends, O_CLOEXEC) != 0) return true;
      ssize_t written = write(ends[1], (const void *)place, 1);
      int failure = errno;
      close(ends[0]);
      close(ends[1]);
      if (written != 1 && failure == EFAULT) return false;
    }
    if (last - last % (uintptr_t)page == place - place % (uintptr_t)page) return true;
  }
}
