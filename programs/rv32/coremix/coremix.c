// A mix of everyday integer work in the manner of CoreMark, written for Weft: a linked list, matrices, a
// state machine over text, and a CRC that ties every result to the next round. Input: the number of rounds.
#include "weft_runtime.h"

// ---- CRC-16 (polynomial 0xa001, reflected), bit by bit

static uint16_t crcByte(uint16_t crc, uint8_t byte) {
  crc ^= byte;
  for (int bit = 0; bit < 8; bit++) crc = (uint16_t)((crc >> 1) ^ (crc & 1 ? 0xa001 : 0));
  return crc;
}

static uint16_t crcWord(uint16_t crc, uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) crc = crcByte(crc, (uint8_t)(word >> shift));
  return crc;
}

// ---- A linked list: search with move to front, reversal, merge sort under two orders

enum { nodes = 80 };

typedef struct Node {
  struct Node *next;
  uint16_t key, position;
} Node;

typedef int (*Order)(const Node *, const Node *);

static int byKey(const Node *x, const Node *y) {
  return x->key != y->key ? x->key < y->key : x->position < y->position;
}

static int byPosition(const Node *x, const Node *y) { return x->position < y->position; }

static Node *merge(Node *x, Node *y, Order before) {
  Node head, *tail = &head;
  while (x && y) {
    Node **smaller = before(y, x) ? &y : &x;
    tail->next = *smaller;
    tail = *smaller;
    *smaller = tail->next;
  }
  tail->next = x ? x : y;
  return head.next;
}

static Node *sort(Node *list, Order before) {
  if (!list || !list->next) return list;
  Node *middle = list, *end = list->next;
  while (end && end->next) {
    middle = middle->next;
    end = end->next->next;
  }
  Node *second = middle->next;
  middle->next = NULL;
  return merge(sort(list, before), sort(second, before), before);
}

static Node *reverse(Node *list) {
  Node *result = NULL;
  while (list) {
    Node *next = list->next;
    list->next = result;
    result = list;
    list = next;
  }
  return result;
}

// Finds the first node whose key has this low byte and moves it to the front.
static Node *moveToFront(Node *list, uint8_t low, uint32_t *found) {
  Node **link = &list;
  while (*link && ((*link)->key & 0xff) != low) link = &(*link)->next;
  Node *node = *link;
  if (!node) return list;
  ++*found;
  *link = node->next;
  node->next = list;
  return node;
}

static uint16_t listRound(uint16_t crc) {
  static Node pool[nodes];
  uint32_t seed = crc, found = 0;
  for (int i = 0; i < nodes; i++) {
    seed = seed * 1103515245 + 12345;
    pool[i].key = (uint16_t)(seed >> 16);
    pool[i].position = (uint16_t)i;
    pool[i].next = i + 1 < nodes ? &pool[i + 1] : NULL;
  }
  Node *list = pool;
  for (int i = 0; i < 24; i++) list = moveToFront(list, (uint8_t)(crc + 3 * i), &found);
  list = reverse(list);
  crc = crcWord(crc, found);
  for (Node *node = list; node; node = node->next) crc = crcByte(crc, (uint8_t)node->position);
  list = sort(list, byKey);
  for (Node *node = list; node; node = node->next) crc = crcByte(crc, (uint8_t)node->position);
  list = sort(list, byPosition);
  for (Node *node = list; node; node = node->next) crc = crcByte(crc, (uint8_t)node->key);
  return crc;
}

// ---- Matrices of 16-bit numbers with 32-bit products

enum { order = 12 };

static uint16_t matrixRound(uint16_t crc) {
  static int16_t a[order][order], b[order][order];
  static int32_t c[order][order];
  for (int i = 0; i < order; i++) {
    for (int j = 0; j < order; j++) {
      a[i][j] = (int16_t)(crc + i * 7 + j * 13);
      b[i][j] = (int16_t)((crc >> 4) - i * 5 + j * j);
    }
  }
  for (int i = 0; i < order; i++) {
    for (int j = 0; j < order; j++) a[i][j] = (int16_t)(a[i][j] + (int16_t)crc);
  }
  int32_t sum = 0, previous = 0;
  for (int i = 0; i < order; i++) {
    for (int j = 0; j < order; j++) {
      uint32_t product = 0, fields = 0;
      for (int k = 0; k < order; k++) {
        uint32_t term = (uint32_t)(a[i][k] * b[k][j]);
        product += term;
        fields += ((term >> 2) & 15) * ((term >> 5) & 127);
      }
      c[i][j] = (int32_t)(product ^ fields);
    }
  }
  for (int i = 0; i < order; i++) {
    for (int j = 0; j < order; j++) {
      sum += c[i][j] > previous ? 10 : (c[i][j] < 0 ? -3 : 1);
      previous = c[i][j];
    }
  }
  for (int i = 0; i < order; i++) crc = crcWord(crc, (uint32_t)c[i][(i * 5 + 1) % order]);
  return crcWord(crc, (uint32_t)sum);
}

// ---- A state machine that classifies the comma-separated fields of a text

typedef enum {
  start,
  sign,
  integer,
  point,
  fraction,
  exponent,
  exponentSign,
  scientific,
  invalid,
  states
} State;

static State advance(State state, uint8_t c) {
  int digit = c >= '0' && c <= '9';
  switch (state) {
  case start:
    if (c == '+' || c == '-') return sign;
    return digit ? integer : c == '.' ? point : invalid;
  case sign:
    return digit ? integer : c == '.' ? point : invalid;
  case integer:
    return digit ? integer : c == '.' ? fraction : c == 'e' ? exponent : invalid;
  case point:
    return digit ? fraction : invalid;
  case fraction:
    return digit ? fraction : c == 'e' ? exponent : invalid;
  case exponent:
    if (c == '+' || c == '-') return exponentSign;
    return digit ? scientific : invalid;
  case exponentSign:
  case scientific:
    return digit ? scientific : invalid;
  default:
    return invalid;
  }
}

static uint16_t textRound(uint16_t crc) {
  static const char pattern[] = "5012,-874,+122.5,.375,1e5,-12.25e-3,7e+,abc,"
                                "42,-,3.14159,6.02e23,+.5e1,0x1f,";
  enum { length = sizeof pattern - 1 };
  static uint8_t text[length * 4];
  uint32_t ended[states] = {0}, entered[states] = {0};

  for (uint32_t i = 0; i < sizeof text; i++) text[i] = (uint8_t)pattern[i % length];
  for (uint32_t i = crc % 11; i < sizeof text; i += 11) { // damage, differently in every round
    if (text[i] != ',') text[i] ^= (uint8_t)(crc >> (i & 7)) & 15;
  }
  State state = start;
  for (uint32_t i = 0; i < sizeof text; i++) {
    if (text[i] == ',') {
      ended[state]++;
      state = start;
    } else {
      State next = advance(state, text[i]);
      if (next != state) entered[next]++;
      state = next;
    }
  }
  for (int i = 0; i < states; i++) crc = crcWord(crc, ended[i] << 16 | entered[i]);
  return crc;
}

static void report(const char *name, uint16_t value) {
  print_text(name);
  print_hex(value);
  putchar('\n');
}

int main(void) {
  uint32_t rounds = input_number(40);
  uint16_t crc = 0xffff, list = 0, matrix = 0, text = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    crc = crcWord(crc, round);
    list = crc = listRound(crc);
    matrix = crc = matrixRound(crc);
    text = crc = textRound(crc);
  }
  report("list ", list);
  report("matrix ", matrix);
  report("text ", text);
  return 0;
}
