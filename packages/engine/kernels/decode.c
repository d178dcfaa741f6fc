#include "simd.h"

// What a decoder's step does to the rows of new tokens, one row a token: everything but its products and norms.

// x += y
EXPORT(add_into)
void add_into(float *x, const float *y, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) store(x + i, add(load(x + i), load(y + i)));
  for (; i < size; i++) x[i] += y[i];
}

// Attention of single tokens over their slots' caches, after their own keys and values have been put there. `projected`
// (rows, (heads + 2·groups)·size) holds q, k and v of each row; q and k are turned in place by the angles of the row's
// position first (pairs (c, c + size/2); cosine and sine are (positions, size/2)) unless `turns` is 0. The caches are
// (slots, groups, size, stride), so that vectors run along the positions; stride is a multiple of 16. Rows of one slot
// stand in ascending order of position. out (rows, heads·size). scratch: `stride` floats.
EXPORT(cached_attention)
void cached_attention(float *projected, const int *slots, const int *positions, float *keys, float *values,
                      const float *cosine, const float *sine, float *out, int rows, int heads, int groups, int size,
                      int stride, int turns, float scale, float *scratch) {
  int half = size / 2;
  for (int r = 0; r < rows; r++, projected += (heads + 2 * groups) * size, out += heads * size) {
    int position = positions[r], visible = position + 1, slot = slots[r] * groups * size;
    const float *cos = cosine + position * half, *sin = sine + position * half;
    for (int h = 0; turns && h < heads + groups; h++) {
      float *left = projected + h * size, *right = left + half;
      for (int c = 0; c < half; c++) {
        float a = left[c], b = right[c];
        left[c] = a * cos[c] - b * sin[c];
        right[c] = a * sin[c] + b * cos[c];
      }
    }
    for (int c = 0; c < groups * size; c++) {
      keys[(slot + c) * stride + position] = projected[heads * size + c];
      values[(slot + c) * stride + position] = projected[(heads + groups) * size + c];
    }
    for (int h = 0; h < heads; h++) {
      int channel = slot + h / (heads / groups) * size;
      const float *query = projected + h * size, *key = keys + channel * stride, *value = values + channel * stride;
      vec tops = splat(-1e30f), sums = splat(0);
      for (int t = 0; t < visible; t += LANES) {
        vec score = splat(0);
        for (int c = 0; c < size; c++) score = plus(splat(query[c]), load(key + c * stride + t), score);
        store(scratch + t, mul(score, splat(scale)));
      }
      // Positions after this one hold what another answer left there.
      for (int t = visible; t % LANES != 0; t++) scratch[t] = -1e30f;
      for (int t = 0; t < visible; t += LANES) tops = larger(tops, load(scratch + t));
      vec top = splat(max_lanes(tops));
      for (int t = 0; t < visible; t += LANES) store(scratch + t, exponential(sub(load(scratch + t), top)));
      for (int t = visible; t % LANES != 0; t++) scratch[t] = 0;
      for (int t = 0; t < visible; t += LANES) sums = add(sums, load(scratch + t));
      float inverse = 1 / sum_lanes(sums);
      for (int c = 0; c < size; c++) {
        vec mixed = splat(0);
        for (int t = 0; t < visible; t += LANES) mixed = plus(load(scratch + t), load(value + c * stride + t), mixed);
        out[h * size + c] = sum_lanes(mixed) * inverse;
      }
    }
  }
}
