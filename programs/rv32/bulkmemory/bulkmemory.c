// Guest memory in bulk by instructions of the extension BulkMemory. Input: how many rounds; without, every
// operation is compared with the guest's own loops. Output: a checksum of memory, what the comparisons gave, how many
// results differ.
#include "weft_bulk.h"

enum { size = 4096 };

static uint8_t bytes[size], copy[size], model[size];
static uint32_t seed = 12345, differences;

static uint32_t random_below(uint32_t limit) {
  seed = seed * 1664525 + 1013904223;
  return (seed >> 16) % limit;
}

// FNV-1a.
static uint32_t checksum(const uint8_t *data) {
  uint32_t sum = 2166136261u;
  for (uint32_t i = 0; i < size; i++) sum = (sum ^ data[i]) * 16777619;
  return sum;
}

static void fill_randomly(void) {
  for (uint32_t i = 0; i < size; i++) bytes[i] = (uint8_t)random_below(256);
  bulk_copy(model, bytes, size);
}

// Every operation on random, often overlapping ranges, here and in the model.
static uint32_t compare_with_loops(uint32_t rounds) {
  uint32_t order = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    uint32_t count = random_below(500), a = random_below(size - 500), b = random_below(size - 500);
    if (round & 1) b = (a + random_below(64)) % (size - 500);
    bulk_copy(bytes + a, bytes + b, count);
    memmove(model + a, model + b, count);
    a = random_below(size - 500);
    bulk_fill(bytes + a, (uint8_t)round, count);
    memset(model + a, (uint8_t)round, count);
    differences += memcmp(bytes, model, size) != 0;

    // Equal but for one byte, or equal.
    b = random_below(size - 500);
    bulk_load(b, bytes + a, count);
    bulk_store(copy + b, b, count);
    differences += memcmp(copy + b, bytes + a, count) != 0;
    if (count > 0) {
      uint32_t place = b + random_below(count);
      copy[place] += (uint8_t)random_below(3);
    }
    int32_t result = bulk_compare(copy + b, bytes + a, count);
    differences += result != bulk_compare_software(copy + b, bytes + a, count);
    order = order * 3 + (uint32_t)(result + 1);
  }
  return order;
}

// The same work again and again, for measurements: nothing but the operations.
static uint32_t work(uint32_t rounds) {
  uint32_t order = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    bulk_copy(copy, bytes, size);
    bulk_fill(copy + round % size, (uint8_t)round, size - round % size);
    order = order * 3 + (uint32_t)(bulk_compare(copy, bytes, size) + 1);
    bulk_load(0, copy, size);
    bulk_store(bytes, 0, size / 2);
  }
  return order;
}

int main(void) {
  uint32_t rounds = input_number(0), order;
  fill_randomly();
  if (rounds == 0) {
    order = compare_with_loops(8);
  } else {
    order = work(rounds);
  }
  print_text("memory ");
  print_hex(checksum(bytes));
  print_text(", order ");
  print_hex(order);
  print_text(", ");
  print_unsigned(differences);
  print_text(" differ\n");
  weft_reveal(0, checksum(bytes));
  weft_reveal(1, order);
  return differences != 0;
}
