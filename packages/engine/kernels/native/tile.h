// The one inner loop of every matrix product here: a tile of up to TILE_ROWS × 2 vectors of results held in registers.
#pragma once
#include "../simd.h"

// C[i][j] (+)= Σ_k A[i][k]·B[k][j], summed over k in ascending order, whatever the tile's size. A's elements lie at
// a[i·a_row + k·a_k]; B's rows are contiguous with stride b_k. `rows`, `vecs` (1 or 2) and `whole` are literals at every
// call; where the last vector is not whole, only its first `last` lanes exist in B and C.
INLINE void tile(int rows, int vecs, int whole, int last, const float *a, long a_row, long a_k, const float *b, long b_k,
                 int depth, float *c, long c_row, int accumulate) {
  vec sum[TILE_ROWS][2];
#pragma GCC unroll 12
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vecs; v++) {
      const float *from = c + i * c_row + v * LANES;
      sum[i][v] = !accumulate ? splat(0) : whole || v < vecs - 1 ? load(from) : load_some(from, last);
    }
  for (int k = 0; k < depth; k++, a += a_k, b += b_k) {
    vec right0 = whole || vecs == 2 ? load(b) : load_some(b, last), right1 = right0;
    if (vecs == 2) right1 = whole ? load(b + LANES) : load_some(b + LANES, last);
#pragma GCC unroll 12
    for (int i = 0; i < rows; i++) {
      vec left = splat(a[i * a_row]);
      sum[i][0] = plus(left, right0, sum[i][0]);
      if (vecs == 2) sum[i][1] = plus(left, right1, sum[i][1]);
    }
  }
#pragma GCC unroll 12
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vecs; v++) {
      float *to = c + i * c_row + v * LANES;
      if (whole || v < vecs - 1) store(to, sum[i][v]);
      else store_some(to, sum[i][v], last);
    }
}

// A column of tiles, m rows: whole tiles first, then the rest in powers of two.
INLINE void column(int vecs, int whole, int last, const float *a, long a_row, long a_k, const float *b, long b_k,
                   int depth, float *c, long c_row, int m, int accumulate) {
  int i = 0;
#define ROWS(rows) tile(rows, vecs, whole, last, a + i * a_row, a_row, a_k, b, b_k, depth, c + i * c_row, c_row, accumulate), i += rows
  while (i + TILE_ROWS <= m) ROWS(TILE_ROWS);
#if TILE_ROWS > 8
  if (i + 8 <= m) ROWS(8);
#endif
  if (i + 4 <= m) ROWS(4);
  if (i + 2 <= m) ROWS(2);
  if (i < m) ROWS(1);
#undef ROWS
}
