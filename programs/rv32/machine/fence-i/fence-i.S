// Code that writes code. FENCE.I makes the stores visible to the fetch: an instruction of a function is
// replaced and the function called again; a function is built from nothing in data; a loop patches its own
// body.
#include "environment.h"

START
  la s0, begin_signature

  call constant             // before: 111
  sw a0, 0(s0)
  la t0, constant
  la t1, replacement
  lw t2, 0(t1)
  sw t2, 0(t0)
  fence.i
  call constant             // after: 222
  sw a0, 4(s0)
  CHECK(2, a0, 222)

  la t0, room               // addi a0, a0, 5; jalr x0, 0(ra)
  li t1, 0x00550513
  sw t1, 0(t0)
  li t1, 0x00008067
  sw t1, 4(t0)
  fence.i
  li a0, 10
  jalr t0
  sw a0, 8(s0)
  CHECK(3, a0, 15)

  li s1, 0                  // adds 1, 2, 3, 4: each pass raises the immediate of the addition
  li s2, 4
  la t0, 2f
2:
  addi s1, s1, 1
  lw t1, 0(t0)
  li t2, 1 << 20
  add t1, t1, t2
  sw t1, 0(t0)
  fence.i
  addi s2, s2, -1
  bnez s2, 2b
  sw s1, 12(s0)
  CHECK(4, s1, 10)
FINISH

constant:
  li a0, 111
  ret
replacement:
  li a0, 222

TOHOST
SIGNATURE(4)
  .balign 4
room:
  .word 0, 0
