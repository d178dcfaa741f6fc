// The one inner loop of every matrix product here: a tile of `rows` × 4·`vecs` results held in registers.
#pragma once
#include "simd.h"

// C[i][j] (+)= Σ_k A[i][k]·B[k][j], summed over k in ascending order, whatever the tile's size.
// A's elements lie at a[i·a_row + k·a_k]; B's rows are contiguous with stride b_k. `rows` (1 or 4) and `vecs` (1 or 2) are
// literals at every call. The sums are named one by one, since an array of them could land on the stack, which the
// module must not have: 8 sums, 2 of B and 1 of A fit the 16 registers of SSE.
INLINE void tile(int rows, int vecs, const float *a, int a_row, int a_k, const float *b, int b_k, int depth, float *c,
                 int c_row, int accumulate) {
  float *c0 = c, *c1 = c + c_row, *c2 = c + 2 * c_row, *c3 = c + 3 * c_row;
  const vec zero = splat(0);
  int wide = vecs == 2, tall = rows == 4;
  vec s00 = accumulate ? load(c0) : zero, s01 = accumulate && wide ? load(c0 + 4) : zero;
  vec s10 = accumulate && tall ? load(c1) : zero, s11 = accumulate && tall && wide ? load(c1 + 4) : zero;
  vec s20 = accumulate && tall ? load(c2) : zero, s21 = accumulate && tall && wide ? load(c2 + 4) : zero;
  vec s30 = accumulate && tall ? load(c3) : zero, s31 = accumulate && tall && wide ? load(c3 + 4) : zero;
  for (int k = 0; k < depth; k++, a += a_k, b += b_k) {
    vec b0 = load(b), b1 = wide ? load(b + 4) : zero, left = splat(*a);
    s00 = plus(left, b0, s00);
    if (wide) s01 = plus(left, b1, s01);
    if (tall) {
      left = splat(a[a_row]);
      s10 = plus(left, b0, s10);
      if (wide) s11 = plus(left, b1, s11);
      left = splat(a[2 * a_row]);
      s20 = plus(left, b0, s20);
      if (wide) s21 = plus(left, b1, s21);
      left = splat(a[3 * a_row]);
      s30 = plus(left, b0, s30);
      if (wide) s31 = plus(left, b1, s31);
    }
  }
  store(c0, s00);
  if (wide) store(c0 + 4, s01);
  if (tall) {
    store(c1, s10), store(c2, s20), store(c3, s30);
    if (wide) store(c1 + 4, s11), store(c2 + 4, s21), store(c3 + 4, s31);
  }
}
