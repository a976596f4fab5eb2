// The corners of addition, comparison, shift, product and quotient, as a signature. No CSR, no trap: the end
// is 1 in tohost and a loop.

// The five operations of one pair that OP and M share a table row in the specification for.
.macro pair x, y
  li a0, \x
  li a1, \y
  mul a2, a0, a1
  sw a2, 0(s0)
  mulh a2, a0, a1
  sw a2, 4(s0)
  mulhsu a2, a0, a1
  sw a2, 8(s0)
  mulhu a2, a0, a1
  sw a2, 12(s0)
  div a2, a0, a1
  sw a2, 16(s0)
  divu a2, a0, a1
  sw a2, 20(s0)
  rem a2, a0, a1
  sw a2, 24(s0)
  remu a2, a0, a1
  sw a2, 28(s0)
  add a2, a0, a1
  sw a2, 32(s0)
  sub a2, a0, a1
  sw a2, 36(s0)
  slt a2, a0, a1
  sw a2, 40(s0)
  sltu a2, a0, a1
  sw a2, 44(s0)
  sll a2, a0, a1
  sw a2, 48(s0)
  srl a2, a0, a1
  sw a2, 52(s0)
  sra a2, a0, a1
  sw a2, 56(s0)
  xor a2, a0, a1
  sw a2, 60(s0)
  addi s0, s0, 64
.endm

  .section .text.init, "ax", @progbits
  .globl _start
_start:
  la s0, begin_signature
  pair 0x80000000, 0xffffffff
  pair 0x80000000, 0x80000000
  pair 0xffffffff, 0xffffffff
  pair 0x80000000, 0
  pair 0xfffffff9, 3
  pair 7, 0xfffffffd
  pair 0x7fffffff, 1
  pair 0x80000001, 33
  pair 0, 0x80000000

  li t0, 1
  la t1, tohost
1:
  sw t0, 0(t1)
  sw zero, 4(t1)
  j 1b

  .section .tohost, "aw", @progbits
  .balign 64
  .globl tohost
tohost:
  .word 0, 0

  .data
  .balign 16
  .globl begin_signature, end_signature
begin_signature:
  .fill 9 * 16, 4, 0xdeadbeef
end_signature:
