// What the programs here share: start in machine mode, tests in user mode, an end that the host can see.
// The conventions are those of the official suites (registers, CSRs, tohost, signature); the text is ours.
//
//   gp  number of the running check     a7 = 93, ecall: end; a0 = 0 passed, else 2 * check + 1
//   tohost: two words; the handler stores gp there (1 passed, odd otherwise), zero behind it, and loops

// Writes a CSR that a small machine may lack: its trap, if any, continues at the same place as its success.
#define OPTIONAL(...)                                                                                       \
  la t0, 1f;                                                                                                \
  csrw mtvec, t0;                                                                                           \
  __VA_ARGS__;                                                                                              \
  .balign 4;                                                                                                \
  1:

// Entry, and the trap handler all ecalls of a finished test reach. A program with traps of its own defines
// `expected_trap`; t6 tells it which of its traps is meant.
#define START                                                                                               \
  .section .text.init, "ax", @progbits;                                                                     \
  .globl _start;                                                                                            \
  _start:                                                                                                   \
  j reset;                                                                                                  \
  .balign 4;                                                                                                \
  trap_vector:                                                                                              \
  csrr t5, mcause;                                                                                          \
  li t4, 93;                                                                                                \
  bne a7, t4, 2f;                                                                                           \
  li t4, 8;                                                                                                 \
  beq t5, t4, write_tohost;                                                                                 \
  li t4, 11;                                                                                                \
  beq t5, t4, write_tohost;                                                                                 \
  2:                                                                                                        \
  .weak expected_trap;                                                                                      \
  la t4, expected_trap;                                                                                     \
  beqz t4, 3f;                                                                                              \
  jr t4;                                                                                                    \
  3:                                                                                                        \
  li gp, 1337;                                                                                              \
  write_tohost:                                                                                             \
  la t4, tohost;                                                                                            \
  sw gp, 0(t4);                                                                                             \
  sw zero, 4(t4);                                                                                           \
  j write_tohost;                                                                                           \
  reset:                                                                                                    \
  li gp, 0;                                                                                                 \
  li a7, 0;                                                                                                 \
  csrr a0, mhartid;                                                                                         \
  4:                                                                                                        \
  bnez a0, 4b;                                                                                              \
  OPTIONAL(csrwi 0x744, 8)        /* mnstatus: no non-maskable interrupts in the way of traps */            \
  OPTIONAL(csrwi satp, 0)                                                                                   \
  OPTIONAL(li t1, -1; csrw pmpaddr0, t1; li t1, 0x1f; csrw pmpcfg0, t1)                                     \
  csrwi mie, 0;                                                                                             \
  OPTIONAL(csrwi medeleg, 0; csrwi mideleg, 0)                                                              \
  OPTIONAL(csrwi stvec, 0)                                                                                  \
  la t0, trap_vector;                                                                                       \
  csrw mtvec, t0;                                                                                           \
  csrwi mstatus, 0;               /* MPP = user */                                                          \
  la t0, tests;                                                                                             \
  csrw mepc, t0;                                                                                            \
  mret;                                                                                                     \
  .text;                                                                                                    \
  .balign 4;                                                                                                \
  tests:

// Check `number`: `register` holds `value`.
#define CHECK(number, register, value)                                                                      \
  li gp, number;                                                                                            \
  li t2, value;                                                                                             \
  bne register, t2, fail

#define FINISH                                                                                              \
  fence;                                                                                                    \
  li gp, 1;                                                                                                 \
  li a7, 93;                                                                                                \
  li a0, 0;                                                                                                 \
  ecall;                                                                                                    \
  fail:                                                                                                     \
  fence;                                                                                                    \
  slli gp, gp, 1;                                                                                           \
  ori gp, gp, 1;                                                                                            \
  li a7, 93;                                                                                                \
  mv a0, gp;                                                                                                \
  ecall

#define TOHOST                                                                                              \
  .section .tohost, "aw", @progbits;                                                                        \
  .balign 64;                                                                                               \
  .globl tohost;                                                                                            \
  tohost: .word 0, 0

#define SIGNATURE(words)                                                                                    \
  .data;                                                                                                    \
  .balign 16;                                                                                               \
  .globl begin_signature;                                                                                   \
  begin_signature:                                                                                          \
  .fill words, 4, 0xdeadbeef;                                                                               \
  .globl end_signature;                                                                                     \
  end_signature:
