/* The EVM-C ABI, version 12: how a host and a virtual machine for EVM code talk to each other.
 *
 * Written from the interface's specification (Ethereum Client-VM Connector API, major version 12) because no package
 * has it. The layout of every struct is that of the specification; evmc_layout.c states it.
 *
 * A host calls the machine's `execute` with a message and code; the machine calls the host back for accounts, storage,
 * logs and nested calls. Numbers are big-endian 256-bit words. */
#ifndef WEFT_EVMC_H
#define WEFT_EVMC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { EVMC_ABI_VERSION = 12 };

typedef struct evmc_bytes32 {
  uint8_t bytes[32];
} evmc_bytes32;

/* A big-endian number. */
typedef struct evmc_bytes32 evmc_uint256be;

typedef struct evmc_address {
  uint8_t bytes[20];
} evmc_address;

enum evmc_call_kind {
  EVMC_CALL = 0,
  EVMC_DELEGATECALL = 1,
  EVMC_CALLCODE = 2,
  EVMC_CREATE = 3,
  EVMC_CREATE2 = 4,
  EVMC_EOFCREATE = 5
};

enum evmc_flags {
  EVMC_STATIC = 1,
  /* The code is that of an account to which the recipient's account delegates (EIP-7702). */
  EVMC_DELEGATED = 2
};

/* A call or creation. */
struct evmc_message {
  enum evmc_call_kind kind;
  uint32_t flags;
  /* 0 for the outermost frame. */
  int32_t depth;
  int64_t gas;
  /* Whose storage and balance the code works on; unused by creations. */
  evmc_address recipient;
  evmc_address sender;
  const uint8_t *input_data;
  size_t input_size;
  evmc_uint256be value;
  evmc_bytes32 create2_salt;
  /* Whose code runs. */
  evmc_address code_address;
  /* Code that the message itself brings; otherwise NULL. */
  const uint8_t *code;
  size_t code_size;
};

/* Init code of a transaction, for EOF; no fork of the main network has that. */
typedef struct evmc_tx_initcode {
  evmc_bytes32 hash;
  const uint8_t *code;
  size_t code_size;
} evmc_tx_initcode;

/* What is the same for all calls of a transaction. */
struct evmc_tx_context {
  evmc_uint256be tx_gas_price;
  evmc_address tx_origin;
  evmc_address block_coinbase;
  int64_t block_number;
  int64_t block_timestamp;
  int64_t block_gas_limit;
  evmc_uint256be block_prev_randao;
  evmc_uint256be chain_id;
  evmc_uint256be block_base_fee;
  evmc_uint256be blob_base_fee;
  const evmc_bytes32 *blob_hashes;
  size_t blob_hashes_count;
  const evmc_tx_initcode *initcodes;
  size_t initcodes_count;
};

/* The host's own. */
struct evmc_host_context;

enum evmc_status_code {
  EVMC_SUCCESS = 0,
  EVMC_FAILURE = 1,
  EVMC_REVERT = 2,
  EVMC_OUT_OF_GAS = 3,
  EVMC_INVALID_INSTRUCTION = 4,
  EVMC_UNDEFINED_INSTRUCTION = 5,
  EVMC_STACK_OVERFLOW = 6,
  EVMC_STACK_UNDERFLOW = 7,
  EVMC_BAD_JUMP_DESTINATION = 8,
  EVMC_INVALID_MEMORY_ACCESS = 9,
  EVMC_CALL_DEPTH_EXCEEDED = 10,
  EVMC_STATIC_MODE_VIOLATION = 11,
  EVMC_PRECOMPILE_FAILURE = 12,
  EVMC_CONTRACT_VALIDATION_FAILURE = 13,
  EVMC_ARGUMENT_OUT_OF_RANGE = 14,
  EVMC_WASM_UNREACHABLE_INSTRUCTION = 15,
  EVMC_WASM_TRAP = 16,
  EVMC_INSUFFICIENT_BALANCE = 17,
  /* Negative: failures of the machine, not of the code. */
  EVMC_INTERNAL_ERROR = -1,
  EVMC_REJECTED = -2,
  EVMC_OUT_OF_MEMORY = -3
};

struct evmc_result;
typedef void (*evmc_release_result_fn)(const struct evmc_result *result);

struct evmc_result {
  enum evmc_status_code status_code;
  /* 0 unless the code succeeded or reverted. */
  int64_t gas_left;
  /* 0 unless the code succeeded; may be negative. */
  int64_t gas_refund;
  const uint8_t *output_data;
  size_t output_size;
  /* Frees what the result owns; may be NULL. */
  evmc_release_result_fn release;
  /* Of a creation that succeeded. */
  evmc_address create_address;
  uint8_t padding[4];
};

/* What a write did to a slot: original value, value before the write, value after it. */
enum evmc_storage_status {
  EVMC_STORAGE_ASSIGNED = 0,          /* anything that has no name of its own */
  EVMC_STORAGE_ADDED = 1,             /* 0 -> 0 -> Z */
  EVMC_STORAGE_DELETED = 2,           /* X -> X -> 0 */
  EVMC_STORAGE_MODIFIED = 3,          /* X -> X -> Z */
  EVMC_STORAGE_DELETED_ADDED = 4,     /* X -> 0 -> Z */
  EVMC_STORAGE_MODIFIED_DELETED = 5,  /* X -> Y -> 0 */
  EVMC_STORAGE_DELETED_RESTORED = 6,  /* X -> 0 -> X */
  EVMC_STORAGE_ADDED_DELETED = 7,     /* 0 -> Y -> 0 */
  EVMC_STORAGE_MODIFIED_RESTORED = 8  /* X -> Y -> X */
};

enum evmc_access_status { EVMC_ACCESS_COLD = 0, EVMC_ACCESS_WARM = 1 };

typedef bool (*evmc_account_exists_fn)(struct evmc_host_context *context, const evmc_address *address);
typedef evmc_bytes32 (*evmc_get_storage_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_bytes32 *key);
typedef enum evmc_storage_status (*evmc_set_storage_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_bytes32 *key,
    const evmc_bytes32 *value);
typedef evmc_uint256be (*evmc_get_balance_fn)(struct evmc_host_context *context, const evmc_address *address);
typedef size_t (*evmc_get_code_size_fn)(struct evmc_host_context *context, const evmc_address *address);
typedef evmc_bytes32 (*evmc_get_code_hash_fn)(struct evmc_host_context *context, const evmc_address *address);
/* The number of bytes written to the buffer. */
typedef size_t (*evmc_copy_code_fn)(
    struct evmc_host_context *context, const evmc_address *address, size_t code_offset, uint8_t *buffer_data,
    size_t buffer_size);
/* True the first time in a transaction. */
typedef bool (*evmc_selfdestruct_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_address *beneficiary);
typedef struct evmc_result (*evmc_call_fn)(
    struct evmc_host_context *context, const struct evmc_message *message);
typedef struct evmc_tx_context (*evmc_get_tx_context_fn)(struct evmc_host_context *context);
typedef evmc_bytes32 (*evmc_get_block_hash_fn)(struct evmc_host_context *context, int64_t number);
typedef void (*evmc_emit_log_fn)(
    struct evmc_host_context *context, const evmc_address *address, const uint8_t *data, size_t data_size,
    const evmc_bytes32 topics[], size_t topics_count);
/* The status before the access. */
typedef enum evmc_access_status (*evmc_access_account_fn)(
    struct evmc_host_context *context, const evmc_address *address);
typedef enum evmc_access_status (*evmc_access_storage_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_bytes32 *key);
typedef evmc_bytes32 (*evmc_get_transient_storage_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_bytes32 *key);
typedef void (*evmc_set_transient_storage_fn)(
    struct evmc_host_context *context, const evmc_address *address, const evmc_bytes32 *key,
    const evmc_bytes32 *value);

struct evmc_host_interface {
  evmc_account_exists_fn account_exists;
  evmc_get_storage_fn get_storage;
  evmc_set_storage_fn set_storage;
  evmc_get_balance_fn get_balance;
  evmc_get_code_size_fn get_code_size;
  evmc_get_code_hash_fn get_code_hash;
  evmc_copy_code_fn copy_code;
  evmc_selfdestruct_fn selfdestruct;
  evmc_call_fn call;
  evmc_get_tx_context_fn get_tx_context;
  evmc_get_block_hash_fn get_block_hash;
  evmc_emit_log_fn emit_log;
  evmc_access_account_fn access_account;
  evmc_access_storage_fn access_storage;
  evmc_get_transient_storage_fn get_transient_storage;
  evmc_set_transient_storage_fn set_transient_storage;
};

enum evmc_revision {
  EVMC_FRONTIER = 0,
  EVMC_HOMESTEAD = 1,
  EVMC_TANGERINE_WHISTLE = 2,
  EVMC_SPURIOUS_DRAGON = 3,
  EVMC_BYZANTIUM = 4,
  EVMC_CONSTANTINOPLE = 5,
  EVMC_PETERSBURG = 6,
  EVMC_ISTANBUL = 7,
  EVMC_BERLIN = 8,
  EVMC_LONDON = 9,
  EVMC_PARIS = 10,
  EVMC_SHANGHAI = 11,
  EVMC_CANCUN = 12,
  EVMC_PRAGUE = 13,
  EVMC_OSAKA = 14,
  EVMC_MAX_REVISION = EVMC_OSAKA
};

enum evmc_set_option_result {
  EVMC_SET_OPTION_SUCCESS = 0,
  EVMC_SET_OPTION_INVALID_NAME = 1,
  EVMC_SET_OPTION_INVALID_VALUE = 2
};

enum evmc_capabilities {
  EVMC_CAPABILITY_EVM1 = (1u << 0),
  EVMC_CAPABILITY_EWASM = (1u << 1),
  EVMC_CAPABILITY_PRECOMPILES = (1u << 2)
};

typedef uint32_t evmc_capabilities_flagset;

struct evmc_vm;
typedef void (*evmc_destroy_fn)(struct evmc_vm *vm);
typedef enum evmc_set_option_result (*evmc_set_option_fn)(
    struct evmc_vm *vm, const char *name, const char *value);
typedef struct evmc_result (*evmc_execute_fn)(
    struct evmc_vm *vm, const struct evmc_host_interface *host, struct evmc_host_context *context,
    enum evmc_revision revision, const struct evmc_message *message, const uint8_t *code, size_t code_size);
typedef evmc_capabilities_flagset (*evmc_get_capabilities_fn)(struct evmc_vm *vm);

struct evmc_vm {
  const int abi_version;
  const char *name;
  const char *version;
  evmc_destroy_fn destroy;
  evmc_execute_fn execute;
  evmc_get_capabilities_fn get_capabilities;
  evmc_set_option_fn set_option;
};

#ifdef __cplusplus
}
#endif

#endif
