// Products of any size out of tiles, without packing: for operands small enough to stay in the cache.
#pragma once
#if defined(__wasm__)
#include "tile.h"

// One column of tiles, all m rows.
INLINE void column(int vecs, const float *a, int a_row, int a_k, const float *b, int b_k, int depth, float *c,
                   int c_row, int m, int accumulate) {
  int i = 0;
  for (; i + 4 <= m; i += 4) tile(4, vecs, a + i * a_row, a_row, a_k, b, b_k, depth, c + i * c_row, c_row, accumulate);
  for (; i < m; i++) tile(1, vecs, a + i * a_row, a_row, a_k, b, b_k, depth, c + i * c_row, c_row, accumulate);
}

// The same for any number of rows and any multiple of four columns.
static __attribute__((noinline)) void tiles(const float *a, int a_row, int a_k, const float *b, int b_k, int depth,
                                            float *c, int c_row, int m, int n, int accumulate) {
  int j = 0;
  for (; j + 8 <= n; j += 8) column(2, a, a_row, a_k, b + j, b_k, depth, c + j, c_row, m, accumulate);
  if (j < n) column(1, a, a_row, a_k, b + j, b_k, depth, c + j, c_row, m, accumulate);
}
#else
#include "native/tiles.h"
#endif
