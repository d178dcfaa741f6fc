// Vectors of x86-64 with AVX-512F.
#pragma once
#include <immintrin.h>

#define LANES 16
// Rows of a tile, 2 vectors wide: 16 sums hide the latency of two multipliers. 12 rows, which would fit the registers as
// well, were 5 % slower on Zen 4.
#define TILE_ROWS 8

typedef __m512 vec;

INLINE vec load(const float *from) { return _mm512_loadu_ps(from); }
INLINE void store(float *to, vec value) { _mm512_storeu_ps(to, value); }
INLINE vec load_some(const float *from, int count) { return _mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), from); }
INLINE void store_some(float *to, vec value, int count) { _mm512_mask_storeu_ps(to, (__mmask16)((1u << count) - 1), value); }
INLINE vec splat(float value) { return _mm512_set1_ps(value); }
INLINE vec add(vec a, vec b) { return _mm512_add_ps(a, b); }
INLINE vec sub(vec a, vec b) { return _mm512_sub_ps(a, b); }
INLINE vec mul(vec a, vec b) { return _mm512_mul_ps(a, b); }
INLINE vec divide(vec a, vec b) { return _mm512_div_ps(a, b); }
INLINE vec plus(vec a, vec b, vec c) { return _mm512_fmadd_ps(a, b, c); }
INLINE vec larger(vec a, vec b) { return _mm512_max_ps(a, b); }
INLINE vec smaller(vec a, vec b) { return _mm512_min_ps(a, b); }
INLINE vec root(vec a) { return _mm512_sqrt_ps(a); }
INLINE vec nearest(vec a) { return _mm512_roundscale_ps(a, 0); }
INLINE float first_lane(vec a) { return _mm512_cvtss_f32(a); }
INLINE vec scale_by_power(vec a, vec n) { return _mm512_scalef_ps(a, n); }
INLINE float sum_lanes(vec a) { return _mm512_reduce_add_ps(a); }
INLINE float max_lanes(vec a) { return _mm512_reduce_max_ps(a); }

#include "turn8.h"
