/*
 * An extension that misuses its interface while a contract runs. `bad` (0x0c, takes two words and gives one) does what
 * the case says; `good` (0x0d) gives 7. The contract at 0xbad does what the case says with bytes.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <weft_evm_extension.h>

#include "selected_case.h"

/* The call of some EVM, kept beyond its life. */
static weft_evm_call *kept;
static char large_message[100 * 1024 + 1];

static void *charge_elsewhere(void *call) { return (void *)(intptr_t)weft_evm_charge(call, 1); }

static weft_status bad(weft_evm_call *call) {
  uint8_t bytes[64] = {1, 2, 3};
  const uint8_t *view;
  uint64_t place;
  weft_word word = weft_evm_word(1);
  call->outputs[0] = word;
  if (is("status-7")) return 7;
  if (is("failed-without-a-reason")) return WEFT_FAILED;
  if (is("two-words-for-one")) call->outputs[1] = word;
  if (is("writes-beyond-all-words")) call->outputs[16] = word, call->outputs[1] = word, call->beyond = word;
  if (is("changes-its-inputs")) call->inputs[0] = call->inputs[1] = call->inputs[16] = word;
  if (is("changes-the-counts")) call->input_count = 0, call->output_count = 17, call->outputs[0] = word;
  if (is("changes-its-gas")) call->gas = ~0ull;
  if (is("load-outside")) return weft_evm_load(call, 0, bytes, 1);
  if (is("load-at-minus-1")) return weft_evm_load(call, ~0ull, bytes, 2);
  if (is("load-of-minus-1")) return weft_evm_load(call, 0, bytes, ~0ull);
  if (is("store-outside")) return weft_evm_store(call, 4096, bytes, 1);
  if (is("view-outside")) return weft_evm_view(call, 1, 1, &view);
  if (is("reach-too-far")) {
    weft_word far = {0, 1, 0, 0};
    return weft_evm_reach(call, &far, &word, &place);
  }
  if (is("reach-and-hide")) {
    weft_word far = {0, 1, 0, 0};
    weft_evm_reach(call, &far, &word, &place);
    return WEFT_OK;
  }
  if (is("charge-of-minus-1")) return weft_evm_charge(call, ~0ull);
  if (is("charge-and-hide")) {
    weft_evm_charge(call, 1ull << 40);
    return WEFT_OK;
  }
  if (is("failure-and-more")) {
    weft_evm_halt(call, WEFT_EVM_FAILED, "first");
    weft_evm_halt(call, WEFT_EVM_STATIC, NULL);
    weft_evm_storage_store(call, &word, &word);
    return 3;
  }
  if (is("null-pointers")) return call->services->reach(call, NULL, NULL, NULL);
  if (is("null-destination")) return weft_evm_call_data(call, 0, NULL, 1);
  if (is("null-environment")) return call->services->environment(call, NULL);
  if (is("environment-of-4-bytes")) {
    weft_evm_environment small;
    small.struct_size = 4;
    return call->services->environment(call, &small);
  }
  if (is("data-of-minus-1")) return weft_evm_call_data(call, 0, bytes, ~0ull);
  if (is("halt-without-reason")) return weft_evm_halt(call, 99, NULL);
  if (is("halt-with-minus-1")) return weft_evm_halt(call, -1, NULL);
  if (is("message-null")) return weft_evm_halt(call, WEFT_EVM_FAILED, NULL);
  if (is("message-of-100-kib")) {
    memset(large_message, 'x', sizeof large_message - 1);
    return weft_evm_halt(call, WEFT_EVM_FAILED, large_message);
  }
  if (is("message-with-escape")) return weft_evm_halt(call, WEFT_EVM_FAILED, "\x1b[31m\nred");
  if (is("uses-the-other-call")) return weft_store32(call->extension, 0x1000, 1);
  if (is("fails-the-other-call")) return weft_fail(call->extension, 5, "wrong door");
  if (is("another-thread")) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, charge_elsewhere, call) == 0) pthread_join(thread, NULL);
  }
  if (is("kept-call")) {
    weft_status status = kept && kept != call ? weft_evm_charge(kept, 1) : WEFT_FAILED;
    kept = call;
    call->outputs[0] = weft_evm_word(status == WEFT_FAILED);
  }
  return WEFT_OK;
}

static weft_status good(weft_evm_call *call) {
  call->outputs[0] = weft_evm_word(7);
  return WEFT_OK;
}

static uint64_t gas(const uint8_t *input, size_t size, uint32_t fork) {
  (void)input, (void)size, (void)fork;
  return is("contract-costs-all") ? ~0ull : is("contract-costs-too-much") ? 1ull << 63 : 5;
}
static weft_status run(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output) {
  (void)input, (void)size, (void)fork;
  if (is("contract-status-7")) return 7;
  if (is("contract-writes-null")) output->write(output, NULL, 5);
  if (is("contract-writes-minus-1")) output->write(output, "x", ~(size_t)0);
  if (is("contract-writes-a-gib")) {
    for (int index = 0; index < 1 << 20; index++) output->write(output, large_message, 1024);
  }
  output->write(output, "ok", 2);
  return WEFT_OK;
}

static weft_status init(weft_call *call) { return is("init-fails") ? weft_fail(call, 4, "no machine like this") : WEFT_OK; }

static const weft_evm_instruction instructions[] = {
    {"bad", bad, 0x0c, 5, 2, 1, WEFT_EVM_FRONTIER, 0},
    {"good", good, 0x0d, 5, 0, 1, WEFT_EVM_FRONTIER, 0},
};
static const weft_evm_precompile precompiles[] = {{"bad-contract", 0xbad, WEFT_EVM_FRONTIER, 0, gas, run}};
static const weft_evm_extension parts = {
    sizeof(weft_evm_extension), 0, instructions, precompiles, NULL, 2, 1, 0, WEFT_EVM_SIZES};
static const weft_extension extension = {
    sizeof(weft_extension), WEFT_ABI_VERSION, "misbehaving", "1.0.0", "Apache-2.0", NULL, NULL, NULL, NULL, 0, 0, 0, 0,
    sizeof(weft_extension_instruction), 0, init, NULL, NULL, NULL, &parts};
WEFT_EXTENSION_ENTRY(extension)
