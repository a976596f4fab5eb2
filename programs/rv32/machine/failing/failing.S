// A test that fails on purpose, with check 5: the end is exit code 2 * 5 + 1, never "passed".
#include "environment.h"

START
  li a0, 40
  addi a0, a0, 2
  CHECK(2, a0, 42)
  CHECK(5, a0, 43)
FINISH

TOHOST
SIGNATURE(1)
