#include "simd.h"

// Σ x² in double precision: four sums side by side, since each addition would otherwise wait for the one before.
EXPORT(sum_of_squares)
double sum_of_squares(const float *x, int size) {
  double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
  int i = 0;
  for (; i + 4 <= size; i += 4) {
    sum0 += (double)x[i] * (double)x[i];
    sum1 += (double)x[i + 1] * (double)x[i + 1];
    sum2 += (double)x[i + 2] * (double)x[i + 2];
    sum3 += (double)x[i + 3] * (double)x[i + 3];
  }
  for (; i < size; i++) sum0 += (double)x[i] * (double)x[i];
  return (sum0 + sum1) + (sum2 + sum3);
}

// One AdamW step in place (Loshchilov and Hutter 2019), as PyTorch writes it: weights shrink by `keep` = 1 − rate·decay,
// then w −= step·m / (√v·correct + ε), with step = rate/(1 − β₁ᵗ) and correct = 1/√(1 − β₂ᵗ). `scale` clips the gradient. rest = 1 − β
// comes from the caller: taken from a rounded β₂ = 0.999 it would be off by 5e-5.
EXPORT(adamw)
void adamw(float *weights, const float *gradient, float *first, float *second, int size, float scale, float keep,
           float step, float correct, float beta1, float rest1, float beta2, float rest2, float epsilon) {
  int i = 0;
  vec b1 = splat(beta1), b2 = splat(beta2), c1 = splat(rest1), c2 = splat(rest2);
  for (; i + LANES <= size; i += LANES) {
    vec g = mul(load(gradient + i), splat(scale));
    vec m = plus(load(first + i), b1, mul(g, c1)), v = plus(load(second + i), b2, mul(mul(g, g), c2));
    vec below = plus(root(v), splat(correct), splat(epsilon));
    store(first + i, m);
    store(second + i, v);
    store(weights + i, sub(mul(load(weights + i), splat(keep)), divide(mul(m, splat(step)), below)));
  }
  for (; i < size; i++) {
    float g = gradient[i] * scale;
    first[i] = first[i] * beta1 + g * rest1;
    second[i] = second[i] * beta2 + g * g * rest2;
    weights[i] = weights[i] * keep - first[i] * step / (__builtin_sqrtf(second[i]) * correct + epsilon);
  }
}
