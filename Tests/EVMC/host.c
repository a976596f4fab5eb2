/* A host of the EVM-C ABI for tests: loads a machine's object, keeps a small world of accounts, and carries out calls that
 * it reads, one a line, each on the world that stands before it. Nested calls cross the border in both directions.
 *
 *   host OBJECT < cases > results
 *
 * Rules of Cancun. There are no precompiled contracts. The format of cases and results is that of compare.py. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "evmc.h"
#include "keccak.h"

enum { MAX_ACCOUNTS = 96, MAX_SLOTS = 48, MAX_LOGS = 512, LINE = 1 << 22 };

typedef struct {
  evmc_bytes32 key, original, current, transient;
  bool warm;
} slot;

typedef struct {
  evmc_address address;
  uint64_t nonce;
  evmc_bytes32 balance;
  uint8_t *code;
  size_t code_size;
  bool exists, warm, created, destroyed;
  int slot_count;
  slot slots[MAX_SLOTS];
} account;

typedef struct {
  evmc_address address;
  evmc_bytes32 topics[4];
  size_t topic_count, size;
  uint8_t *data;
} entry;

/* Everything that a failing call undoes. */
typedef struct {
  int account_count, log_count;
  account accounts[MAX_ACCOUNTS];
  entry logs[MAX_LOGS];
} world_state;

struct evmc_host_context {
  world_state world;
  struct evmc_vm *vm;
  evmc_address origin, coinbase;
  int crossings;
};

static const struct evmc_host_interface interface;

static void fail(const char *reason) {
  fprintf(stderr, "host: %s\n", reason);
  exit(70);
}

static void *copy_of(const void *data, size_t size) {
  void *copy = malloc(size + 1);
  if (!copy) fail("no memory");
  if (size) memcpy(copy, data, size);
  return copy;
}

/* MARK: Words */

static bool is_zero(const evmc_bytes32 *word) {
  for (int i = 0; i < 32; i++)
    if (word->bytes[i]) return false;
  return true;
}

static bool equal(const evmc_bytes32 *a, const evmc_bytes32 *b) { return memcmp(a, b, 32) == 0; }

static void add(evmc_bytes32 *a, const evmc_bytes32 *b) {
  unsigned carry = 0;
  for (int i = 31; i >= 0; i--) {
    carry += a->bytes[i] + b->bytes[i];
    a->bytes[i] = (uint8_t)carry;
    carry >>= 8;
  }
}

static void subtract(evmc_bytes32 *a, const evmc_bytes32 *b) {
  int borrow = 0;
  for (int i = 31; i >= 0; i--) {
    int difference = a->bytes[i] - b->bytes[i] - borrow;
    borrow = difference < 0;
    a->bytes[i] = (uint8_t)difference;
  }
}

/* MARK: Accounts */

static account *find(struct evmc_host_context *c, const evmc_address *address) {
  for (int i = 0; i < c->world.account_count; i++)
    if (memcmp(&c->world.accounts[i].address, address, 20) == 0) return &c->world.accounts[i];
  if (c->world.account_count == MAX_ACCOUNTS) fail("too many accounts");
  account *made = &c->world.accounts[c->world.account_count++];
  memset(made, 0, sizeof *made);
  made->address = *address;
  return made;
}

static bool is_dead(const account *a) {
  return !a->exists || (a->nonce == 0 && a->code_size == 0 && is_zero(&a->balance));
}

static slot *slot_of(account *a, const evmc_bytes32 *key) {
  for (int i = 0; i < a->slot_count; i++)
    if (equal(&a->slots[i].key, key)) return &a->slots[i];
  if (a->slot_count == MAX_SLOTS) fail("too many slots");
  slot *made = &a->slots[a->slot_count++];
  memset(made, 0, sizeof *made);
  made->key = *key;
  return made;
}

static bool account_exists(struct evmc_host_context *c, const evmc_address *address) {
  return !is_dead(find(c, address));
}

static evmc_bytes32 get_storage(struct evmc_host_context *c, const evmc_address *address, const evmc_bytes32 *key) {
  return slot_of(find(c, address), key)->current;
}

static enum evmc_storage_status set_storage(
    struct evmc_host_context *c, const evmc_address *address, const evmc_bytes32 *key, const evmc_bytes32 *value) {
  slot *s = slot_of(find(c, address), key);
  evmc_bytes32 o = s->original, old = s->current;
  s->current = *value;
  bool oz = is_zero(&o), cz = is_zero(&old), nz = is_zero(value);
  if (equal(&old, value)) return EVMC_STORAGE_ASSIGNED;
  if (equal(&o, &old)) return oz ? EVMC_STORAGE_ADDED : nz ? EVMC_STORAGE_DELETED : EVMC_STORAGE_MODIFIED;
  if (oz) return nz ? EVMC_STORAGE_ADDED_DELETED : EVMC_STORAGE_ASSIGNED;
  if (cz) return equal(&o, value) ? EVMC_STORAGE_DELETED_RESTORED : EVMC_STORAGE_DELETED_ADDED;
  if (nz) return EVMC_STORAGE_MODIFIED_DELETED;
  return equal(&o, value) ? EVMC_STORAGE_MODIFIED_RESTORED : EVMC_STORAGE_ASSIGNED;
}

static evmc_uint256be get_balance(struct evmc_host_context *c, const evmc_address *address) {
  return find(c, address)->balance;
}

static size_t get_code_size(struct evmc_host_context *c, const evmc_address *address) {
  return find(c, address)->code_size;
}

static evmc_bytes32 get_code_hash(struct evmc_host_context *c, const evmc_address *address) {
  evmc_bytes32 hash = {{0}};
  account *a = find(c, address);
  if (!is_dead(a)) keccak256(a->code, a->code_size, hash.bytes);
  return hash;
}

static size_t copy_code(
    struct evmc_host_context *c, const evmc_address *address, size_t offset, uint8_t *buffer, size_t size) {
  account *a = find(c, address);
  if (offset >= a->code_size) return 0;
  size_t count = a->code_size - offset < size ? a->code_size - offset : size;
  memcpy(buffer, a->code + offset, count);
  return count;
}

static bool selfdestruct(struct evmc_host_context *c, const evmc_address *address, const evmc_address *beneficiary) {
  find(c, beneficiary); /* may move nothing: accounts are looked up again below */
  account *a = find(c, address), *b = find(c, beneficiary);
  evmc_bytes32 balance = a->balance;
  bool first = !a->destroyed;
  b->exists = true;
  if (a != b) {
    add(&b->balance, &balance);
    memset(&a->balance, 0, 32);
  } else if (a->created) {
    memset(&a->balance, 0, 32); /* burnt */
  }
  if (a->created) a->destroyed = true;
  return first;
}

static struct evmc_tx_context get_tx_context(struct evmc_host_context *c) {
  struct evmc_tx_context t;
  memset(&t, 0, sizeof t);
  t.tx_origin = c->origin;
  t.block_coinbase = c->coinbase;
  t.block_number = 1000;
  t.block_timestamp = 1700000000;
  t.block_gas_limit = 30000000;
  t.chain_id.bytes[31] = 1;
  t.blob_base_fee.bytes[31] = 1;
  return t;
}

static evmc_bytes32 get_block_hash(struct evmc_host_context *c, int64_t number) {
  (void)c, (void)number;
  evmc_bytes32 none = {{0}};
  return none;
}

static void emit_log(
    struct evmc_host_context *c, const evmc_address *address, const uint8_t *data, size_t size,
    const evmc_bytes32 topics[], size_t count) {
  if (c->world.log_count == MAX_LOGS) fail("too many logs");
  if (count > 4) fail("a log with more than four topics");
  entry *made = &c->world.logs[c->world.log_count++];
  made->address = *address;
  made->topic_count = count;
  for (size_t i = 0; i < count; i++) made->topics[i] = topics[i];
  made->size = size;
  made->data = copy_of(data, size);
}

static enum evmc_access_status access_account(struct evmc_host_context *c, const evmc_address *address) {
  account *a = find(c, address);
  bool was = a->warm;
  a->warm = true;
  return was ? EVMC_ACCESS_WARM : EVMC_ACCESS_COLD;
}

static enum evmc_access_status access_storage(
    struct evmc_host_context *c, const evmc_address *address, const evmc_bytes32 *key) {
  slot *s = slot_of(find(c, address), key);
  bool was = s->warm;
  s->warm = true;
  return was ? EVMC_ACCESS_WARM : EVMC_ACCESS_COLD;
}

static evmc_bytes32 get_transient(struct evmc_host_context *c, const evmc_address *address, const evmc_bytes32 *key) {
  return slot_of(find(c, address), key)->transient;
}

static void set_transient(
    struct evmc_host_context *c, const evmc_address *address, const evmc_bytes32 *key, const evmc_bytes32 *value) {
  slot_of(find(c, address), key)->transient = *value;
}

/* MARK: Calls */

static void transfer(struct evmc_host_context *c, const evmc_address *from, const evmc_address *to, const evmc_bytes32 *value) {
  subtract(&find(c, from)->balance, value);
  add(&find(c, to)->balance, value);
}

static struct evmc_result execute(
    struct evmc_host_context *c, const struct evmc_message *message, const uint8_t *code, size_t size) {
  c->crossings++;
  return c->vm->execute(c->vm, &interface, c, EVMC_CANCUN, message, code, size);
}

static evmc_address new_address(struct evmc_host_context *c, const struct evmc_message *m, uint64_t nonce) {
  uint8_t bytes[128], digest[32];
  size_t size = 0;
  (void)c;
  if (m->kind == EVMC_CREATE2) {
    bytes[size++] = 0xff;
    memcpy(bytes + size, &m->sender, 20), size += 20;
    memcpy(bytes + size, &m->create2_salt, 32), size += 32;
    keccak256(m->input_data, m->input_size, bytes + size), size += 32;
  } else {
    uint8_t number[9];
    size_t digits = 0;
    for (int shift = 56; shift >= 0; shift -= 8)
      if (digits || nonce >> shift) number[digits++] = (uint8_t)(nonce >> shift);
    bool is_byte = digits == 1 && number[0] < 0x80;
    bytes[size++] = (uint8_t)(0xc0 + 21 + (is_byte ? 1 : digits + 1));
    bytes[size++] = 0x80 + 20;
    memcpy(bytes + size, &m->sender, 20), size += 20;
    if (!is_byte) bytes[size++] = (uint8_t)(0x80 + digits);
    memcpy(bytes + size, number, digits), size += digits;
  }
  keccak256(bytes, size, digest);
  evmc_address address;
  memcpy(&address, digest + 12, 20);
  return address;
}

static struct evmc_result failure(enum evmc_status_code status, int64_t gas) {
  struct evmc_result r;
  memset(&r, 0, sizeof r);
  r.status_code = status;
  r.gas_left = gas;
  return r;
}

static struct evmc_result create(struct evmc_host_context *c, const struct evmc_message *m) {
  account *sender = find(c, &m->sender);
  if (sender->nonce == UINT64_MAX) return failure(EVMC_FAILURE, m->gas);
  uint64_t nonce = sender->nonce++;
  evmc_address address = new_address(c, m, nonce);
  account *made = find(c, &address);
  made->warm = true;
  if (made->nonce || made->code_size) return failure(EVMC_FAILURE, 0);
  world_state *before = copy_of(&c->world, sizeof c->world);
  made->exists = made->created = true;
  made->nonce = 1;
  transfer(c, &m->sender, &address, &m->value);
  struct evmc_message inner = *m;
  inner.recipient = inner.code_address = address;
  inner.input_data = NULL;
  inner.input_size = 0;
  struct evmc_result r = execute(c, &inner, m->input_data, m->input_size);
  if (r.status_code == EVMC_SUCCESS) {
    int64_t deposit = 200 * (int64_t)r.output_size;
    if (r.output_size > 24576 || (r.output_size && r.output_data[0] == 0xef) || deposit > r.gas_left) {
      if (r.release) r.release(&r);
      r = failure(EVMC_CONTRACT_VALIDATION_FAILURE, 0);
    } else {
      made = find(c, &address);
      made->code = copy_of(r.output_data, r.output_size);
      made->code_size = r.output_size;
      r.gas_left -= deposit;
      r.create_address = address;
    }
  }
  if (r.status_code != EVMC_SUCCESS) c->world = *before;
  free(before);
  return r;
}

static struct evmc_result call(struct evmc_host_context *c, const struct evmc_message *m) {
  if (m->kind == EVMC_CREATE || m->kind == EVMC_CREATE2) return create(c, m);
  world_state *before = copy_of(&c->world, sizeof c->world);
  if (m->kind == EVMC_CALL) {
    find(c, &m->recipient)->exists = true;
    transfer(c, &m->sender, &m->recipient, &m->value);
  }
  account *callee = find(c, &m->code_address);
  struct evmc_result r = callee->code_size ? execute(c, m, callee->code, callee->code_size) : failure(EVMC_SUCCESS, m->gas);
  if (r.status_code != EVMC_SUCCESS) c->world = *before;
  free(before);
  return r;
}

static const struct evmc_host_interface interface = {
    account_exists, get_storage,    set_storage, get_balance,    get_code_size,  get_code_hash, copy_code,     selfdestruct,
    call,           get_tx_context, get_block_hash, emit_log,    access_account, access_storage, get_transient, set_transient};

/* MARK: Text */

static void read_hex(const char *text, uint8_t *bytes, size_t size) {
  size_t digits = strlen(text);
  memset(bytes, 0, size);
  for (size_t i = 0; i < digits && i < 2 * size; i++) {
    char d = text[digits - 1 - i];
    uint8_t value = (uint8_t)(d <= '9' ? d - '0' : d - 'a' + 10);
    bytes[size - 1 - i / 2] |= (uint8_t)(value << (i % 2 ? 4 : 0));
  }
}

static uint8_t *read_bytes(const char *text, size_t *size) {
  if (strcmp(text, "-") == 0) text = "";
  *size = strlen(text) / 2;
  uint8_t *bytes = copy_of("", 0);
  bytes = realloc(bytes, *size + 1);
  if (!bytes) fail("no memory");
  read_hex(text, bytes, *size);
  return bytes;
}

static void print_hex(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) printf("%02x", bytes[i]);
}

static char *word(char **rest) {
  char *found = strsep(rest, " \n");
  if (!found || !*found) fail("a case is cut short");
  return found;
}

/* caller target data gas value count { address nonce balance code slots { key value } } */
static void run(struct evmc_host_context *c, char *line) {
  char *rest = line;
  struct evmc_message m;
  memset(&m, 0, sizeof m);
  read_hex(word(&rest), m.sender.bytes, 20);
  read_hex(word(&rest), m.recipient.bytes, 20);
  m.code_address = m.recipient;
  size_t size;
  m.input_data = read_bytes(word(&rest), &size);
  m.input_size = size;
  m.gas = atoll(word(&rest));
  read_hex(word(&rest), m.value.bytes, 32);
  memset(&c->world, 0, sizeof c->world);
  c->origin = m.sender;
  memset(c->coinbase.bytes, 0, 20);
  c->coinbase.bytes[19] = 0x99;
  int count = atoi(word(&rest));
  for (int i = 0; i < count; i++) {
    evmc_address address;
    read_hex(word(&rest), address.bytes, 20);
    account *a = find(c, &address);
    a->exists = true;
    a->nonce = strtoull(word(&rest), NULL, 10);
    read_hex(word(&rest), a->balance.bytes, 32);
    a->code = read_bytes(word(&rest), &a->code_size);
    int slots = atoi(word(&rest));
    for (int j = 0; j < slots; j++) {
      evmc_bytes32 key;
      read_hex(word(&rest), key.bytes, 32);
      slot *s = slot_of(a, &key);
      read_hex(word(&rest), s->current.bytes, 32);
      s->original = s->current;
    }
  }
  /* What begins warm: caller, target, coinbase, and the addresses of the fork's precompiled contracts. */
  find(c, &m.sender)->warm = find(c, &m.recipient)->warm = find(c, &c->coinbase)->warm = true;
  for (uint8_t i = 1; i <= 10; i++) {
    evmc_address address = {{0}};
    address.bytes[19] = i;
    find(c, &address)->warm = true;
  }
  c->crossings = 0;
  struct evmc_result r = call(c, &m);
  const char *status = r.status_code == EVMC_SUCCESS ? "success" : r.status_code == EVMC_REVERT ? "revert" : "halt";
  bool done = r.status_code == EVMC_SUCCESS;
  if (r.status_code < 0) fail("the machine failed");
  printf("%s %lld %lld %d -", status, (long long)(m.gas - r.gas_left), done ? (long long)r.gas_refund : 0, c->crossings);
  print_hex(r.output_data, r.output_size);
  printf(" %d", done ? c->world.log_count : 0);
  for (int i = 0; done && i < c->world.log_count; i++) {
    entry *l = &c->world.logs[i];
    printf(" ");
    print_hex(l->address.bytes, 20);
    printf(":");
    for (size_t t = 0; t < l->topic_count; t++) print_hex(l->topics[t].bytes, 32);
    printf(":");
    print_hex(l->data, l->size);
  }
  for (int i = 0; i < c->world.account_count; i++) {
    account *a = &c->world.accounts[i];
    if (a->destroyed || is_dead(a)) continue;
    printf(" @");
    print_hex(a->address.bytes, 20);
    printf(":%llu:", (unsigned long long)a->nonce);
    print_hex(a->balance.bytes, 32);
    for (int j = 0; j < a->slot_count; j++) {
      if (is_zero(&a->slots[j].current)) continue;
      printf(":");
      print_hex(a->slots[j].key.bytes, 32);
      print_hex(a->slots[j].current.bytes, 32);
    }
  }
  printf("\n");
  if (r.release) r.release(&r);
  free((void *)m.input_data);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: host OBJECT\n");
    return 2;
  }
  void *object = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!object) fail(dlerror());
  struct evmc_vm *(*make)(void) = (struct evmc_vm * (*)(void)) dlsym(object, "evmc_create_weft");
  if (!make) fail("the object has no evmc_create_weft");
  struct evmc_host_context *c = calloc(1, sizeof *c);
  char *line = malloc(LINE);
  if (!c || !line) fail("no memory");
  c->vm = make();
  if (!c->vm || c->vm->abi_version != EVMC_ABI_VERSION) fail("another version of the ABI");
  if (!(c->vm->get_capabilities(c->vm) & EVMC_CAPABILITY_EVM1)) fail("the machine does not execute EVM code");
  if (c->vm->set_option(c->vm, "engine", "threaded") != EVMC_SET_OPTION_SUCCESS
      || c->vm->set_option(c->vm, "engine", "none") != EVMC_SET_OPTION_INVALID_VALUE
      || c->vm->set_option(c->vm, "none", "") != EVMC_SET_OPTION_INVALID_NAME)
    fail("options are not as they should be");
  fprintf(stderr, "%s %s\n", c->vm->name, c->vm->version);
  while (fgets(line, LINE, stdin)) run(c, line);
  c->vm->destroy(c->vm);
  free(c);
  free(line);
  return 0;
}
