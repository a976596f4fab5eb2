# Entry of every guest: registers the C ABI relies on, then main, then exit with its result.
# sp comes from the linker script, so that a guest runs alike under runners that set up another stack.
  .section .text.start, "ax", @progbits
  .globl _start
_start:
  .option push
  .option norelax               # gp cannot be relaxed against itself
  la gp, __global_pointer$
  .option pop
  la sp, __stack_top
  la tp, __tls_base             # thread-local data (picolibc's errno) would else sit at address 0
  call main
  tail exit
