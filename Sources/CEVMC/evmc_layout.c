// Where the members of the structs stand on a 64-bit machine, as the specification of the ABI has it.
#include "evmc.h"

#define AT(type, member, offset) \
  _Static_assert(offsetof(struct type, member) == (offset), #type "." #member)

AT(evmc_message, flags, 4);
AT(evmc_message, depth, 8);
AT(evmc_message, gas, 16);
AT(evmc_message, recipient, 24);
AT(evmc_message, sender, 44);
AT(evmc_message, input_data, 64);
AT(evmc_message, value, 80);
AT(evmc_message, create2_salt, 112);
AT(evmc_message, code_address, 144);
AT(evmc_message, code, 168);
_Static_assert(sizeof(struct evmc_message) == 184, "evmc_message");

AT(evmc_tx_context, tx_origin, 32);
AT(evmc_tx_context, block_coinbase, 52);
AT(evmc_tx_context, block_number, 72);
AT(evmc_tx_context, block_prev_randao, 96);
AT(evmc_tx_context, blob_base_fee, 192);
AT(evmc_tx_context, blob_hashes, 224);
_Static_assert(sizeof(struct evmc_tx_context) == 256, "evmc_tx_context");

AT(evmc_result, gas_left, 8);
AT(evmc_result, output_data, 24);
AT(evmc_result, release, 40);
AT(evmc_result, create_address, 48);
_Static_assert(sizeof(struct evmc_result) == 72, "evmc_result");

_Static_assert(sizeof(struct evmc_host_interface) == 16 * sizeof(void *), "evmc_host_interface");
_Static_assert(sizeof(struct evmc_vm) == 7 * sizeof(void *), "evmc_vm");
