// Traps and their way back: ecall from user mode, an illegal instruction, a breakpoint, a load outside
// memory; CSRs as storage. Linked with segment flags 0, as GNU ld links the official tests.
#include "environment.h"

START
  la s0, begin_signature

  li a7, 1                  // an ecall of the test's own
  ecall
  sw s1, 0(s0)              // mcause 8: environment call from user mode
  sw s2, 4(s0)              // mepc - tests

  .word 0xffffffff
  sw s1, 8(s0)              // mcause 2: illegal instruction
  sw s2, 12(s0)

  ebreak
  sw s1, 16(s0)             // mcause 3: breakpoint
  sw s2, 20(s0)

  li a0, 0x7ffffffc
  li a1, 0x5a5a
  lw a1, 0(a0)
  sw s1, 24(s0)             // mcause 5: load access fault
  sw a1, 28(s0)             // the destination keeps its value
  sw s3, 32(s0)             // mtval: the address

  sw a0, 0(a0)
  sw s1, 36(s0)             // mcause 7: store access fault
  sw s3, 40(s0)

  lw t2, 44(s0)             // what the handler left: old and new mscratch
  CHECK(2, t2, 0x1224)
  lw t2, 48(s0)
  CHECK(3, t2, 0x1274)
  lw a0, 0(s0)
  CHECK(4, a0, 8)
FINISH

// Runs in machine mode: notes cause, place and value, and returns behind the instruction.
expected_trap:
  csrr s1, mcause
  csrr s2, mepc
  csrr s3, mtval
  addi t4, s2, 4
  csrw mepc, t4
  la t4, tests
  sub s2, s2, t4
  li t4, 0x1224             // CSR writes, sets and clears on a register that is pure storage
  csrw mscratch, t4
  csrrsi t3, mscratch, 0x10
  csrrci zero, mscratch, 4
  csrrs zero, mscratch, zero
  li t4, 0x50
  csrrs zero, mscratch, t4
  sw t3, 44(s0)
  csrrc t3, mscratch, t4
  ori t3, t3, 4
  sw t3, 48(s0)
  mret

TOHOST
SIGNATURE(16)
