/*
 * What an extension may bring to the EVM: instructions, precompiled contracts and forks, beside what `weft_extension.h`
 * describes. The table hangs on the last field of `weft_extension`.
 *
 *     #include <weft_evm_extension.h>
 *
 *     static weft_status triple(weft_evm_call *call) {
 *       call->outputs[0].limb0 = call->inputs[0].limb0 * 3;
 *       return WEFT_OK;
 *     }
 *
 *     static const weft_evm_instruction instructions[] = {
 *       {"triple", triple, 0x0c, 5, 1, 1, WEFT_EVM_FRONTIER, 0},
 *     };
 *     static const weft_evm_extension parts = {
 *       sizeof(weft_evm_extension), 0, instructions, NULL, NULL, WEFT_COUNT(instructions), 0, 0, WEFT_EVM_SIZES};
 *     static const weft_extension extension = WEFT_EVM_ONLY("tripling", "1.0.0", "Apache-2.0", parts);
 *     WEFT_EXTENSION_ENTRY(extension)
 *
 * Rules, besides those of `weft_extension.h`
 *  - A step gets copies of the words it takes and gives words of its own: the host moves the stack. Inputs are
 *    numbered from the top of the stack, outputs from its new top.
 *  - The static price is paid before the step is called. What depends on operands it charges itself, first of all.
 *  - A step that fails halts its frame: all its gas is gone, its changes are undone. So does a service that failed,
 *    whatever the step returns then.
 *  - The same call gives the same result: on storage, memory and gas nothing else may have influence. `extension->state`
 *    begins anew with each call from outside; no revert undoes it, and what contracts keep belongs into storage.
 *  - A precompiled contract sees its input and nothing else. It is asked for its price, and called when that is paid.
 */
#ifndef WEFT_EVM_EXTENSION_H
#define WEFT_EVM_EXTENSION_H

#include "weft_evm.h"
#include "weft_extension.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------ forks, halts */

/* Forks of the mainnet, in the order of history. */
enum {
  WEFT_EVM_FRONTIER = 0,
  WEFT_EVM_HOMESTEAD = 1,
  WEFT_EVM_TANGERINE_WHISTLE = 2,
  WEFT_EVM_SPURIOUS_DRAGON = 3,
  WEFT_EVM_BYZANTIUM = 4,
  WEFT_EVM_CONSTANTINOPLE = 5,
  WEFT_EVM_PETERSBURG = 6,
  WEFT_EVM_ISTANBUL = 7,
  WEFT_EVM_BERLIN = 8,
  WEFT_EVM_LONDON = 9,
  WEFT_EVM_PARIS = 10,
  WEFT_EVM_SHANGHAI = 11,
  WEFT_EVM_CANCUN = 12,
  WEFT_EVM_PRAGUE = 13,
  WEFT_EVM_OSAKA = 14,
  WEFT_EVM_BPO1 = 15,
  WEFT_EVM_BPO2 = 16
};
/* As the first fork of an instruction or contract: it is there in forks of extensions that switch it on. */
#define WEFT_EVM_NO_FORK 0xffffffffu

/* Why a step halts its frame. */
enum {
  WEFT_EVM_OUT_OF_GAS = 1,
  WEFT_EVM_UNDEFINED = 5,
  WEFT_EVM_STATIC = 7, /* a change of state in a static call */
  WEFT_EVM_FAILED = 16 /* anything else, with a message */
};

/* ------------------------------------------------------------------------------------------------ calls */

typedef struct weft_evm_call weft_evm_call;

/* Where a frame runs. The host fills in as much as `struct_size` has room for. */
typedef struct weft_evm_environment {
  uint32_t struct_size;
  uint32_t fork;             /* the fork that runs, or the one that its rules derive from */
  weft_word address;         /* whose storage the frame works on */
  weft_word caller;
  weft_word value;
  uint64_t program_counter;  /* of the instruction */
  uint64_t memory_size;      /* bytes */
  uint64_t call_data_size;
  uint64_t return_data_size; /* of the last call that the frame made */
  uint32_t depth;            /* 0 for the outermost frame */
  uint32_t is_static;        /* the frame may not change the state */
} weft_evm_environment;

/* What a step may ask of the host. Use the inline functions below. */
typedef struct weft_evm_services {
  uint32_t struct_size;
  uint32_t abi_version;
  weft_status (*charge)(weft_evm_call *call, uint64_t gas);
  weft_status (*refund)(weft_evm_call *call, int64_t gas);
  weft_status (*reach)(weft_evm_call *call, const weft_word *offset, const weft_word *count, uint64_t *place);
  weft_status (*load)(weft_evm_call *call, uint64_t place, void *destination, uint64_t count);
  weft_status (*store)(weft_evm_call *call, uint64_t place, const void *source, uint64_t count);
  weft_status (*view)(weft_evm_call *call, uint64_t place, uint64_t count, const uint8_t **bytes);
  weft_status (*call_data)(weft_evm_call *call, uint64_t offset, void *destination, uint64_t count);
  weft_status (*return_data)(weft_evm_call *call, uint64_t offset, void *destination, uint64_t count);
  weft_status (*storage_load)(weft_evm_call *call, const weft_word *slot, weft_word *value);
  weft_status (*storage_store)(weft_evm_call *call, const weft_word *slot, const weft_word *value);
  weft_status (*environment)(weft_evm_call *call, weft_evm_environment *environment);
  weft_status (*halt)(weft_evm_call *call, int32_t reason, const char *message);
} weft_evm_services;

/* Most words that an instruction takes or gives. */
enum { WEFT_EVM_WORDS = 17 };

/* One execution of an instruction. The host owns it; it is open while the step runs. */
struct weft_evm_call {
  uint32_t struct_size;
  uint32_t abi_version;
  weft_call *extension; /* the EVM's instance of the extension: `state` is yours, the rest is for RV32 */
  const weft_evm_services *services;
  void *host;
  uint64_t gas; /* what is left; the host's to write */
  uint32_t input_count;
  uint32_t output_count;
  weft_word inputs[WEFT_EVM_WORDS];  /* inputs[0] was the top of the stack */
  weft_word outputs[WEFT_EVM_WORDS]; /* outputs[0] will be the top; they begin as 0 */
  weft_word beyond;                  /* 0: nobody gives so many */
};

/* Carries one instruction out. */
typedef weft_status (*weft_evm_step)(weft_evm_call *call);

/* ------------------------------------------------------------------------------------------------ services */

/* Takes gas beyond the static price. */
static inline weft_status weft_evm_charge(weft_evm_call *call, uint64_t gas) {
  return call->services->charge(call, gas);
}
/* Adds to the refund counter, or takes from it. */
static inline weft_status weft_evm_refund(weft_evm_call *call, int64_t gas) {
  return call->services->refund(call, gas);
}

/*
 * Memory. `weft_evm_reach` pays for a range and makes it part of memory, as every instruction on memory does, and says
 * where it begins: 0 where `count` is 0. The others take ranges inside memory.
 */
static inline weft_status weft_evm_reach(weft_evm_call *call, const weft_word *offset, const weft_word *count,
                                         uint64_t *place) {
  return call->services->reach(call, offset, count, place);
}
static inline weft_status weft_evm_load(weft_evm_call *call, uint64_t place, void *destination, uint64_t count) {
  return call->services->load(call, place, destination, count);
}
static inline weft_status weft_evm_store(weft_evm_call *call, uint64_t place, const void *source, uint64_t count) {
  return call->services->store(call, place, source, count);
}
/* The bytes in place, for reading, valid until the next service. */
static inline weft_status weft_evm_view(weft_evm_call *call, uint64_t place, uint64_t count,
                                        const uint8_t **bytes) {
  return call->services->view(call, place, count, bytes);
}

/* Call data, and what the frame's last call returned; bytes past their ends are 0. */
static inline weft_status weft_evm_call_data(weft_evm_call *call, uint64_t offset, void *destination,
                                             uint64_t count) {
  return call->services->call_data(call, offset, destination, count);
}
static inline weft_status weft_evm_return_data(weft_evm_call *call, uint64_t offset, void *destination,
                                               uint64_t count) {
  return call->services->return_data(call, offset, destination, count);
}

/* A slot of the frame's account, by the rules and for the whole price of SLOAD and SSTORE, refunds included. */
static inline weft_status weft_evm_storage_load(weft_evm_call *call, const weft_word *slot, weft_word *value) {
  return call->services->storage_load(call, slot, value);
}
static inline weft_status weft_evm_storage_store(weft_evm_call *call, const weft_word *slot,
                                                 const weft_word *value) {
  return call->services->storage_store(call, slot, value);
}

static inline weft_status weft_evm_get_environment(weft_evm_call *call, weft_evm_environment *environment) {
  environment->struct_size = sizeof(weft_evm_environment);
  return call->services->environment(call, environment);
}

/* Halts the frame, to be returned: return weft_evm_halt(call, WEFT_EVM_STATIC, NULL); The message goes with
 * WEFT_EVM_FAILED. */
static inline weft_status weft_evm_halt(weft_evm_call *call, int32_t reason, const char *message) {
  return call->services->halt(call, reason, message);
}

/* ------------------------------------------------------------------------------------------------ words */

/* Stack words are least significant limb first, bytes in memory most significant first. */
static inline weft_word weft_evm_word(uint64_t value) {
  weft_word word = {value, 0, 0, 0};
  return word;
}
static inline int weft_evm_fits(const weft_word *word) {
  return (word->limb1 | word->limb2 | word->limb3) == 0;
}

/* ------------------------------------------------------------------------------------------------ declarations */

/* Flags of an instruction, a contract, a fork: it stands in the place of another one, of Ethereum or an extension. */
enum { WEFT_EVM_REPLACES = 1u << 0 };

typedef struct weft_evm_instruction {
  const char *mnemonic; /* lower case, for traces and profiles: unique in a machine */
  weft_evm_step step;
  uint32_t opcode;      /* 0 to 255 */
  uint32_t gas;         /* static price */
  uint32_t inputs;      /* words that it takes, 0 to 17 */
  uint32_t outputs;     /* words in their place, 0 to 17 */
  uint32_t first_fork;  /* WEFT_EVM_… or WEFT_EVM_NO_FORK */
  uint32_t flags;
} weft_evm_instruction;

typedef struct weft_evm_precompile {
  const char *name;    /* lower case: unique in a machine */
  uint64_t address;    /* the low 64 bits, not 0; the others are zero */
  uint32_t first_fork;
  uint32_t flags;
  /* What a call costs; UINT64_MAX where that is more than 64 bits hold. */
  uint64_t (*gas)(const uint8_t *input, size_t size, uint32_t fork);
  /* Carries a paid call out. What it writes is returned, up to 16 MiB; anything but WEFT_OK halts the call. */
  weft_status (*run)(const uint8_t *input, size_t size, uint32_t fork, weft_writer *output);
} weft_evm_precompile;

/* How rules differ from the fork that they derive from. */
enum {
  WEFT_EVM_INSTRUCTION_ON = 1,  /* `subject` is an opcode; any instruction that is registered, or of a later fork */
  WEFT_EVM_INSTRUCTION_OFF = 2,
  WEFT_EVM_INSTRUCTION_GAS = 3, /* `value` is the static price */
  WEFT_EVM_PRECOMPILE_ON = 4,   /* `subject` is an address */
  WEFT_EVM_PRECOMPILE_OFF = 5,
  WEFT_EVM_SCHEDULE = 6         /* `entry` is changed to `value` */
};
typedef struct weft_evm_change {
  uint32_t kind;
  uint32_t reserved;
  uint64_t subject;
  /* storageLoad, balance, externalCode, externalCodeHash, call, coldAccountExtra, coldSlotExtra, coldBeneficiary,
   * coldStoreExtra, storeSentry, storeSet, storeReset, storeDirty, storeClearRefund, exponentByte, initCodeWord,
   * selfDestruct, selfDestructNewAccount, selfDestructRefund, maximumCodeSize, maximumInitCodeSize */
  const char *entry;
  uint64_t value;
} weft_evm_change;

/* Rules with a name of their own: `weft evm call --fork NAME`. */
typedef struct weft_evm_fork {
  const char *name; /* lower-case letters, digits, hyphens; with WEFT_EVM_REPLACES a fork of the mainnet */
  uint32_t base;    /* WEFT_EVM_…: what they derive from */
  uint32_t flags;
  const weft_evm_change *changes;
  uint32_t change_count;
  uint32_t reserved;
} weft_evm_fork;

struct weft_evm_extension {
  uint32_t struct_size;
  uint32_t reserved;
  const weft_evm_instruction *instructions;
  const weft_evm_precompile *precompiles;
  const weft_evm_fork *forks;
  uint32_t instruction_count, precompile_count, fork_count;
  /* WEFT_EVM_SIZES: the tables may grow with the ABI. */
  uint32_t instruction_size, precompile_size, fork_size, change_size;
  uint32_t reserved_end;
};

#define WEFT_EVM_SIZES                                                                            \
  sizeof(weft_evm_instruction), sizeof(weft_evm_precompile), sizeof(weft_evm_fork), sizeof(weft_evm_change), 0

/* An extension that brings what `parts`, a weft_evm_extension, has and nothing else. */
#define WEFT_EVM_ONLY(name, version, license, parts)                                                           \
  { sizeof(weft_extension), WEFT_ABI_VERSION, name, version, license, NULL, NULL, NULL, NULL, 0, 0, 0, 0,      \
    sizeof(weft_extension_instruction), 0, NULL, NULL, NULL, NULL, &(parts) }

#ifdef __cplusplus
}
#endif

#endif
