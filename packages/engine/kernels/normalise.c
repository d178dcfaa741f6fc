#include "simd.h"

// RMSNorm (Zhang and Sennrich 2019): out = x / √(mean(x²) + ε) · gain over rows of `size`; `inverse` keeps 1/√… a row.
EXPORT(rms_norm)
void rms_norm(const float *x, const float *gain, float *out, float *inverse, int rows, int size, float epsilon) {
  for (int r = 0; r < rows; r++, x += size, out += size) {
    vec squares = splat(0);
    float rest = 0;
    int c = 0;
    for (; c + LANES <= size; c += LANES) squares = plus(load(x + c), load(x + c), squares);
    for (; c < size; c++) rest += x[c] * x[c];
    float scale = 1 / __builtin_sqrtf((sum_lanes(squares) + rest) / (float)size + epsilon);
    inverse[r] = scale;
    for (c = 0; c + LANES <= size; c += LANES) store(out + c, mul(mul(load(x + c), splat(scale)), load(gain + c)));
    for (; c < size; c++) out[c] = x[c] * scale * gain[c];
  }
}

// With n = x·inverse: dx = inverse·(dy∘gain − n·mean(dy∘gain∘n)), dgain = Σ_rows dy∘n.
EXPORT(rms_norm_gradient)
void rms_norm_gradient(const float *dy, const float *x, const float *gain, const float *inverse, float *dx,
                       float *dgain, int rows, int size) {
  for (int c = 0; c < size; c++) dgain[c] = 0;
  for (int r = 0; r < rows; r++, x += size, dy += size, dx += size) {
    vec products = splat(0);
    float rest = 0, scale = inverse[r];
    int c = 0;
    for (; c + LANES <= size; c += LANES) {
      vec slope = mul(load(dy + c), load(x + c));
      products = plus(slope, load(gain + c), products);
      store(dgain + c, plus(slope, splat(scale), load(dgain + c)));
    }
    for (; c < size; c++) {
      rest += dy[c] * x[c] * gain[c];
      dgain[c] += dy[c] * x[c] * scale;
    }
    float pull = (sum_lanes(products) + rest) * scale * scale * scale / (float)size;
    for (c = 0; c + LANES <= size; c += LANES)
      store(dx + c, sub(mul(mul(load(dy + c), load(gain + c)), splat(scale)), mul(load(x + c), splat(pull))));
    for (; c < size; c++) dx[c] = dy[c] * gain[c] * scale - x[c] * pull;
  }
}

// LayerNorm (Ba, Kiros and Hinton 2016): out = (x − mean(x)) / √(var(x) + ε) · gain + bias over rows of `size`; `mean` and
// `inverse` keep mean(x) and 1/√… a row. The variance is that of the centred row, which loses no digits.
EXPORT(layer_norm)
void layer_norm(const float *x, const float *gain, const float *bias, float *out, float *mean, float *inverse, int rows,
                int size, float epsilon) {
  for (int r = 0; r < rows; r++, x += size, out += size) {
    vec sum = splat(0), squares = splat(0);
    float rest = 0;
    int c = 0;
    for (; c + LANES <= size; c += LANES) sum = add(sum, load(x + c));
    for (; c < size; c++) rest += x[c];
    float centre = (sum_lanes(sum) + rest) / (float)size;
    rest = 0;
    for (c = 0; c + LANES <= size; c += LANES) {
      vec apart = sub(load(x + c), splat(centre));
      squares = add(squares, mul(apart, apart));
    }
    for (; c < size; c++) rest += (x[c] - centre) * (x[c] - centre);
    float scale = 1 / __builtin_sqrtf((sum_lanes(squares) + rest) / (float)size + epsilon);
    mean[r] = centre;
    inverse[r] = scale;
    for (c = 0; c + LANES <= size; c += LANES) {
      vec normal = mul(sub(load(x + c), splat(centre)), splat(scale));
      store(out + c, add(mul(normal, load(gain + c)), load(bias + c)));
    }
    for (; c < size; c++) out[c] = (x[c] - centre) * scale * gain[c] + bias[c];
  }
}

// With n = (x − mean)·inverse and g = dy∘gain: dx = inverse·(g − mean(g) − n·mean(g∘n)), dgain = Σ_rows dy∘n, dbias = Σ_rows dy.
EXPORT(layer_norm_gradient)
void layer_norm_gradient(const float *dy, const float *x, const float *gain, const float *mean, const float *inverse,
                         float *dx, float *dgain, float *dbias, int rows, int size) {
  for (int c = 0; c < size; c++) dgain[c] = dbias[c] = 0;
  for (int r = 0; r < rows; r++, x += size, dy += size, dx += size) {
    vec slopes = splat(0), products = splat(0), centre = splat(mean[r]), scale = splat(inverse[r]);
    float slope_rest = 0, product_rest = 0;
    int c = 0;
    for (; c + LANES <= size; c += LANES) {
      vec slope = load(dy + c), normal = mul(sub(load(x + c), centre), scale), g = mul(slope, load(gain + c));
      slopes = add(slopes, g);
      products = add(products, mul(g, normal));
      store(dgain + c, add(load(dgain + c), mul(slope, normal)));
      store(dbias + c, add(load(dbias + c), slope));
    }
    for (; c < size; c++) {
      float normal = (x[c] - mean[r]) * inverse[r];
      slope_rest += dy[c] * gain[c];
      product_rest += dy[c] * gain[c] * normal;
      dgain[c] += dy[c] * normal;
      dbias[c] += dy[c];
    }
    float level = (sum_lanes(slopes) + slope_rest) / (float)size, pull = (sum_lanes(products) + product_rest) / (float)size;
    for (c = 0; c + LANES <= size; c += LANES) {
      vec normal = mul(sub(load(x + c), centre), scale), g = mul(load(dy + c), load(gain + c));
      store(dx + c, mul(scale, sub(sub(g, splat(level)), mul(normal, splat(pull)))));
    }
    for (; c < size; c++)
      dx[c] = inverse[r] * (dy[c] * gain[c] - level - (x[c] - mean[r]) * inverse[r] * pull);
  }
}

INLINE float log_sum_exp(const float *x, int size) {
  vec tops = splat(x[0]), sums = splat(0);
  int c = 0;
  for (; c + LANES <= size; c += LANES) tops = larger(tops, load(x + c));
  float top = max_lanes(tops), rest = 0;
  for (; c < size; c++) top = x[c] > top ? x[c] : top;
  for (c = 0; c + LANES <= size; c += LANES) sums = add(sums, exponential(sub(load(x + c), splat(top))));
  for (; c < size; c++) rest += exp1(x[c] - top);
  return top + log1(sum_lanes(sums) + rest);
}

// out[r] = logits[r][token[r]] − logΣexp(logits[r]); `normaliser` keeps logΣexp. Returns the first row whose token lies
// outside the vocabulary, else −1.
EXPORT(token_log_probs)
int token_log_probs(const float *logits, const int *tokens, float *out, float *normaliser, int rows, int vocabulary) {
  for (int r = 0; r < rows; r++, logits += vocabulary) {
    if (tokens[r] < 0 || tokens[r] >= vocabulary) return r;
    normaliser[r] = log_sum_exp(logits, vocabulary);
    out[r] = logits[tokens[r]] - normaliser[r];
  }
  return -1;
}

// dlogits = dy·(one-hot(token) − softmax(logits)), without ever building the one-hot rows.
EXPORT(token_log_probs_gradient)
void token_log_probs_gradient(const float *dy, const float *logits, const int *tokens, const float *normaliser,
                              float *dlogits, int rows, int vocabulary) {
  for (int r = 0; r < rows; r++, logits += vocabulary, dlogits += vocabulary) {
    vec slope = splat(-dy[r]), shift = splat(normaliser[r]);
    int c = 0;
    for (; c + LANES <= vocabulary; c += LANES) store(dlogits + c, mul(slope, exponential(sub(load(logits + c), shift))));
    for (; c < vocabulary; c++) dlogits[c] = -dy[r] * exp1(logits[c] - normaliser[r]);
    dlogits[tokens[r]] += dy[r];
  }
}
