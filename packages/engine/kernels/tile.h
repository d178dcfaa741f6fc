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
  const f32x4 zero = splat(0);
  int wide = vecs == 2, tall = rows == 4;
  f32x4 s00 = accumulate ? load(c0) : zero, s01 = accumulate && wide ? load(c0 + 4) : zero;
  f32x4 s10 = accumulate && tall ? load(c1) : zero, s11 = accumulate && tall && wide ? load(c1 + 4) : zero;
  f32x4 s20 = accumulate && tall ? load(c2) : zero, s21 = accumulate && tall && wide ? load(c2 + 4) : zero;
  f32x4 s30 = accumulate && tall ? load(c3) : zero, s31 = accumulate && tall && wide ? load(c3 + 4) : zero;
  for (int k = 0; k < depth; k++, a += a_k, b += b_k) {
    f32x4 b0 = load(b), b1 = wide ? load(b + 4) : zero, left = wasm_v128_load32_splat(a);
    s00 = add(s00, mul(left, b0));
    if (wide) s01 = add(s01, mul(left, b1));
    if (tall) {
      left = wasm_v128_load32_splat(a + a_row);
      s10 = add(s10, mul(left, b0));
      if (wide) s11 = add(s11, mul(left, b1));
      left = wasm_v128_load32_splat(a + 2 * a_row);
      s20 = add(s20, mul(left, b0));
      if (wide) s21 = add(s21, mul(left, b1));
      left = wasm_v128_load32_splat(a + 3 * a_row);
      s30 = add(s30, mul(left, b0));
      if (wide) s31 = add(s31, mul(left, b1));
    }
  }
  store(c0, s00);
  if (wide) store(c0 + 4, s01);
  if (tall) {
    store(c1, s10), store(c2, s20), store(c3, s30);
    if (wide) store(c1 + 4, s11), store(c2 + 4, s21), store(c3 + 4, s31);
  }
}
