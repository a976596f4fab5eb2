/* What the allocator has given out and not got back, in bytes. */
#include <malloc.h>
#include <stddef.h>

__attribute__((visibility("default"))) size_t heap_in_use(void);
size_t heap_in_use(void) {
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}
