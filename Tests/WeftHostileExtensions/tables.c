/* Extensions that load, with tables that break the rules. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <weft_extension.h>

#include "selected_case.h"

static weft_status step(weft_call *call, const weft_operands *operands) {
  (void)call, (void)operands;
  return WEFT_OK;
}
WEFT_HANDLER(handler) { WEFT_RETIRE; }
static weft_status perform_phantom(weft_call *call, uint32_t first, uint32_t second) {
  (void)call, (void)first, (void)second;
  return WEFT_OK;
}
static weft_status perform_call(weft_call *call, const uint32_t arguments[6], weft_call_result *result) {
  (void)call, (void)arguments, (void)result;
  return WEFT_OK;
}
static weft_status save(weft_call *call, weft_writer *writer) {
  (void)call, (void)writer;
  return WEFT_OK;
}
static weft_status init(weft_call *call) {
  (void)call;
  return WEFT_OK;
}

#define ALL (WEFT_READS_RS1 | WEFT_READS_RS2 | WEFT_WRITES_RD)
static weft_extension_instruction instructions[2000] = {
    WEFT_INSTRUCTION_STEP("table.first", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 0), ALL, 0, step),
    WEFT_INSTRUCTION_HANDLER("table.second", WEFT_FORM_R, WEFT_ENCODE_R(WEFT_CUSTOM_1, 0, 1), ALL, 0, handler),
};
static weft_extension_phantom phantoms[] = {{"table.hint", 0x100, 0, perform_phantom},
                                            {"table.trace", 0x101, 0, perform_phantom}};
static weft_extension_call calls[] = {{"table.call", 0x680, 0, perform_call},
                                      {"table.other", 0x681, 0, perform_call}};
static weft_extension_space spaces[200] = {{"vectors", WEFT_CELL_BYTE, 32, 1024},
                                           {"elements", WEFT_CELL_FIELD, 8, 1024}};

static weft_extension extension = {
    sizeof(weft_extension), WEFT_ABI_VERSION, "table", "1.0.0", "Apache-2.0", instructions, phantoms, calls, spaces,
    2, 2, 2, 2, sizeof(weft_extension_instruction), 0, NULL, NULL, NULL, NULL, NULL};

#define RUBBISH ((void *)0x10000000)

static char *end_of_memory(size_t count) {
  char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(pages + 4096, 4096);
  memset(pages, 'a', 4096);
  return pages + 4096 - count;
}

static void spoil(void) {
  weft_extension_instruction *first = &instructions[0], *second = &instructions[1];
  /* The head. */
  if (is("abi-version-2")) extension.abi_version = 2;
  if (is("abi-version-0")) extension.abi_version = 0;
  if (is("struct-size-8")) extension.struct_size = 8;
  if (is("struct-size-one-short")) extension.struct_size = offsetof(weft_extension, evm) - 1;
  if (is("struct-size-larger")) extension.struct_size += 64;
  if (is("name-null")) extension.name = NULL;
  if (is("name-empty")) extension.name = "";
  if (is("name-rubbish")) extension.name = RUBBISH;
  if (is("name-without-end")) extension.name = end_of_memory(10);
  if (is("name-of-65-bytes")) extension.name = "a2345678901234567890123456789012345678901234567890123456789012345";
  if (is("name-no-utf-8")) extension.name = "b\xff\xfe";
  if (is("name-with-newline")) extension.name = "two\nlines";
  if (is("name-with-escape")) extension.name = "\x1b[31mred";
  if (is("name-in-capitals")) extension.name = "Table";
  if (is("version-null")) extension.version = NULL;
  if (is("license-of-200-bytes")) {
    static char license[201];
    memset(license, 'x', 200);
    extension.license = license;
  }
  if (is("save-without-restore")) extension.init = init, extension.save = save;
  if (is("init-rubbish")) extension.init = RUBBISH;
  /* Counts and tables. */
  if (is("counts-of-4294967295")) {
    extension.instruction_count = extension.phantom_count = extension.call_count = extension.space_count = ~0u;
  }
  if (is("count-of-1025")) extension.instruction_count = 1025;
  if (is("tables-null")) {
    extension.instructions = NULL, extension.phantoms = NULL, extension.calls = NULL, extension.spaces = NULL;
  }
  if (is("tables-rubbish")) {
    extension.instructions = RUBBISH, extension.phantoms = RUBBISH, extension.calls = RUBBISH;
    extension.spaces = RUBBISH;
  }
  if (is("tables-misaligned")) {
    extension.instructions = (void *)((char *)instructions + 1), extension.phantoms = (void *)((char *)phantoms + 2);
    extension.calls = (void *)((char *)calls + 4), extension.spaces = (void *)((char *)spaces + 4);
  }
  if (is("table-shorter-than-its-count")) {
    extension.instructions = memcpy(end_of_memory(sizeof *first), first, sizeof *first);
  }
  if (is("tables-null-and-empty")) {
    extension.instructions = NULL, extension.phantoms = NULL, extension.calls = NULL, extension.spaces = NULL;
    extension.instruction_count = extension.phantom_count = extension.call_count = extension.space_count = 0;
    extension.instruction_size = 0;
  }
  if (is("instruction-size-0")) extension.instruction_size = 0;
  if (is("instruction-size-one-short")) extension.instruction_size -= 8;
  if (is("instruction-size-odd")) extension.instruction_size += 1;
  if (is("instruction-size-1-gib")) extension.instruction_size = 1 << 30;
  /* Instructions. */
  if (is("mnemonic-null")) first->mnemonic = NULL;
  if (is("mnemonic-rubbish")) second->mnemonic = RUBBISH;
  if (is("mnemonic-with-blank")) first->mnemonic = "table first";
  if (is("mnemonic-no-utf-8")) first->mnemonic = "\xc0\x80";
  if (is("mnemonics-equal")) second->mnemonic = first->mnemonic;
  if (is("mnemonic-of-the-base")) first->mnemonic = "addi";
  if (is("instruction-set-2")) first->instruction_set = 2;
  if (is("form-4")) first->form = 4;
  if (is("form-4294967295")) first->form = ~0u;
  if (is("registers-unknown")) first->registers = ~0u;
  if (is("form-s-with-rd")) first->form = WEFT_FORM_S;
  if (is("form-u-with-sources")) first->form = WEFT_FORM_U;
  if (is("ticks-too-few")) first->ticks = 2;
  if (is("no-code")) first->step = NULL, second->step = NULL, second->handler = NULL;
  if (is("handler-alone")) second->step = NULL;
  if (is("code-rubbish")) first->step = RUBBISH, second->handler = RUBBISH;
  if (is("encodings-equal")) second->encoding = first->encoding;
  if (is("encodings-overlapping")) second->encoding.mask = 0x7f, second->encoding.match = WEFT_CUSTOM_1;
  if (is("encoding-of-the-base")) first->encoding.match = 0x33;
  if (is("encoding-of-custom-0")) first->encoding.match = 0x0b;
  if (is("encoding-outside-its-mask")) first->encoding.match |= 0x80;
  if (is("encoding-without-opcode")) first->encoding.mask = 0xfe007000, first->encoding.match = 0;
  if (is("encoding-compressed")) first->encoding.match = 0x2a;
  /* Phantom instructions, calls, spaces. */
  if (is("phantom-numbers-reserved")) phantoms[0].number = 0xff, phantoms[1].number = 0x800;
  if (is("phantom-numbers-equal")) phantoms[1].number = 0x100;
  if (is("phantom-without-code")) phantoms[0].perform = NULL;
  if (is("phantom-code-rubbish")) phantoms[1].perform = RUBBISH;
  if (is("phantom-name-null")) phantoms[0].name = NULL;
  if (is("call-numbers-reserved")) calls[0].number = 93, calls[1].number = 0x700;
  if (is("call-numbers-equal")) calls[1].number = 0x680;
  if (is("call-names-equal")) calls[1].name = calls[0].name;
  if (is("call-without-code")) calls[1].perform = NULL;
  if (is("space-kind-2")) spaces[0].cell_kind = 2;
  if (is("space-block-3")) spaces[0].block_size = 3;
  if (is("space-empty")) spaces[0].cell_count = 0;
  if (is("space-huge")) spaces[0].cell_count = 1ull << 40, spaces[1].cell_count = ~0ull;
  if (is("space-of-half-blocks")) spaces[0].cell_count = 1000;
  if (is("space-names-equal")) spaces[1].name = spaces[0].name;
  if (is("space-name-null")) spaces[0].name = NULL;
  if (is("129-spaces")) {
    static char names[129][8];
    for (int index = 0; index < 129; index++) {
      names[index][0] = 's', names[index][1] = '0' + index / 100, names[index][2] = '0' + index / 10 % 10;
      names[index][3] = '0' + index % 10;
      spaces[index] = (weft_extension_space){names[index], WEFT_CELL_BYTE, 4, 4};
    }
    extension.space_count = 129;
  }
  if (is("everything")) {
    extension.version = NULL, extension.save = save;
    first->mnemonic = "", second->form = 9;
    phantoms[0].perform = NULL, calls[0].perform = RUBBISH, spaces[0].cell_kind = 77;
  }
}

WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  (void)host;
  spoil();
  return &extension;
}
