/*
 * An extension that misuses its interface while a guest runs. `bad` (custom-1, funct3 0, form I) does what the case
 * says with rs1 as an address; `good` (funct3 1, form I) adds its immediate to rs1; `bad.handler` (funct3 2) is a full
 * handler that only some cases have.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <weft_extension.h>

#include "selected_case.h"

/* The call of some machine, kept beyond its life. */
static weft_call *kept;
static char large_message[100 * 1024 + 1];
static uint32_t restorations;

static void *store_elsewhere(void *call) {
  weft_call *other = call;
  return (void *)(intptr_t)other->services->store(other, 0x200000, "else", 4);
}
static void use_from_another_thread(weft_call *call) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, store_elsewhere, call) == 0) pthread_join(thread, NULL);
}

static weft_status bad(weft_call *call, const weft_operands *operands) {
  uint32_t address = call->x[operands->rs1], value = 0;
  uint8_t bytes[64] = {1, 2, 3, 4};
  /* Accesses. */
  if (is("load-outside")) return weft_load32(call, 0xfffffffe, &value);
  if (is("load-of-4294967295")) return weft_load(call, address, bytes, 0xffffffff);
  if (is("load-of-minus-8")) return weft_load(call, address, bytes, (uint32_t)-8);
  if (is("load-to-null")) return call->services->load(call, address, NULL, 4);
  if (is("load-of-nothing")) return weft_load(call, address, NULL, 0);
  if (is("store-outside")) return weft_store32(call, 0xfffffffd, 1);
  if (is("store-of-4294967295")) return weft_store(call, address, bytes, 0xffffffff);
  if (is("store-of-minus-8")) return weft_store(call, address, bytes, (uint32_t)-8);
  if (is("store-from-null")) return call->services->store(call, address, NULL, 4);
  if (is("store-into-text")) return weft_store32(call, 0x1000, 0x00100073);
  if (is("copy-of-4294967295")) return weft_copy(call, address, address + 4, 0xffffffff);
  if (is("copy-from-outside")) return weft_copy(call, address, 0xffff0000, 64);
  if (is("copy-to-outside")) return weft_copy(call, 0xffff0000, address, 64);
  if (is("fill-of-4294967295")) return weft_fill(call, address, 7, 0xffffffff);
  if (is("fill-of-minus-1-at-0")) return weft_fill(call, 0, 7, (uint32_t)-1);
  if (is("store-then-fail")) {
    WEFT_TRY(weft_store32(call, address, 0x11111111));
    return weft_fail(call, 9, "changed its mind");
  }
  if (is("failed-load-hidden")) {
    weft_load32(call, 0xfffffffe, &value);
    return WEFT_OK;
  }
  if (is("failed-store-hidden")) {
    weft_store32(call, 0xfffffffc, 1);
    return WEFT_OK;
  }
  if (is("failure-hidden")) {
    weft_fail(call, 12, "hidden");
    return WEFT_OK;
  }
  if (is("two-reasons")) {
    weft_load32(call, 0xfffffffe, &value);
    return weft_fail(call, 3, "second");
  }
  /* Statuses and messages. */
  if (is("status-5")) return 5;
  if (is("status-minus-2147483648")) return INT32_MIN;
  if (is("message-null")) return weft_fail(call, 4, NULL);
  if (is("message-empty")) return weft_fail(call, 4, "");
  if (is("message-of-100-kib")) {
    memset(large_message, 'm', sizeof large_message - 1);
    return weft_fail(call, 5, large_message);
  }
  if (is("message-no-utf-8")) return weft_fail(call, 6, "bytes \xff\xfe\x80 here");
  if (is("message-of-lines")) return weft_fail(call, 7, "first\nsecond\t\x1b[31m");
  if (is("message-with-code-0")) return weft_fail(call, 0, "no code");
  /* Time. */
  if (is("advance-backward")) return weft_advance(call, (uint32_t)-1);
  if (is("advance-too-far")) return weft_advance(call, 1u << 29);
  if (is("advance-in-steps")) {
    for (int index = 0; index < 8; index++) WEFT_TRY(weft_advance(call, (1u << 29) - 1));
    return WEFT_OK;
  }
  if (is("ticks-wrong")) return weft_advance(call, 5);
  /* Registers. */
  if (is("writes-x0")) return call->x[0] = 5, WEFT_OK;
  if (is("writes-x9")) return call->x[9] = 5, WEFT_OK;
  if (is("register-32")) return weft_set_register(call, 32, 1);
  if (is("register-4294967295")) return weft_register(call, 0xffffffff, &value);
  if (is("register-to-null")) return weft_register(call, 1, NULL);
  if (is("sets-x0")) return weft_set_register(call, 0, 77);
  /* Requests. */
  if (is("jump-misaligned")) return weft_jump(call, 0x1002);
  if (is("jump-outside")) return weft_jump(call, 0x300000);
  if (is("jump-then-fail")) {
    WEFT_TRY(weft_jump(call, 0x1000));
    return weft_fail(call, 8, "stays here");
  }
  if (is("exit-then-fail")) {
    WEFT_TRY(weft_exit(call, 0));
    return weft_fail(call, 8, "stays here");
  }
  if (is("jump-then-load-outside")) {
    WEFT_TRY(weft_jump(call, 0x80001000));
    return weft_load32(call, 0x10, &value);
  }
  if (is("exit-then-load-outside")) {
    WEFT_TRY(weft_exit(call, 0));
    return weft_load32(call, 0x10, &value);
  }
  if (is("load-below-memory-hidden")) return weft_load32(call, 0x10, &value), WEFT_OK;
  if (is("exit")) return weft_exit(call, 0xfffffff0);
  if (is("output-past-the-limit")) return weft_write_output(call, large_message, 5000);
  if (is("output-of-4294967295")) return weft_write_output(call, "short", 0xffffffff);
  if (is("output-for-ever")) {
    while (weft_write_output(call, large_message, 100) == WEFT_OK) continue;
    return WEFT_OK;
  }
  if (is("output-from-null")) return weft_write_output(call, NULL, 4);
  if (is("hints-outside-phantoms")) return weft_set_hints(call, bytes, 4);
  /* Spaces: 0 holds 1,024 bytes, 1 holds 256 elements of the field. */
  if (is("space-2")) return weft_space_load(call, 2, 0, bytes, 4);
  if (is("space-4294967295")) return weft_space_store(call, 0xffffffff, 0, bytes, 4);
  if (is("space-load-outside")) return weft_space_load(call, 0, 1022, bytes, 4);
  if (is("space-load-of-4294967295")) return weft_space_load(call, 0, 16, bytes, 0xffffffff);
  if (is("space-store-outside")) return weft_space_store(call, 0, 0xffffffff, bytes, 4);
  if (is("space-load-to-null")) return call->services->space_load(call, 0, 0, NULL, 4);
  if (is("space-store-from-null")) return call->services->space_store(call, 0, 0, NULL, 4);
  if (is("element-not-canonical")) {
    value = 0x78000001; /* the order of the field */
    return weft_space_store(call, 1, 8, &value, 4);
  }
  if (is("element-misaligned")) return weft_space_store(call, 1, 2, bytes, 4);
  if (is("half-an-element")) return weft_space_store(call, 1, 4, bytes, 2);
  /* Calls. */
  if (is("call-of-a-former-machine")) {
    if (kept == NULL) kept = call;
    return weft_store32(kept, address, 0x22222222);
  }
  if (is("call-of-a-former-machine-hidden")) {
    if (kept == NULL) kept = call;
    weft_store32(kept, address, 0x22222222);
    return WEFT_OK;
  }
  if (is("another-thread")) return use_from_another_thread(call), WEFT_OK;
  if (is("state-missing")) return call->state ? WEFT_OK : weft_fail(call, 10, "no state");
  return WEFT_OK;
}

static weft_status good(weft_call *call, const weft_operands *operands) {
  call->x[operands->rd] = call->x[operands->rs1] + (uint32_t)operands->immediate;
  return WEFT_OK;
}

/* Writes code: rs2 of the S form to the address in rs1. */
static weft_status write_word(weft_call *call, const weft_operands *operands) {
  WEFT_TRY(weft_store32(call, call->x[operands->rs1], call->x[operands->rs2]));
  uint32_t value;
  return is("writes-code-then-fails") ? weft_load32(call, 0x10, &value) : WEFT_OK;
}

WEFT_HANDLER(bad_handler) {
  if (is("handler-leaves-for-no-reason") || is("handler-returns")) WEFT_LEAVE;
  if (is("handler-loads-outside")) {
    uint32_t value;
    if (!WEFT_LOAD32(0xfffffffe, &value)) WEFT_LEAVE;
  }
  if (is("handler-stores-into-text")) {
    if (!WEFT_STORE32(0x1000, 0)) WEFT_LEAVE;
  }
  WEFT_RETIRE;
}
/* Not made by the macro: it may return instead of going on. */
WEFT_HANDLER_ATTRIBUTES static void raw_handler(WEFT_PARAMETERS) {
  if (is("handler-returns")) return;
  WEFT_TAIL_CALL(bad_handler, next);
}
#define raw_handler_step bad_handler_step

static weft_status perform_phantom(weft_call *call, uint32_t first, uint32_t second) {
  uint32_t value = 3;
  (void)second;
  if (is("phantom-stores")) return weft_store32(call, first, 1);
  if (is("phantom-stores-hidden")) return weft_store32(call, first, 1), WEFT_OK;
  if (is("phantom-copies")) return weft_copy(call, first, first + 8, 4);
  if (is("phantom-sets-a-register")) return weft_set_register(call, 9, 1);
  if (is("phantom-writes-x9")) return call->x[9] = 5, WEFT_OK;
  if (is("phantom-stores-into-a-space")) return weft_space_store(call, 0, 0, &value, 4);
  if (is("phantom-jumps")) return weft_jump(call, 0x1000);
  if (is("phantom-exits")) return weft_exit(call, 0);
  if (is("phantom-advances")) return weft_advance(call, 1);
  if (is("phantom-hints-of-4294967295")) return weft_set_hints(call, &value, 0xffffffff);
  if (is("phantom-hints-from-null")) return weft_set_hints(call, NULL, 4);
  if (is("phantom-loads-outside")) return weft_load32(call, 0xfffffffe, &value);
  if (is("phantom-status-5")) return 5;
  if (is("phantom-uses-everything")) {
    WEFT_TRY(weft_load32(call, first, &value));
    WEFT_TRY(weft_register(call, 5, &value));
    WEFT_TRY(weft_space_load(call, 0, 0, &value, 4));
    WEFT_TRY(weft_write_output(call, "phantom", 7));
    return weft_set_hints(call, &value, 4);
  }
  return WEFT_OK;
}

static weft_status perform_call(weft_call *call, const uint32_t arguments[6], weft_call_result *result) {
  uint32_t value = 0;
  if (is("call-loads-outside")) return weft_load32(call, 0xfffffffe, &value);
  if (is("call-stores-then-fails")) {
    WEFT_TRY(weft_store32(call, arguments[0], 0x33333333));
    return weft_fail(call, 13, "call failed");
  }
  if (is("call-failure-hidden")) return weft_load32(call, 0xfffffffe, &value), WEFT_OK;
  if (is("call-sets-hints")) return weft_set_hints(call, &value, 4);
  if (is("call-advances-too-far")) return weft_advance(call, 1u << 30);
  result->value = arguments[0] + 1;
  return WEFT_OK;
}

static weft_status init(weft_call *call) {
  uint32_t value;
  if (is("init-fails")) return weft_fail(call, 20, "cannot be set up");
  if (is("init-returns-7")) return 7;
  if (is("init-loads")) return weft_load32(call, 0x200000, &value);
  if (is("init-loads-hidden")) return weft_load32(call, 0x200000, &value), WEFT_OK;
  if (is("init-writes-output")) return weft_write_output(call, "init", 4);
  if (is("init-jumps")) return weft_jump(call, 0x1000);
  if (is("init-fails-the-second-time")) {
    static int count;
    if (count++ == 1) return weft_fail(call, 21, "only once");
  }
  call->state = calloc(1, 4);
  return WEFT_OK;
}

static void teardown(weft_call *call) {
  uint32_t value;
  if (is("teardown-loads")) weft_load32(call, 0x200000, &value);
  if (is("teardown-fails")) weft_fail(call, 1, "too late");
  if (is("teardown-another-thread")) use_from_another_thread(call);
  free(call->state);
}

static weft_status save(weft_call *call, weft_writer *writer) {
  static const char part[1 << 20];
  uint32_t value;
  if (is("save-fails")) return weft_fail(call, 30, "cannot be saved");
  if (is("save-returns-1")) return 1;
  if (is("save-loads")) return weft_load32(call, 0x200000, &value);
  if (is("save-nothing")) return WEFT_OK;
  if (is("save-10-mib")) {
    for (int index = 0; index < 10; index++) writer->write(writer, part, sizeof part);
    return WEFT_OK;
  }
  if (is("save-negative")) return writer->write(writer, part, (size_t)-1), WEFT_OK;
  if (is("save-null")) return writer->write(writer, NULL, 100), WEFT_OK;
  writer->write(writer, call->state, 4);
  return WEFT_OK;
}

static weft_status restore(weft_call *call, const void *bytes, size_t count) {
  uint32_t value;
  if (is("restore-fails")) return weft_fail(call, 31, "cannot be restored");
  if (is("restore-fails-once") && restorations++ == 0) return weft_fail(call, 31, "not the first time");
  if (is("restore-stores")) return weft_store32(call, 0x200000, 1);
  if (is("restore-loads-hidden")) return weft_load32(call, 0x200000, &value), WEFT_OK;
  if (count == 4) memcpy(call->state, bytes, 4);
  return WEFT_OK;
}

static weft_extension_instruction instructions[] = {
    WEFT_INSTRUCTION_STEP("bad", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_1, 0), WEFT_READS_RS1, 0, bad),
    WEFT_INSTRUCTION_STEP("good", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_1, 1), WEFT_READS_RS1 | WEFT_WRITES_RD, 2,
                          good),
    WEFT_INSTRUCTION_HANDLER("bad.handler", WEFT_FORM_I, WEFT_ENCODE_I(WEFT_CUSTOM_1, 2), WEFT_READS_RS1, 0,
                             raw_handler),
    WEFT_INSTRUCTION_STEP("write-word", WEFT_FORM_S, WEFT_ENCODE_I(WEFT_CUSTOM_1, 3), WEFT_READS_RS1 | WEFT_READS_RS2,
                          0, write_word),
};
static const weft_extension_phantom phantoms[] = {{"bad.phantom", 0x100, 0, perform_phantom}};
static const weft_extension_call calls[] = {{"bad.call", 0x680, 0, perform_call}};
static const weft_extension_space spaces[] = {{"bytes", WEFT_CELL_BYTE, 4, 1024}, {"elements", WEFT_CELL_FIELD, 4, 256}};
static const weft_extension extension = {sizeof(weft_extension),
                                         WEFT_ABI_VERSION,
                                         "misbehaving",
                                         "1.0.0",
                                         "Apache-2.0",
                                         instructions,
                                         phantoms,
                                         calls,
                                         spaces,
                                         WEFT_COUNT(instructions),
                                         WEFT_COUNT(phantoms),
                                         WEFT_COUNT(calls),
                                         WEFT_COUNT(spaces),
                                         sizeof(weft_extension_instruction),
                                         0,
                                         init,
                                         teardown,
                                         save,
                                         restore,
                                         NULL};

WEFT_EXPORT const weft_extension *weft_extension_entry(const weft_host *host) {
  (void)host;
  if (is("ticks-wrong")) instructions[0].ticks = 4;
  return &extension;
}
