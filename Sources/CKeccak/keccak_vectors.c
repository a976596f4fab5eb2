#include "keccak_vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* AVX-512 with 128-bit registers: 32 of them, so that all 25 lanes stay in one each for the whole permutation; a rotation
 * is one instruction, and so are three operands of theta and of chi. A round is 95 instructions of which a core starts
 * three a cycle; scalar code has about 180 with its loads and stores. Packing lanes into wider registers costs more
 * shuffles than it saves. */
#define VECTORS __attribute__((target("avx512f,avx512vl")))

/* What iota adds to lane 0 (FIPS 202, section 3.2.5). */
static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

#define XOR(a, b) _mm_xor_si128(a, b)
#define XOR3(a, b, c) _mm_ternarylogic_epi64(a, b, c, 0x96)
/* a ^ (~b & c) */
#define CHI(a, b, c) _mm_ternarylogic_epi64(a, b, c, 0xd2)
#define PARITY(x) XOR3(XOR3(a[x], a[x + 5], a[x + 10]), a[x + 15], a[x + 20])
/* Theta of lane (x, y) and rho: what pi takes to its place. */
#define LANE(x, y, rotation) _mm_rol_epi64(XOR(a[x + 5 * y], d[x]), rotation)

/* One round, in place. */
VECTORS static inline __attribute__((always_inline)) void permute_round(__m128i *a, const uint64_t *constant) {
  const __m128i c[5] = {PARITY(0), PARITY(1), PARITY(2), PARITY(3), PARITY(4)};
  const __m128i d[5] = {
      XOR(c[4], _mm_rol_epi64(c[1], 1)), XOR(c[0], _mm_rol_epi64(c[2], 1)), XOR(c[1], _mm_rol_epi64(c[3], 1)),
      XOR(c[2], _mm_rol_epi64(c[4], 1)), XOR(c[3], _mm_rol_epi64(c[0], 1)),
  };
  /* All of pi before chi: each lane's register is free for what it becomes. */
  const __m128i b[25] = {
      LANE(0, 0, 0),  LANE(1, 1, 44), LANE(2, 2, 43), LANE(3, 3, 21), LANE(4, 4, 14),
      LANE(3, 0, 28), LANE(4, 1, 20), LANE(0, 2, 3),  LANE(1, 3, 45), LANE(2, 4, 61),
      LANE(1, 0, 1),  LANE(2, 1, 6),  LANE(3, 2, 25), LANE(4, 3, 8),  LANE(0, 4, 18),
      LANE(4, 0, 27), LANE(0, 1, 36), LANE(1, 2, 10), LANE(2, 3, 15), LANE(3, 4, 56),
      LANE(2, 0, 62), LANE(3, 1, 55), LANE(4, 2, 39), LANE(0, 3, 41), LANE(1, 4, 2),
  };
#pragma GCC unroll 5
  for (int row = 0; row < 25; row += 5) {
    a[row] = CHI(b[row], b[row + 1], b[row + 2]);
    a[row + 1] = CHI(b[row + 1], b[row + 2], b[row + 3]);
    a[row + 2] = CHI(b[row + 2], b[row + 3], b[row + 4]);
    a[row + 3] = CHI(b[row + 3], b[row + 4], b[row]);
    a[row + 4] = CHI(b[row + 4], b[row], b[row + 1]);
  }
  a[0] = XOR(a[0], _mm_loadl_epi64((const __m128i *)constant));
}

VECTORS void keccak_vectors_permute(uint64_t *state) {
  __m128i a[25];
#pragma GCC unroll 25
  for (int lane = 0; lane < 25; lane++) a[lane] = _mm_loadl_epi64((const __m128i *)(state + lane));
#pragma GCC unroll 1
  for (int index = 0; index < 24; index++) permute_round(a, round_constants + index);
#pragma GCC unroll 25
  for (int lane = 0; lane < 25; lane++) _mm_storel_epi64((__m128i *)(state + lane), a[lane]);
}

bool keccak_vectors_are_available(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
}

#else

void keccak_vectors_permute(uint64_t *state) { (void)state; }

bool keccak_vectors_are_available(void) { return false; }

#endif
