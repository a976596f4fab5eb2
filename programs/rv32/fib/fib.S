# Recursive Fibonacci: fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2). Input: n. Output: fib(n) mod 2^32.
  .text
  .globl main
main:
  addi sp, sp, -16
  sw ra, 12(sp)
  li a0, 24
  call input_number
  call fib
  call print_unsigned
  li a0, '\n'
  call putchar
  li a0, 0
  lw ra, 12(sp)
  addi sp, sp, 16
  ret

  .type fib, @function
fib:
  li t0, 2
  bltu a0, t0, 1f
  addi sp, sp, -16
  sw ra, 12(sp)
  sw s0, 8(sp)
  sw s1, 4(sp)
  mv s0, a0
  addi a0, a0, -1
  call fib
  mv s1, a0
  addi a0, s0, -2
  call fib
  add a0, a0, s1
  lw ra, 12(sp)
  lw s0, 8(sp)
  lw s1, 4(sp)
  addi sp, sp, 16
1:
  ret
  .size fib, . - fib
