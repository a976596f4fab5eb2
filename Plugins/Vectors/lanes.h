/*
 * What happens in the lanes of vectors. Included once for each width, with LANE the unsigned type of a lane and
 * NAME(operation) its names; guest and host are little-endian, so a vector's bytes are its lanes as they stand.
 */
enum { NAME(lane_count) = VECTOR_BYTES / sizeof(LANE) };

#define ON_LANES(operation, expression)                                                                       \
  static weft_status NAME(operation)(weft_call *call, const weft_operands *operands) {                        \
    LANE first[NAME(lane_count)], second[NAME(lane_count)];                                                   \
    const uint32_t rounding = rounding_of(call);                                                              \
    WEFT_TRY(load_vector(call, operands->rs1, first));                                                        \
    WEFT_TRY(load_vector(call, operands->rs2, second));                                                       \
    for (int lane = 0; lane < NAME(lane_count); lane++) {                                                     \
      const LANE a = first[lane], b = second[lane];                                                           \
      first[lane] = (LANE)(expression);                                                                       \
      (void)a, (void)b, (void)rounding;                                                                       \
    }                                                                                                         \
    return store_vector(call, operands->source_rd, first);                                                    \
  }

ON_LANES(add, a + b)
ON_LANES(subtract, a - b)
ON_LANES(equal, 0 - (a == b)) /* all bits set where it holds, none elsewhere */
ON_LANES(less, 0 - (a < b))   /* as unsigned numbers */
ON_LANES(average, (a & b) + ((a ^ b) >> 1) + ((a ^ b) & 1 & rounding))

/* rd = the sum of all lanes, mod 2^32. */
static weft_status NAME(sum)(weft_call *call, const weft_operands *operands) {
  LANE lanes[NAME(lane_count)];
  uint32_t total = 0;
  WEFT_TRY(load_vector(call, operands->rs1, lanes));
  for (int lane = 0; lane < NAME(lane_count); lane++) total += lanes[lane];
  call->x[operands->rd] = total;
  return WEFT_OK;
}

/* All lanes = the low bits of rs1. */
static weft_status NAME(spread)(weft_call *call, const weft_operands *operands) {
  LANE lanes[NAME(lane_count)];
  for (int lane = 0; lane < NAME(lane_count); lane++) lanes[lane] = (LANE)call->x[operands->rs1];
  return store_vector(call, operands->source_rd, lanes);
}

#undef ON_LANES
