// Loads and stores at every distance from their natural alignment, also across a 4 KiB line. For machines
// that emulate them; one that traps ends with 1337 in tohost.
#include "environment.h"

// Loads of all widths from source + distance.
.macro loads distance
  lw a0, \distance(s1)
  sw a0, 0(s0)
  lh a0, \distance(s1)
  sw a0, 4(s0)
  lhu a0, \distance(s1)
  sw a0, 8(s0)
  addi s0, s0, 12
.endm

// A word, then a half, to target + distance over a cleared pair of words, which becomes signature.
.macro stores distance
  sw zero, 0(s2)
  sw zero, 4(s2)
  sw s3, \distance(s2)
  lw a0, 0(s2)
  sw a0, 0(s0)
  lw a0, 4(s2)
  sw a0, 4(s0)
  sh s4, \distance(s2)
  lw a0, 0(s2)
  sw a0, 8(s0)
  lw a0, 4(s2)
  sw a0, 12(s0)
  addi s0, s0, 16
.endm

START
  la s0, begin_signature
  la s1, source
  la s2, target
  li s3, 0xa1b2c3d4
  li s4, 0x1e5f
  loads 0
  loads 1
  loads 2
  loads 3
  stores 0
  stores 1
  stores 2
  stores 3
FINISH

TOHOST
SIGNATURE(28)
  .balign 4096
  .skip 4092
source:                     // its second word lies in the next 4 KiB
  .word 0x8391a2b4, 0xc5d6e7f8
  .skip 4084
target:
  .word 0, 0
