// Makes two EVM contracts and calls them. One is a counter that adds its argument to slot 0; the other calls itself
// `depth` times, and the counter from the innermost call. Prints status, gas and results, and reveals the counter's
// values.
#include "weft_guest.h"
#include "weft_runtime.h"

// Init code that returns what stands behind its nine bytes.
#define INIT(count) 0x60, count, 0x80, 0x60, 0x09, 0x5f, 0x39, 0x5f, 0xf3

static const uint8_t counter_code[] = {
    INIT(14),
    0x5f, 0x35, 0x5f, 0x54, 0x01,        // word 0 of the call data + slot 0
    0x80, 0x5f, 0x55,                    // into slot 0
    0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3,  // and returned
};

// Call data: depth, address of the counter, argument for it.
static const uint8_t relay_code[] = {
    INIT(70),
    0x5f, 0x35, 0x80, 0x15, 0x60, 0x26, 0x57,                    // depth; at 0 on to the leaf
    0x60, 0x01, 0x90, 0x03, 0x5f, 0x52,                          // memory: depth - 1,
    0x60, 0x20, 0x35, 0x60, 0x20, 0x52,                          // the address,
    0x60, 0x40, 0x35, 0x60, 0x40, 0x52,                          // the argument
    0x60, 0x20, 0x5f, 0x60, 0x60, 0x5f, 0x5f, 0x30, 0x5a, 0xf1,  // call oneself
    0x60, 0x39, 0x56,
    0x5b, 0x50, 0x60, 0x40, 0x35, 0x5f, 0x52,                    // leaf: memory: the argument
    0x60, 0x20, 0x5f, 0x60, 0x20, 0x5f, 0x5f, 0x60, 0x20, 0x35, 0x5a, 0xf1,
    0x5b, 0x15, 0x60, 0x42, 0x57, 0x60, 0x20, 0x5f, 0xf3,        // return the result, or
    0x5b, 0x5f, 0x5f, 0xfd,                                      // revert
};

_Static_assert(sizeof counter_code == 9 + 14 && sizeof relay_code == 9 + 70, "init code knows the lengths");

// 6 * 7, returned.
static const uint8_t product_code[] = {0x60, 0x06, 0x60, 0x07, 0x02, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3};

static uint8_t counter[20], relay[20], input[96], output[32];

static void report(const char *name, int32_t status, const weft_evm_request *request) {
  print_text(name);
  print_text(": status ");
  print_unsigned((uint32_t)status);
  print_text(", gas left ");
  print_unsigned(request->gas_left_low);
  print_text(", bytes ");
  print_unsigned(request->return_length);
  putchar('\n');
}

static int32_t create(const char *name, const uint8_t *code, uint32_t length, uint8_t *address) {
  weft_evm_request request = {.size = sizeof request, .kind = WEFT_EVM_CREATE, .gas_low = 200000};
  request.target = weft_address(address);
  request.input = weft_address(code);
  request.input_length = length;
  int32_t status = weft_evm_call(&request);
  report(name, status, &request);
  return status;
}

static uint32_t call(const char *name, uint32_t kind, uint8_t *target, uint32_t length, uint32_t gas) {
  weft_evm_request request = {.size = sizeof request, .kind = kind, .gas_low = gas};
  request.target = weft_address(target);
  request.input = weft_address(input);
  request.input_length = length;
  request.output = weft_address(output);
  request.output_capacity = sizeof output;
  int32_t status = weft_evm_call(&request);
  report(name, status, &request);
  uint32_t word = 0;
  if (status == WEFT_EVM_SUCCESS) {
    uint8_t last[4] = {0};
    weft_evm_return(28, last, 4);
    for (int i = 0; i < 4; i++) word = word << 8 | last[i];
  }
  return word;
}

// The call data of the relay.
static void prepare(uint8_t depth, uint8_t argument) {
  memset(input, 0, sizeof input);
  input[31] = depth;
  memcpy(input + 44, counter, 20);
  input[95] = argument;
}

int main(void) {
  if (create("counter", counter_code, sizeof counter_code, counter) != 0) return 1;
  if (create("relay", relay_code, sizeof relay_code, relay) != 0) return 2;

  prepare(3, 5);
  weft_reveal_word(0, call("three levels", WEFT_EVM_CALL, relay, 96, 300000));
  prepare(0, 7);
  weft_reveal_word(1, call("one level", WEFT_EVM_CALL, relay, 96, 300000));
  // A static call may not count, and little gas reaches only some levels: both leave the counter as it is.
  call("static", WEFT_EVM_STATIC_CALL, relay, 96, 300000);
  prepare(200, 1);
  call("little gas", WEFT_EVM_CALL, relay, 96, 30000);
  memset(input, 0, sizeof input);
  weft_reveal_word(2, call("the counter itself", WEFT_EVM_CALL, counter, 32, 100000));

  weft_evm_request request = {.size = sizeof request, .kind = WEFT_EVM_EXECUTE, .gas_low = 1000};
  request.code = weft_address(product_code);
  request.code_length = sizeof product_code;
  request.output = weft_address(output);
  request.output_capacity = sizeof output;
  int32_t status = weft_evm_call(&request);
  report("code", status, &request);
  weft_reveal_word(3, output[31]);

  // What cannot be done gives an error, and no harm.
  request.kind = 9;
  print_hex((uint32_t)weft_evm_call(&request));
  putchar(' ');
  request.kind = WEFT_EVM_EXECUTE;
  request.output = 0xfffffff0u;
  print_hex((uint32_t)weft_evm_call(&request));
  putchar(' ');
  print_hex((uint32_t)weft_evm_return(30, output, 3));
  putchar('\n');
  return 0;
}
