#include "simd.h"

// σ(x)
INLINE f32x4 sigmoid4(f32x4 x) { return wasm_f32x4_div(splat(1), add(splat(1), exp4(wasm_f32x4_neg(x)))); }

// Loops run over whole vectors; the caller's buffers are rounded up to 16 bytes by the allocator, and the last, partial
// vector is handled lane by lane through this macro-free pattern: process 4 at a time, then the rest as splats.

// SwiGLU (Shazeer 2020): out = gate·σ(gate)·up
EXPORT(swiglu)
void swiglu(const float *gate, const float *up, float *out, int size) {
  int i = 0;
  for (; i + 4 <= size; i += 4) {
    f32x4 g = load(gate + i);
    store(out + i, mul(mul(g, sigmoid4(g)), load(up + i)));
  }
  for (; i < size; i++) {
    f32x4 g = splat(gate[i]);
    out[i] = wasm_f32x4_extract_lane(mul(mul(g, sigmoid4(g)), splat(up[i])), 0);
  }
}

// d gate = dy·up·σ·(1 + gate·(1 − σ)); d up = dy·gate·σ
INLINE f32x4 gate_slope(f32x4 g, f32x4 s) { return mul(s, add(splat(1), mul(g, sub(splat(1), s)))); }

EXPORT(swiglu_gradient)
void swiglu_gradient(const float *dy, const float *gate, const float *up, float *dgate, float *dup, int size) {
  int i = 0;
  for (; i + 4 <= size; i += 4) {
    f32x4 g = load(gate + i), d = load(dy + i), s = sigmoid4(g);
    store(dgate + i, mul(mul(d, load(up + i)), gate_slope(g, s)));
    store(dup + i, mul(d, mul(g, s)));
  }
  for (; i < size; i++) {
    f32x4 g = splat(gate[i]), d = splat(dy[i]), s = sigmoid4(g);
    dgate[i] = wasm_f32x4_extract_lane(mul(mul(d, splat(up[i])), gate_slope(g, s)), 0);
    dup[i] = wasm_f32x4_extract_lane(mul(d, mul(g, s)), 0);
  }
}

// 2·√(2/π)·(x + 0.044715·x³), so that GELU's tanh approximation x/2·(1 + tanh(…)) is x·σ of it: no digits cancel.
INLINE f32x4 gelu_argument(f32x4 x) { return mul(mul(splat(1.59576912f), x), add(splat(1), mul(splat(0.044715f), mul(x, x)))); }

// GELU (Hendrycks and Gimpel 2016) as GPT-2 approximates it.
EXPORT(gelu)
void gelu(const float *x, float *out, int size) {
  int i = 0;
  for (; i + 4 <= size; i += 4) {
    f32x4 v = load(x + i);
    store(out + i, mul(v, sigmoid4(gelu_argument(v))));
  }
  for (; i < size; i++) {
    f32x4 v = splat(x[i]);
    out[i] = wasm_f32x4_extract_lane(mul(v, sigmoid4(gelu_argument(v))), 0);
  }
}

// With u the argument above and s = σ(u): d = s + x·s·(1 − s)·u′, u′ = 2·√(2/π)·(1 + 3·0.044715·x²).
INLINE f32x4 gelu_slope(f32x4 x) {
  f32x4 s = sigmoid4(gelu_argument(x)), steep = mul(splat(1.59576912f), add(splat(1), mul(splat(0.134145f), mul(x, x))));
  return mul(s, add(splat(1), mul(mul(x, sub(splat(1), s)), steep)));
}

EXPORT(gelu_gradient)
void gelu_gradient(const float *dy, const float *x, float *dx, int size) {
  int i = 0;
  for (; i + 4 <= size; i += 4) store(dx + i, mul(load(dy + i), gelu_slope(load(x + i))));
  for (; i < size; i++) dx[i] = dy[i] * wasm_f32x4_extract_lane(gelu_slope(splat(x[i])), 0);
}

// Rotary position embedding (Su et al. 2021) of x (batch, positions, heads, size): each pair (a, b) is turned by its
// angle. Pairs are (c, c + size/2), or (2c, 2c + 1) when interleaved. cos and sin are (positions, size/2), `batch_step`
// floats apart from one batch row to the next (0: the same for all). `direction` −1 turns back, which is the gradient.
EXPORT(rotary)
void rotary(const float *x, const float *cosine, const float *sine, float *out, int batch, int positions, int heads,
            int size, int batch_step, int interleaved, float direction) {
  int half = size / 2, step = interleaved ? 2 : 1, apart = interleaved ? 1 : half;
  for (int b = 0; b < batch; b++)
    for (int t = 0; t < positions; t++) {
      const float *cos = cosine + b * batch_step + t * half, *sin = sine + b * batch_step + t * half;
      for (int h = 0; h < heads; h++, x += size, out += size)
        for (int c = 0; c < half; c++) {
          float left = x[c * step], right = x[c * step + apart], turn = sin[c] * direction;
          out[c * step] = left * cos[c] - right * turn;
          out[c * step + apart] = left * turn + right * cos[c];
        }
    }
}
