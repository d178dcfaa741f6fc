// Copies of an operand in the order in which tiles read it: panels of `lanes` (4 or 8) neighbouring vectors, each panel
// depth × lanes, the last one filled up with zeros.
#pragma once
#include "simd.h"

#define PANEL 8

// From a matrix whose rows run along the lanes: to[p][k][l] = from[k][p·lanes + l].
INLINE void pack_rows(const float *from, int stride, int width, int depth, float *to, int lanes) {
  for (int k = 0; k < depth; k++, from += stride) {
    float *at = to + k * lanes;
    int j = 0;
    for (; j + lanes <= width; j += lanes, at += depth * lanes)
      for (int l = 0; l < lanes; l += 4) store(at + l, load(from + j + l));
    if (j < width)
      for (int l = 0; l < lanes; l++) at[l] = j + l < width ? from[j + l] : 0;
  }
}

// Four rows of four, turned into four columns `step` apart.
INLINE void turn(const float *from, int stride, float *to, int step) {
  vec a = load(from), b = load(from + stride), c = load(from + 2 * stride), d = load(from + 3 * stride);
  vec ab_low = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), ab_high = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7);
  vec cd_low = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), cd_high = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
  store(to, wasm_i64x2_shuffle(ab_low, cd_low, 0, 2));
  store(to + step, wasm_i64x2_shuffle(ab_low, cd_low, 1, 3));
  store(to + 2 * step, wasm_i64x2_shuffle(ab_high, cd_high, 0, 2));
  store(to + 3 * step, wasm_i64x2_shuffle(ab_high, cd_high, 1, 3));
}

// From a matrix whose rows run along the depth: to[p][k][l] = from[p·lanes + l][k].
INLINE void pack_columns(const float *from, int stride, int width, int depth, float *to, int lanes) {
  for (int j = 0; j < width; j += lanes, from += lanes * stride, to += lanes * depth) {
    int k = 0;
    if (j + lanes <= width)
      for (; k + 4 <= depth; k += 4)
        for (int l = 0; l < lanes; l += 4) turn(from + l * stride + k, stride, to + k * lanes + l, lanes);
    for (; k < depth; k++)
      for (int l = 0; l < lanes; l++) to[k * lanes + l] = j + l < width ? from[l * stride + k] : 0;
  }
}
