"""What programs mean according to others: Unicorn (QEMU's RISC-V core) and tinyrv (written in Python)."""
import struct
import zlib
from dataclasses import dataclass

from unicorn import (UC_ARCH_RISCV, UC_ERR_EXCEPTION, UC_ERR_FETCH_PROT, UC_ERR_FETCH_UNMAPPED,
                     UC_ERR_INSN_INVALID, UC_ERR_READ_UNMAPPED, UC_ERR_WRITE_PROT, UC_ERR_WRITE_UNMAPPED,
                     UC_HOOK_INTR, UC_MODE_RISCV32, UC_PROT_EXEC, UC_PROT_READ, UC_PROT_WRITE, Uc, UcError)
from unicorn.riscv_const import UC_RISCV_REG_PC, UC_RISCV_REG_X0

from programs import EBREAK, TEXT

# A stop is 0 for the instruction limit, otherwise one more than the exception code of the privileged ISA.
LIMIT, JUMP_MISALIGNED, FETCH, ILLEGAL, BREAKPOINT, LOAD_MISALIGNED, LOAD, STORE_MISALIGNED, STORE = range(9)
ERRORS = {UC_ERR_READ_UNMAPPED: LOAD, UC_ERR_WRITE_UNMAPPED: STORE, UC_ERR_WRITE_PROT: STORE,
          UC_ERR_FETCH_UNMAPPED: FETCH, UC_ERR_FETCH_PROT: FETCH}


@dataclass
class State:
    stop: int
    pc: int
    registers: tuple
    checksum: int  # CRC-32 of memory outside the text


def error_is_invalid(number):
    return number in (UC_ERR_INSN_INVALID, UC_ERR_EXCEPTION)


class UnicornOracle:
    REGISTERS = [UC_RISCV_REG_X0 + number for number in range(32)]

    def __init__(self, program):
        """For programs of one memory layout."""
        self.uc = Uc(UC_ARCH_RISCV, UC_MODE_RISCV32)
        self.text_size = program.data_address - TEXT
        self.rest = program.memory_size - program.data_address
        self.uc.mem_map(0, TEXT, UC_PROT_READ | UC_PROT_WRITE)
        self.uc.mem_map(TEXT, self.text_size, UC_PROT_READ | UC_PROT_EXEC)
        self.uc.mem_map(program.data_address, self.rest, UC_PROT_READ | UC_PROT_WRITE)
        self.uc.hook_add(UC_HOOK_INTR, self.interrupted)
        self.stop = None
        self.low, self.text = bytes(TEXT), b""

    def interrupted(self, uc, number, _):
        self.stop = number + 1
        uc.emu_stop()

    def run(self, program, count=0):
        """Runs to the end, or `count` instructions."""
        uc = self.uc
        uc.mem_write(0, self.low)
        text = struct.pack(f"<{len(program.words)}I", *program.words)
        uc.mem_write(TEXT, text + bytes(self.text_size - len(text)))
        uc.ctl_remove_cache(TEXT, TEXT + self.text_size)
        uc.mem_write(program.data_address, program.data + bytes(self.rest - len(program.data)))
        for register in self.REGISTERS[1:]:
            uc.reg_write(register, 0)
        uc.reg_write(UC_RISCV_REG_X0 + 2, program.memory_size)
        self.stop = None
        stop = LIMIT
        try:
            uc.emu_start(TEXT, 0xFFFFFFFF, 0, count)
        except UcError as error:
            stop = ERRORS.get(error.errno, 200 + error.errno)
        pc = uc.reg_read(UC_RISCV_REG_PC) & 0xFFFFFFFF
        if stop >= 200 and error_is_invalid(stop - 200):
            # EBREAK is reported like an illegal word.
            stop = BREAKPOINT if bytes(uc.mem_read(pc, 4)) == EBREAK.to_bytes(4, "little") else ILLEGAL
        if self.stop == ILLEGAL:
            pc -= 4  # the hook is told after the word
        registers = tuple(uc.reg_read(register) & 0xFFFFFFFF for register in self.REGISTERS)
        checksum = zlib.crc32(uc.mem_read(0, TEXT))
        checksum = zlib.crc32(uc.mem_read(program.data_address, self.rest), checksum)
        return State(self.stop or stop, pc, registers, checksum)

    def data(self, program):
        """The data window after a run."""
        return bytes(self.uc.mem_read(program.data_address, len(program.data)))


def run_tinyrv(program, count):
    """Executes exactly `count` instructions."""
    import tinyrv

    sim = tinyrv.sim(xlen=32)
    sim.copy_in(TEXT, struct.pack(f"<{len(program.words)}I", *program.words))
    sim.copy_in(program.data_address, program.data)
    sim.pc = TEXT
    sim.x[2] = program.memory_size
    for _ in range(count):
        sim.step(trace=False)
    checksum = zlib.crc32(sim.copy_out(0, TEXT))
    rest = sim.copy_out(program.data_address, program.memory_size - program.data_address)
    checksum = zlib.crc32(rest, checksum)
    return State(LIMIT, sim.pc & 0xFFFFFFFF, tuple(value & 0xFFFFFFFF for value in sim.x._x), checksum)
