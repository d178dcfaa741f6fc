// Products of any size out of tiles, without packing: for operands small enough to stay in the cache.
#pragma once
#include "tile.h"

static __attribute__((noinline)) void tiles(const float *a, long a_row, long a_k, const float *b, long b_k, int depth,
                                            float *c, long c_row, int m, int n, int accumulate) {
  int j = 0, last;
  for (; j + 2 * LANES <= n; j += 2 * LANES)
    column(2, 1, 0, a, a_row, a_k, b + j, b_k, depth, c + j, c_row, m, accumulate);
  if (j + LANES <= n) {
    column(1, 1, 0, a, a_row, a_k, b + j, b_k, depth, c + j, c_row, m, accumulate);
    j += LANES;
  }
  last = n - j;
  if (last > 0) column(1, 0, last, a, a_row, a_k, b + j, b_k, depth, c + j, c_row, m, accumulate);
}
