/*
 * The yardstick of Weft's threaded engine: the same interpreter design in C with guaranteed tail calls.
 *
 * RV32IM over predecoded 16-byte instructions, budgets charged per straight line, bounds-compared memory, and the
 * fused pairs of Sources/WeftRV32/Engine/Handlers/FusedPairs.swift (compare.sh writes them to fused_pairs.inc).
 * Instruction bodies follow the shape rules of tail-call interpreters: two dispatch sites per branch, the first half
 * of a pair finished before the second reads. Anything but hot paths is left to `service`, a plain function.
 *
 * Loads a static ELF, serves read, write, brk and exit, and prints one line of JSON to standard error:
 * {"exit", "instructions", "seconds"}.
 */
#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

typedef struct instruction {
  uintptr_t handler;
  uint8_t rd, rs1;
  uint16_t length; /* instructions to the end of the straight line, this one included */
  int32_t immediate;
} instruction;

typedef struct context {
  const instruction *next;
  int64_t budget;
  const instruction *text;
  uint32_t text_slots, text_start;
  uint32_t pc_bias; /* pc = pc_bias + a slot's address / 4 */
  uint32_t writable_offset, writable_size;
  int is_out_of_budget;
} context;

#define ARGUMENTS const instruction *i, uint32_t *x, uint8_t *m, uint64_t z, int64_t b, context *c
typedef void (*handler)(ARGUMENTS);
#define INLINE static inline __attribute__((always_inline))
#define TAIL __attribute__((musttail)) return

static void leave(ARGUMENTS) {
  (void)x, (void)m, (void)z;
  c->next = i;
  c->budget = b;
}

/* The rest of the line was charged and did not happen. */
static __attribute__((noinline, cold)) void leave_line(ARGUMENTS) {
  leave(i, x, m, z, b + i->length, c);
}

#define JUMP(NEXT, BUDGET) \
  do { \
    const instruction *n_ = (NEXT); \
    TAIL((handler)n_->handler)(n_, x, m, z, (BUDGET), c); \
  } while (0)
#define PROCEED() JUMP(i + 1, b)
#define ENTER(NEXT) \
  do { \
    const instruction *t_ = (NEXT); \
    int64_t left_ = b - t_->length; \
    if (left_ < 0) { \
      c->is_out_of_budget = 1; \
      TAIL leave(t_, x, m, z, b, c); \
    } \
    JUMP(t_, left_); \
  } while (0)
#define LEAVE() TAIL leave_line(i, x, m, z, b, c)

INLINE uint32_t divide(uint32_t a, uint32_t d) {
  if (d == 0) return UINT32_MAX;
  if (d == UINT32_MAX) return -a;
  return (uint32_t)((int32_t)a / (int32_t)d);
}
INLINE uint32_t remainder_of(uint32_t a, uint32_t d) {
  if (d == 0) return a;
  if (d == UINT32_MAX) return 0;
  return (uint32_t)((int32_t)a % (int32_t)d);
}
/* A misaligned offset becomes too large: one compare for bounds and alignment. */
INLINE int is_inside(uint32_t offset, uint64_t size, int log2) {
  uint32_t index = log2 == 0 ? offset : (offset >> log2 | offset << (32 - log2));
  return index < size >> log2;
}
INLINE int is_writable(uint32_t offset, const context *c, uint64_t size, int log2) {
  if (__builtin_expect(is_inside(offset - c->writable_offset, c->writable_size, log2), 1)) return 1;
  return is_inside(offset, size, log2) && offset - c->text_start >= c->text_slots * 4;
}

/* Bodies. Those that end a straight line dispatch themselves; behind the others stands what follows. */
#define REGISTER(VALUE) { uint32_t a = x[i->rs1], d = x[i->immediate]; x[i->rd] = (VALUE); }
#define IMMEDIATE(VALUE) { uint32_t a = x[i->rs1], d = (uint32_t)i->immediate; x[i->rd] = (VALUE); }
#define LOAD(LOG2, TYPE) \
  { \
    uint32_t o = x[i->rs1] + (uint32_t)i->immediate; \
    if (!is_inside(o, z, LOG2)) LEAVE(); \
    TYPE v; \
    memcpy(&v, m + o, sizeof v); \
    x[i->rd] = (uint32_t)(int32_t)v; \
  }
#define STORE(LOG2, TYPE) \
  { \
    uint32_t o = x[i->rs1] + (uint32_t)i->immediate; \
    if (!is_writable(o, c, z, LOG2)) LEAVE(); \
    TYPE v = (TYPE)x[i->rd]; \
    memcpy(m + o, &v, sizeof v); \
  }
#define BRANCH(CONDITION) \
  { \
    uint32_t a = x[i->rs1], d = x[i->rd]; \
    if (CONDITION) ENTER((const instruction *)((const char *)i + i->immediate)); \
    ENTER(i + 1); \
  }

#define BODY_add REGISTER(a + d)
#define BODY_sub REGISTER(a - d)
#define BODY_sll REGISTER(a << (d & 31))
#define BODY_slt REGISTER((int32_t)a < (int32_t)d)
#define BODY_sltu REGISTER(a < d)
#define BODY_xor REGISTER(a ^ d)
#define BODY_srl REGISTER(a >> (d & 31))
#define BODY_sra REGISTER((uint32_t)((int32_t)a >> (d & 31)))
#define BODY_or REGISTER(a | d)
#define BODY_and REGISTER(a & d)
#define BODY_mul REGISTER(a * d)
#define BODY_mulh REGISTER((uint32_t)((int64_t)(int32_t)a * (int32_t)d >> 32))
#define BODY_mulhsu REGISTER((uint32_t)((int64_t)(int32_t)a * (int64_t)d >> 32))
#define BODY_mulhu REGISTER((uint32_t)((uint64_t)a * d >> 32))
#define BODY_div REGISTER(divide(a, d))
#define BODY_divu REGISTER(d == 0 ? UINT32_MAX : a / d)
#define BODY_rem REGISTER(remainder_of(a, d))
#define BODY_remu REGISTER(d == 0 ? a : a % d)
#define BODY_addi IMMEDIATE(a + d)
#define BODY_slti IMMEDIATE((int32_t)a < (int32_t)d)
#define BODY_sltiu IMMEDIATE(a < d)
#define BODY_xori IMMEDIATE(a ^ d)
#define BODY_ori IMMEDIATE(a | d)
#define BODY_andi IMMEDIATE(a & d)
#define BODY_slli IMMEDIATE(a << (d & 31))
#define BODY_srli IMMEDIATE(a >> (d & 31))
#define BODY_srai IMMEDIATE((uint32_t)((int32_t)a >> (d & 31)))
#define BODY_constant { x[i->rd] = (uint32_t)i->immediate; }
#define BODY_idle
#define BODY_lb LOAD(0, int8_t)
#define BODY_lh LOAD(1, int16_t)
#define BODY_lw LOAD(2, int32_t)
#define BODY_lbu LOAD(0, uint8_t)
#define BODY_lhu LOAD(1, uint16_t)
#define BODY_sb STORE(0, uint8_t)
#define BODY_sh STORE(1, uint16_t)
#define BODY_sw STORE(2, uint32_t)
#define BODY_beq BRANCH(a == d)
#define BODY_bne BRANCH(a != d)
#define BODY_blt BRANCH((int32_t)a < (int32_t)d)
#define BODY_bge BRANCH((int32_t)a >= (int32_t)d)
#define BODY_bltu BRANCH(a < d)
#define BODY_bgeu BRANCH(a >= d)
#define PC() ((uint32_t)((uintptr_t)i >> 2) + c->pc_bias)
#define BODY_jal \
  { \
    x[i->rd] = PC() + 4; \
    ENTER((const instruction *)((const char *)i + i->immediate)); \
  }
#define BODY_jalr \
  { \
    uint32_t t = ((x[i->rs1] + (uint32_t)i->immediate) & ~1u) - c->text_start; \
    uint32_t n = t >> 2 | t << 30; \
    if (n >= c->text_slots) LEAVE(); \
    x[i->rd] = PC() + 4; \
    ENTER(c->text + n); \
  }
#define BODY_service LEAVE();

#define OPERATIONS(F) \
  F(add) F(sub) F(sll) F(slt) F(sltu) F(xor) F(srl) F(sra) F(or) F(and) F(mul) F(mulh) F(mulhsu) F(mulhu) F(div) \
  F(divu) F(rem) F(remu) F(addi) F(slti) F(sltiu) F(xori) F(ori) F(andi) F(slli) F(srli) F(srai) F(constant) \
  F(idle) F(lb) F(lh) F(lw) F(lbu) F(lhu) F(sb) F(sh) F(sw) F(beq) F(bne) F(blt) F(bge) F(bltu) F(bgeu) F(jal) \
  F(jalr) F(service)

#define NAME(OP) op_##OP,
enum operation { OPERATIONS(NAME) operation_count };
#define HANDLER(OP) static void run_##OP(ARGUMENTS) { BODY_##OP PROCEED(); }
OPERATIONS(HANDLER)
#define PAIR(A, B) static void run_##A##_##B(ARGUMENTS) { BODY_##A ++i; BODY_##B PROCEED(); }
#include "fused_pairs.inc"
#undef PAIR

static handler single[operation_count];
static handler fused[operation_count][operation_count];

static void fill_tables(void) {
#define SINGLE(OP) single[op_##OP] = run_##OP;
  OPERATIONS(SINGLE)
#define PAIR(A, B) fused[op_##A][op_##B] = run_##A##_##B;
#include "fused_pairs.inc"
#undef PAIR
}

static void fail(const char *message) {
  fprintf(stderr, "tailcall: %s\n", message);
  exit(2);
}

/* Decoding. `offset` is that of the instruction inside the text, in bytes. */
static enum operation decode(uint32_t w, uint32_t pc, uint32_t offset, uint32_t text_size, instruction *out) {
  static const uint8_t computing[8] = {op_add, op_sll, op_slt, op_sltu, op_xor, op_srl, op_or, op_and};
  static const uint8_t multiplying[8] = {op_mul, op_mulh, op_mulhsu, op_mulhu, op_div, op_divu, op_rem, op_remu};
  static const uint8_t immediates[8] = {op_addi, op_slli, op_slti, op_sltiu, op_xori, op_srli, op_ori, op_andi};
  static const uint8_t loads[8] = {op_lb, op_lh, op_lw, op_service, op_lbu, op_lhu, op_service, op_service};
  static const uint8_t branches[8] = {op_beq, op_bne, op_service, op_service, op_blt, op_bge, op_bltu, op_bgeu};
  uint32_t rd = w >> 7 & 31, rs1 = w >> 15 & 31, rs2 = w >> 20 & 31, funct3 = w >> 12 & 7, funct7 = w >> 25;
  enum operation op = op_service;
  out->rd = rd == 0 ? 32 : (uint8_t)rd;
  out->rs1 = (uint8_t)rs1;
  out->immediate = (int32_t)w >> 20;
  switch (w & 0x7f) {
  case 0x37: op = op_constant; out->immediate = (int32_t)(w & 0xfffff000); break;
  case 0x17: op = op_constant; out->immediate = (int32_t)((w & 0xfffff000) + pc); break;
  case 0x13:
    op = immediates[funct3];
    if (funct3 == 5 && funct7 == 0x20) op = op_srai;
    if (funct3 == 1 || funct3 == 5) out->immediate &= 31;
    break;
  case 0x33:
    if (funct7 == 1) op = multiplying[funct3];
    else if (funct7 == 0) op = computing[funct3];
    else if (funct7 == 0x20 && funct3 == 0) op = op_sub;
    else if (funct7 == 0x20 && funct3 == 5) op = op_sra;
    out->immediate = (int32_t)rs2;
    break;
  case 0x03: return loads[funct3];
  case 0x0f: return op_idle;
  case 0x23:
    out->immediate = (int32_t)((w >> 7 & 31) | (uint32_t)((int32_t)w >> 25) << 5);
    out->rd = (uint8_t)rs2;
    return funct3 == 0 ? op_sb : funct3 == 1 ? op_sh : funct3 == 2 ? op_sw : op_service;
  case 0x67: return op_jalr;
  case 0x63:
    out->immediate = (int32_t)((w >> 7 & 30) | (w >> 20 & 0x7e0) | (w << 4 & 0x800) | ((int32_t)w >> 31 & ~0xfffu));
    out->rd = (uint8_t)rs2;
    op = branches[funct3];
    break;
  case 0x6f:
    out->immediate = (int32_t)((w >> 20 & 0x7fe) | (w >> 9 & 0x800) | (w & 0xff000) | ((int32_t)w >> 31 & ~0xfffffu));
    op = op_jal;
    break;
  default: return op_service;
  }
  if ((w & 0x7f) == 0x63 || op == op_jal) {
    uint32_t target = offset + (uint32_t)out->immediate;
    if (target >= text_size || target & 3) return op_service;
    out->immediate *= 4; /* bytes of text to bytes of slots */
    return op;
  }
  return rd == 0 && op != op_service ? op_idle : op;
}

static int ends_line(enum operation op) { return op >= op_beq; }

static instruction *decode_text(const uint8_t *bytes, uint32_t start, uint32_t slots) {
  instruction *text = calloc(slots + 1, sizeof *text);
  uint8_t *ops = malloc(slots + 1);
  if (!text || !ops) fail("out of memory");
  for (uint32_t k = 0; k < slots; k++) {
    uint32_t word;
    memcpy(&word, bytes + 4 * k, 4);
    ops[k] = (uint8_t)decode(word, start + 4 * k, 4 * k, 4 * slots, &text[k]);
  }
  ops[slots] = op_service;
  for (uint32_t k = slots + 1; k-- > 0;) {
    int is_last = ends_line(ops[k]) || k == slots || text[k + 1].length == UINT16_MAX;
    text[k].length = is_last ? 1 : (uint16_t)(text[k + 1].length + 1);
    handler pair = k < slots && !is_last ? fused[ops[k]][ops[k + 1]] : NULL;
    text[k].handler = (uintptr_t)(pair ? pair : single[ops[k]]);
    if (is_last && !ends_line(ops[k])) fail("a straight line of 65,535 instructions");
  }
  free(ops);
  return text;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
  if (count != 2) fail("usage: tailcall ELF <input >output");
  FILE *file = fopen(arguments[1], "rb");
  static uint8_t elf[16 << 20];
  size_t size = file ? fread(elf, 1, sizeof elf, file) : 0;
  if (size < sizeof(Elf32_Ehdr)) fail("no ELF file");
  fclose(file);

  double begin = now();
  const uint64_t memory_size = 256u << 20;
  uint8_t *memory = mmap(NULL, memory_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) fail("out of memory");
  const Elf32_Ehdr *header = (const Elf32_Ehdr *)elf;
  context c = {0};
  uint32_t heap = 0, text_size = 0;
  for (unsigned k = 0; k < header->e_phnum; k++) {
    const Elf32_Phdr *segment = (const Elf32_Phdr *)(elf + header->e_phoff) + k;
    if (segment->p_type != PT_LOAD) continue;
    if (segment->p_offset + (uint64_t)segment->p_filesz > size) fail("a segment outside the file");
    if (segment->p_vaddr + (uint64_t)segment->p_memsz > memory_size) fail("a segment outside memory");
    memcpy(memory + segment->p_vaddr, elf + segment->p_offset, segment->p_filesz);
    if (segment->p_vaddr + segment->p_memsz > heap) heap = segment->p_vaddr + segment->p_memsz;
    if (segment->p_flags & PF_X) c.text_start = segment->p_vaddr, text_size = segment->p_filesz;
  }
  fill_tables();
  c.text_slots = text_size / 4;
  c.text = decode_text(memory + c.text_start, c.text_start, c.text_slots);
  c.pc_bias = c.text_start - (uint32_t)((uintptr_t)c.text >> 2);
  c.writable_offset = (c.text_start + text_size + 3) & ~3u;
  c.writable_size = (uint32_t)memory_size - c.writable_offset;

  uint32_t x[33] = {0};
  x[2] = (uint32_t)memory_size - 16;
  const int64_t budget = INT64_C(1) << 40;
  int64_t left = budget;
  const instruction *next = c.text + (header->e_entry - c.text_start) / 4;
  for (;;) {
    if (left < next->length) fail("out of budget");
    ((handler)next->handler)(next, x, memory, memory_size, left - next->length, &c);
    if (c.is_out_of_budget) fail("out of budget");
    next = c.next, left = c.budget;
    uint32_t offset = (uint32_t)(next - c.text) * 4, word;
    memcpy(&word, memory + c.text_start + offset, 4);
    if (word != 0x73) fail("trap");
    left -= 1, next += 1;
    uint32_t pointer = x[11], length = x[12];
    if ((x[17] == 63 || x[17] == 64) && (uint64_t)pointer + length > memory_size) fail("a buffer outside memory");
    switch (x[17]) {
    case 63: x[10] = x[10] == 0 ? (uint32_t)read(0, memory + pointer, length) : 0; break;
    case 64: x[10] = (uint32_t)write(1, memory + pointer, length); break;
    case 214: x[10] = heap = x[10] > heap && x[10] < memory_size ? x[10] : heap; break;
    case 93:
    case 94:
      fprintf(stderr, "{\"exit\": %u, \"instructions\": %lld, \"seconds\": %.6f}\n", x[10] & 0xff,
              (long long)(budget - left), now() - begin);
      return 0;
    default: x[10] = (uint32_t)-38;
    }
  }
}
