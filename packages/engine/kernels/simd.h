// What every kernel needs, over the vectors of the machine that it is compiled for: WebAssembly (for everybody), and the
// processors of the native accelerator (native/). All arrays are row-major float32; sizes count elements, never bytes.
#pragma once

#define INLINE static inline __attribute__((always_inline))

#if defined(__wasm__)
#include "wasm.h"
#elif defined(__AVX512F__)
#include "native/avx512.h"
#elif defined(__AVX2__)
#include "native/avx2.h"
#else
#include "native/neon.h"
#endif

// e^x to about 2 units in the last place. x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor polynomial of degree 7,
// whose remainder there is below 3e-9; then n is added to the exponent. Arguments are clamped to the range in which
// 2^n is a normal number, NaN stays NaN (as the second argument of the larger and the smaller of two).
INLINE vec exponential(vec x) {
  vec clamped = larger(splat(-87.3f), smaller(splat(88.3f), x));
  vec n = nearest(mul(clamped, splat(1.44269504f)));
  // ln 2 in two parts, so that n·ln 2 is taken off without rounding the result.
  vec r = sub(sub(clamped, mul(n, splat(0.693359375f))), mul(n, splat(-2.12194440e-4f)));
  vec p = splat(1.0f / 5040);
  p = plus(p, r, splat(1.0f / 720));
  p = plus(p, r, splat(1.0f / 120));
  p = plus(p, r, splat(1.0f / 24));
  p = plus(p, r, splat(1.0f / 6));
  p = plus(p, r, splat(0.5f));
  p = plus(p, r, splat(1.0f));
  p = plus(p, r, splat(1.0f));
  return scale_by_power(p, n);
}

INLINE float exp1(float x) { return first_lane(exponential(splat(x))); }

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
