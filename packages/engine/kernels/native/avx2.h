// Vectors of x86-64 with AVX2 and FMA.
#pragma once
#include <immintrin.h>

#define LANES 8
// Registers: a tile of TILE_ROWS × 2 vectors, 2 vectors of B and one of A fit the 16 of AVX2.
#define TILE_ROWS 6

typedef __m256 vec;

// All bits of the first `count` lanes.
INLINE __m256i first_lanes(int count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE vec load(const float *from) { return _mm256_loadu_ps(from); }
INLINE void store(float *to, vec value) { _mm256_storeu_ps(to, value); }
INLINE vec load_some(const float *from, int count) { return _mm256_maskload_ps(from, first_lanes(count)); }
INLINE void store_some(float *to, vec value, int count) { _mm256_maskstore_ps(to, first_lanes(count), value); }
INLINE vec splat(float value) { return _mm256_set1_ps(value); }
INLINE vec add(vec a, vec b) { return _mm256_add_ps(a, b); }
INLINE vec sub(vec a, vec b) { return _mm256_sub_ps(a, b); }
INLINE vec mul(vec a, vec b) { return _mm256_mul_ps(a, b); }
INLINE vec divide(vec a, vec b) { return _mm256_div_ps(a, b); }
INLINE vec plus(vec a, vec b, vec c) { return _mm256_fmadd_ps(a, b, c); }
INLINE vec larger(vec a, vec b) { return _mm256_max_ps(a, b); }
INLINE vec smaller(vec a, vec b) { return _mm256_min_ps(a, b); }
INLINE vec root(vec a) { return _mm256_sqrt_ps(a); }
INLINE vec nearest(vec a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
INLINE float first_lane(vec a) { return _mm256_cvtss_f32(a); }

INLINE vec scale_by_power(vec a, vec n) {
  __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return mul(a, _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23)));
}

INLINE float sum_lanes(vec a) {
  __m128 four = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

INLINE float max_lanes(vec a) {
  __m128 four = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
  __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

#include "turn8.h"
