#include "simd.h"

// What a decoder's step does to the rows of new tokens, one row a token: everything but its products and norms.

// x += y
EXPORT(add_into)
void add_into(float *x, const float *y, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) store(x + i, add(load(x + i), load(y + i)));
  for (; i < size; i++) x[i] += y[i];
}

// Positions that lie side by side in a cache: as many as the widest vector has lanes.
#define BLOCK 16

// Attention of single tokens over their slots' caches, after their own keys and values have been put there. `projected`
// (rows, (heads + 2·groups)·size) holds q, k and v of each row; q and k are turned in place by the angles of the row's
// position first (pairs (c, c + size/2); cosine and sine are (positions, size/2)) unless `turns` is 0. The caches are
// (slots, groups, positions/BLOCK, size, BLOCK): vectors run along the positions, and what a head reads lies in one piece.
// Rows of one slot stand in ascending order of position. out (rows, heads·size). scratch: `stride` floats, the positions
// of a cache, a multiple of BLOCK.
EXPORT(cached_attention)
void cached_attention(float *projected, const int *slots, const int *positions, float *keys, float *values,
                      const float *cosine, const float *sine, float *out, int rows, int heads, int groups, int size,
                      int stride, int turns, float scale, float *scratch) {
  int half = size / 2, piece = size * BLOCK;
  for (int r = 0; r < rows; r++, projected += (heads + 2 * groups) * size, out += heads * size) {
    int position = positions[r], visible = position + 1, slot = slots[r] * groups * size * stride;
    const float *cos = cosine + position * half, *sin = sine + position * half;
    for (int h = 0; turns && h < heads + groups; h++) {
      float *left = projected + h * size, *right = left + half;
      for (int c = 0; c < half; c++) {
        float a = left[c], b = right[c];
        left[c] = a * cos[c] - b * sin[c];
        right[c] = a * sin[c] + b * cos[c];
      }
    }
    for (int g = 0; g < groups; g++) {
      const float *key = projected + (heads + g) * size, *value = key + groups * size;
      int at = slot + g * size * stride + position / BLOCK * piece + position % BLOCK;
      for (int c = 0; c < size; c++) keys[at + c * BLOCK] = key[c], values[at + c * BLOCK] = value[c];
    }
    for (int h = 0; h < heads; h++) {
      int cache = slot + h / (heads / groups) * size * stride;
      const float *query = projected + h * size, *key = keys + cache, *value = values + cache;
      vec tops = splat(-1e30f), sums = splat(0);
      for (int t = 0; t < visible; t += LANES) {
        const float *from = key + t / BLOCK * piece + t % BLOCK;
        vec even = splat(0), odd = splat(0);
        for (int c = 0; c + 2 <= size; c += 2) {
          even = plus(splat(query[c]), load(from + c * BLOCK), even);
          odd = plus(splat(query[c + 1]), load(from + c * BLOCK + BLOCK), odd);
        }
        store(scratch + t, mul(add(even, odd), splat(scale)));
      }
      // Positions after this one hold what another answer left there.
      for (int t = visible; t % LANES != 0; t++) scratch[t] = -1e30f;
      for (int t = 0; t < visible; t += LANES) tops = larger(tops, load(scratch + t));
      vec top = splat(max_lanes(tops));
      for (int t = 0; t < visible; t += LANES) store(scratch + t, exponential(sub(load(scratch + t), top)));
      for (int t = visible; t % LANES != 0; t++) scratch[t] = 0;
      for (int t = 0; t < visible; t += LANES) sums = add(sums, load(scratch + t));
      float inverse = 1 / sum_lanes(sums);
      for (int c = 0; c + 2 <= size; c += 2) {
        vec even = splat(0), odd = splat(0);
        for (int t = 0; t < visible; t += LANES) {
          const float *from = value + t / BLOCK * piece + c * BLOCK + t % BLOCK;
          even = plus(load(scratch + t), load(from), even);
          odd = plus(load(scratch + t), load(from + BLOCK), odd);
        }
        out[h * size + c] = sum_lanes(even) * inverse;
        out[h * size + c + 1] = sum_lanes(odd) * inverse;
      }
    }
  }
}
