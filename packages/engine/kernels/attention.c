#include "tiles.h"

// Causal attention after Dao et al., "FlashAttention" (2022): scores are made strip by strip and never stored; the
// backward pass makes them again from each row's maximum and sum. q is (batch, queries, heads, size), k and v are
// (batch, keys, groups, size) with heads a multiple of groups (grouped-query attention). Query i sees the keys up to
// i + keys − queries. size is a multiple of 4.
#if LANES == 16
#define STRIP 16
#else
#define STRIP 8
#endif

// Columns of a strip: to[c][r] = from[r][c]·scale, zero for rows that the last strip lacks.
INLINE void columns(const float *from, int stride, int rows, int size, float scale, float *to) {
  for (int c = 0; c < size; c++)
    for (int r = 0; r < STRIP; r++) to[c * STRIP + r] = r < rows ? from[r * stride + c] * scale : 0;
}

// Keys after a query: its weight is nothing. first = the number of keys that the strip's first query sees.
INLINE void hide_future(float *weights, int first, int visible, float value) {
  for (int j = first; j < visible; j++)
    for (int r = 0; r < j - first + 1 && r < STRIP; r++) weights[j * STRIP + r] = value;
}

// out = softmax(scale·q·kᵀ)·v; stats (batch, heads, queries, 2) keeps each row's maximum and 1/sum.
// scratch: (size + keys)·8 floats.
EXPORT(attention)
void attention(const float *q, const float *k, const float *v, float *out, float *stats, int batch, int queries,
               int keys, int heads, int groups, int size, float scale, float *scratch) {
  int q_row = heads * size, k_row = groups * size, offset = keys - queries;
  float *query = scratch, *weight = scratch + size * STRIP;
  for (int b = 0; b < batch; b++)
    for (int h = 0; h < heads; h++) {
      int at_q = b * queries * q_row + h * size, at_k = b * keys * k_row + h / (heads / groups) * size;
      for (int i = 0; i < queries; i += STRIP) {
        int rows = queries - i < STRIP ? queries - i : STRIP, visible = i + rows + offset;
        columns(q + at_q + i * q_row, q_row, rows, size, scale, query);
        tiles(k + at_k, k_row, 1, query, STRIP, size, weight, STRIP, visible, STRIP, 0);
        hide_future(weight, i + offset + 1, visible, -1e30f);
        float *kept = stats + ((b * heads + h) * queries + i) * 2;
        for (int r = 0; r < STRIP; r += LANES) {
          vec top = splat(-1e30f), sum = splat(0);
          for (int at = r; at < visible * STRIP; at += STRIP) top = larger(top, load(weight + at));
          for (int at = r; at < visible * STRIP; at += STRIP) {
            vec e = exponential(sub(load(weight + at), top));
            sum = add(sum, e);
            store(weight + at, e);
          }
          vec inverse = divide(splat(1), sum);
          for (int at = r; at < visible * STRIP; at += STRIP) store(weight + at, mul(load(weight + at), inverse));
          store(query, top), store(query + LANES, inverse);
          for (int l = 0; l < LANES && r + l < rows; l++) {
            kept[2 * (r + l)] = query[l];
            kept[2 * (r + l) + 1] = query[LANES + l];
          }
        }
        tiles(weight, 1, STRIP, v + at_k, k_row, visible, out + at_q + i * q_row, q_row, rows, size, 0);
      }
    }
}

// Gradients of `attention`. scratch: (2·size + 2·keys + 3)·8 floats. With P the weights and δᵢ = dOᵢ·Oᵢ:
// dV = Pᵀ·dO, dS = P∘(dO·Vᵀ − δ)·scale, dQ = dS·K, dK = dSᵀ·Q.
EXPORT(attention_gradient)
void attention_gradient(const float *dout, const float *q, const float *k, const float *v, const float *out,
                        const float *stats, float *dq, float *dk, float *dv, int batch, int queries, int keys,
                        int heads, int groups, int size, float scale, float *scratch) {
  int q_row = heads * size, k_row = groups * size, offset = keys - queries;
  float *query = scratch, *slope = query + size * STRIP, *weight = slope + size * STRIP;
  float *change = weight + keys * STRIP, *top = change + keys * STRIP, *inverse = top + STRIP, *delta = inverse + STRIP;
  for (int at = 0; at < batch * keys * k_row; at++) dk[at] = dv[at] = 0;
  for (int b = 0; b < batch; b++)
    for (int h = 0; h < heads; h++) {
      int at_q = b * queries * q_row + h * size, at_k = b * keys * k_row + h / (heads / groups) * size;
      for (int i = 0; i < queries; i += STRIP) {
        int rows = queries - i < STRIP ? queries - i : STRIP, visible = i + rows + offset, at = at_q + i * q_row;
        const float *kept = stats + ((b * heads + h) * queries + i) * 2;
        for (int r = 0; r < STRIP; r++) {
          const float *slopes = dout + at + r * q_row, *values = out + at + r * q_row;
          float product = 0;
          for (int c = 0; c < size && r < rows; c++) product += slopes[c] * values[c];
          delta[r] = product;
          top[r] = r < rows ? kept[2 * r] : 0;
          inverse[r] = r < rows ? kept[2 * r + 1] : 0;
        }
        columns(q + at, q_row, rows, size, scale, query);
        columns(dout + at, q_row, rows, size, 1, slope);
        tiles(k + at_k, k_row, 1, query, STRIP, size, weight, STRIP, visible, STRIP, 0);
        tiles(v + at_k, k_row, 1, slope, STRIP, size, change, STRIP, visible, STRIP, 0);
        vec factor = splat(scale);
        for (int j = 0; j < visible; j++)
          for (int r = 0; r < STRIP; r += LANES) {
            int cell = j * STRIP + r;
            store(weight + cell, mul(exponential(sub(load(weight + cell), load(top + r))), load(inverse + r)));
          }
        hide_future(weight, i + offset + 1, visible, 0);
        for (int j = 0; j < visible; j++)
          for (int r = 0; r < STRIP; r += LANES) {
            int cell = j * STRIP + r;
            store(change + cell, mul(mul(load(weight + cell), sub(load(change + cell), load(delta + r))), factor));
          }
        tiles(change, 1, STRIP, k + at_k, k_row, visible, dq + at, q_row, rows, size, 0);
        tiles(change, STRIP, 1, q + at, q_row, rows, dk + at_k, k_row, visible, size, 1);
        tiles(weight, STRIP, 1, dout + at, q_row, rows, dv + at_k, k_row, visible, size, 1);
      }
    }
}
