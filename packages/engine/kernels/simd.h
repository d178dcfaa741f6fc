// What every kernel needs. The module shares TensorFlow.js's heap, so it may own no memory of its own: no static data, no
// stack (build.mjs checks both). All arrays are row-major float32; sizes count elements, never bytes.
#pragma once
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define INLINE static inline __attribute__((always_inline))

typedef v128_t f32x4;

INLINE f32x4 load(const float *from) { return wasm_v128_load(from); }
INLINE f32x4 splat(float value) { return wasm_f32x4_splat(value); }
INLINE f32x4 add(f32x4 a, f32x4 b) { return wasm_f32x4_add(a, b); }
INLINE f32x4 sub(f32x4 a, f32x4 b) { return wasm_f32x4_sub(a, b); }
INLINE f32x4 mul(f32x4 a, f32x4 b) { return wasm_f32x4_mul(a, b); }
INLINE void store(float *to, f32x4 value) { wasm_v128_store(to, value); }

INLINE float sum_lanes(f32x4 a) {
  return (wasm_f32x4_extract_lane(a, 0) + wasm_f32x4_extract_lane(a, 1)) +
         (wasm_f32x4_extract_lane(a, 2) + wasm_f32x4_extract_lane(a, 3));
}

INLINE float max_lanes(f32x4 a) {
  f32x4 pairs = wasm_f32x4_max(a, wasm_i32x4_shuffle(a, a, 2, 3, 0, 1));
  return wasm_f32x4_extract_lane(wasm_f32x4_max(pairs, wasm_i32x4_shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

// e^x to about 2 units in the last place. x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor polynomial of degree 7,
// whose remainder there is below 3e-9; then n is added to the exponent. Arguments are clamped to the range in which
// 2^n is a normal number, NaN stays NaN.
INLINE f32x4 exp4(f32x4 x) {
  f32x4 clamped = wasm_f32x4_max(wasm_f32x4_min(x, splat(88.3f)), splat(-87.3f));
  f32x4 n = wasm_f32x4_nearest(mul(clamped, splat(1.44269504f)));
  // ln 2 in two parts, so that n·ln 2 is taken off without rounding the result.
  f32x4 r = sub(sub(clamped, mul(n, splat(0.693359375f))), mul(n, splat(-2.12194440e-4f)));
  f32x4 p = splat(1.0f / 5040);
  p = add(mul(p, r), splat(1.0f / 720));
  p = add(mul(p, r), splat(1.0f / 120));
  p = add(mul(p, r), splat(1.0f / 24));
  p = add(mul(p, r), splat(1.0f / 6));
  p = add(mul(p, r), splat(0.5f));
  p = add(mul(p, r), splat(1.0f));
  p = add(mul(p, r), splat(1.0f));
  v128_t exponent = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return mul(p, exponent);
}

INLINE float exp1(float x) { return wasm_f32x4_extract_lane(exp4(splat(x)), 0); }

// ln x for a positive normal x. x = 2^e·m with m in [√½, √2); ln m = 2 artanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.172, by the
// odd series up to s⁹ (remainder below 1e-9).
INLINE float log1(float x) {
  union { float f; int i; } bits = {x};
  int exponent = ((bits.i >> 23) & 255) - 127;
  bits.i = (bits.i & 0x007fffff) | 0x3f800000;
  float m = bits.f;
  if (m > 1.41421356f) { m *= 0.5f; exponent += 1; }
  float s = (m - 1) / (m + 1), s2 = s * s;
  float series = s2 * (1.0f / 3 + s2 * (1.0f / 5 + s2 * (1.0f / 7 + s2 * (1.0f / 9))));
  return (float)exponent * 0.693147181f + 2 * (s + s * series);
}
