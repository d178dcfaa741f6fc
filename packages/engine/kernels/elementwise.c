#include "simd.h"

// σ(x)
INLINE vec sigmoid(vec x) { return divide(splat(1), add(splat(1), exponential(sub(splat(0), x)))); }

// Loops run over whole vectors; what is left is handled value by value, each as the first lane of a vector, so that a
// value's bits do not depend on its place.

// SwiGLU (Shazeer 2020): out = gate·σ(gate)·up
EXPORT(swiglu)
void swiglu(const float *gate, const float *up, float *out, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) {
    vec g = load(gate + i);
    store(out + i, mul(mul(g, sigmoid(g)), load(up + i)));
  }
  for (; i < size; i++) {
    vec g = splat(gate[i]);
    out[i] = first_lane(mul(mul(g, sigmoid(g)), splat(up[i])));
  }
}

// d gate = dy·up·σ·(1 + gate·(1 − σ)); d up = dy·gate·σ
INLINE vec gate_slope(vec g, vec s) { return mul(s, plus(g, sub(splat(1), s), splat(1))); }

EXPORT(swiglu_gradient)
void swiglu_gradient(const float *dy, const float *gate, const float *up, float *dgate, float *dup, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) {
    vec g = load(gate + i), d = load(dy + i), s = sigmoid(g);
    store(dgate + i, mul(mul(d, load(up + i)), gate_slope(g, s)));
    store(dup + i, mul(d, mul(g, s)));
  }
  for (; i < size; i++) {
    vec g = splat(gate[i]), d = splat(dy[i]), s = sigmoid(g);
    dgate[i] = first_lane(mul(mul(d, splat(up[i])), gate_slope(g, s)));
    dup[i] = first_lane(mul(d, mul(g, s)));
  }
}

// 2·√(2/π)·(x + 0.044715·x³), so that GELU's tanh approximation x/2·(1 + tanh(…)) is x·σ of it: no digits cancel.
INLINE vec gelu_argument(vec x) { return mul(mul(splat(1.59576912f), x), add(splat(1), mul(splat(0.044715f), mul(x, x)))); }

// GELU (Hendrycks and Gimpel 2016) as GPT-2 approximates it.
EXPORT(gelu)
void gelu(const float *x, float *out, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) {
    vec v = load(x + i);
    store(out + i, mul(v, sigmoid(gelu_argument(v))));
  }
  for (; i < size; i++) {
    vec v = splat(x[i]);
    out[i] = first_lane(mul(v, sigmoid(gelu_argument(v))));
  }
}

// With u the argument above and s = σ(u): d = s + x·s·(1 − s)·u′, u′ = 2·√(2/π)·(1 + 3·0.044715·x²).
INLINE vec gelu_slope(vec x) {
  vec s = sigmoid(gelu_argument(x)), steep = mul(splat(1.59576912f), add(splat(1), mul(splat(0.134145f), mul(x, x))));
  return mul(s, add(splat(1), mul(mul(x, sub(splat(1), s)), steep)));
}

EXPORT(gelu_gradient)
void gelu_gradient(const float *dy, const float *x, float *dx, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) store(dx + i, mul(load(dy + i), gelu_slope(load(x + i))));
  for (; i < size; i++) dx[i] = dy[i] * first_lane(gelu_slope(splat(x[i])));
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
