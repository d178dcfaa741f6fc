// Vectors of WebAssembly. The module shares TensorFlow.js's heap, so it may own no memory of its own: no static data, no
// stack (build.mjs checks both). Nothing is contracted: every product and every sum rounds, on every machine.
#pragma once
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define LANES 4

typedef v128_t vec;

INLINE vec load(const float *from) { return wasm_v128_load(from); }
INLINE void store(float *to, vec value) { wasm_v128_store(to, value); }
INLINE vec splat(float value) { return wasm_f32x4_splat(value); }
INLINE vec add(vec a, vec b) { return wasm_f32x4_add(a, b); }
INLINE vec sub(vec a, vec b) { return wasm_f32x4_sub(a, b); }
INLINE vec mul(vec a, vec b) { return wasm_f32x4_mul(a, b); }
INLINE vec divide(vec a, vec b) { return wasm_f32x4_div(a, b); }
// a·b + c
INLINE vec plus(vec a, vec b, vec c) { return add(mul(a, b), c); }
INLINE vec larger(vec a, vec b) { return wasm_f32x4_max(a, b); }
INLINE vec smaller(vec a, vec b) { return wasm_f32x4_min(a, b); }
INLINE vec root(vec a) { return wasm_f32x4_sqrt(a); }
INLINE vec nearest(vec a) { return wasm_f32x4_nearest(a); }
INLINE float first_lane(vec a) { return wasm_f32x4_extract_lane(a, 0); }

// a·2^n for a whole number n such that 2^n is normal.
INLINE vec scale_by_power(vec a, vec n) {
  return mul(a, wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23));
}

INLINE float sum_lanes(vec a) {
  return (wasm_f32x4_extract_lane(a, 0) + wasm_f32x4_extract_lane(a, 1)) +
         (wasm_f32x4_extract_lane(a, 2) + wasm_f32x4_extract_lane(a, 3));
}

INLINE float max_lanes(vec a) {
  vec pairs = wasm_f32x4_max(a, wasm_i32x4_shuffle(a, a, 2, 3, 0, 1));
  return wasm_f32x4_extract_lane(wasm_f32x4_max(pairs, wasm_i32x4_shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}
