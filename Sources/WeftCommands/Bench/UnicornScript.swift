extension Peer {
  /// Loads a static ELF into Unicorn as Weft's user environment does, and serves read, write, brk and exit.
  static let unicornScript = """
    import os, struct, sys
    from unicorn import Uc, UC_ARCH_RISCV, UC_MODE_RISCV32, UC_HOOK_INTR
    from unicorn.riscv_const import UC_RISCV_REG_X0
    MEMORY = 256 << 20
    elf = open(sys.argv[1], 'rb').read()
    entry, phoff = struct.unpack_from('<II', elf, 24)
    phnum, = struct.unpack_from('<H', elf, 44)
    uc = Uc(UC_ARCH_RISCV, UC_MODE_RISCV32)
    uc.mem_map(0, MEMORY)
    heap = 0
    for index in range(phnum):
        kind, offset, address, _, filesz, memsz = struct.unpack_from('<6I', elf, phoff + 32 * index)
        if kind == 1:
            uc.mem_write(address, elf[offset:offset + filesz])
            heap = max(heap, address + memsz)
    def x(number): return uc.reg_read(UC_RISCV_REG_X0 + number) & 0xffffffff
    def call(uc, cause, _):
        global heap, status
        if cause != 8: raise SystemExit(125)
        number, first, pointer, length = x(17), x(10), x(11), x(12)
        if number == 63:
            data = os.read(0, length) if first == 0 else b''
            uc.mem_write(pointer, data)
            result = len(data)
        elif number == 64:
            result = os.write(1, uc.mem_read(pointer, length)) if first == 1 and length else length
        elif number == 214:
            if heap < first < MEMORY: heap = first
            result = heap
        elif number in (93, 94):
            status = first & 0xff
            uc.emu_stop()
            return
        else: result = -38
        uc.reg_write(UC_RISCV_REG_X0 + 10, result & 0xffffffff)
    status = 126
    uc.hook_add(UC_HOOK_INTR, call)
    uc.reg_write(UC_RISCV_REG_X0 + 2, MEMORY - 16)
    uc.emu_start(entry, MEMORY)
    sys.exit(status)
    """
}
