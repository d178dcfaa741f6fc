#include "tile.h"

// The product in blocks (Goto and van de Geijn 2008). B is repacked in blocks of at most DEPTH × WIDTH, which stay in the
// second-level cache and are read forward by vectors; a tile's rows of A stay in the first and are read by single values,
// so that they need packing only where neighbours in k lie apart.
#define DEPTH 384
#define WIDTH 384
#define HEIGHT (8 * TILE_ROWS)
#define PANEL (2 * LANES)
// Row strides of A in floats from which on its rows are packed: beyond, each one of a tile is on a page of its own.
#define FAR 1024

// B's block in panels of PANEL columns, each depth × PANEL, the last one filled up with zeros.
INLINE void pack_right(const float *from, long stride, int width, int depth, float *to) {
  for (int j = 0; j < width; j += PANEL, to += (long)depth * PANEL) {
    int columns = width - j < PANEL ? width - j : PANEL;
    for (int k = 0; k < depth; k++) {
      const float *row = from + k * stride + j;
      float *at = to + k * PANEL;
      if (columns == PANEL) store(at, load(row)), store(at + LANES, load(row + LANES));
      else for (int l = 0; l < PANEL; l++) at[l] = l < columns ? row[l] : 0;
    }
  }
}

// The same from a matrix that holds B's columns as rows.
INLINE void pack_right_turned(const float *from, long stride, int width, int depth, float *to) {
  for (int j = 0; j < width; j += PANEL, to += (long)depth * PANEL)
    for (int l = 0; l < PANEL; l += TURN) {
      const float *rows = from + (j + l) * stride;
      int k = 0, columns = width - j - l;
      if (columns >= TURN)
        for (; k + TURN <= depth; k += TURN) turn(rows + k, stride, to + k * PANEL + l, PANEL);
      for (; k < depth; k++)
        for (int c = 0; c < TURN; c++) to[k * PANEL + l + c] = c < columns ? rows[c * stride + k] : 0;
    }
}

// Rows of A in tiles of TILE_ROWS, each depth × TILE_ROWS; a_row and a_k are the strides that they come from.
INLINE void pack_left(const float *from, long a_row, long a_k, int height, int depth, float *to) {
  for (int i = 0; i < height; i += TILE_ROWS, from += TILE_ROWS * a_row, to += (long)depth * TILE_ROWS) {
    int rows = height - i < TILE_ROWS ? height - i : TILE_ROWS;
    if (rows == TILE_ROWS && a_row == 1) {
      for (int k = 0; k < depth; k++)
#pragma GCC unroll 12
        for (int r = 0; r < TILE_ROWS; r++) to[k * TILE_ROWS + r] = from[k * a_k + r];
    } else {
      int k = 0;
#if TILE_ROWS == TURN
      if (rows == TILE_ROWS && a_k == 1)
        for (; k + TURN <= depth; k += TURN) turn(from + k, a_row, to + k * TILE_ROWS, TILE_ROWS);
#endif
      for (int r = 0; r < rows; r++)
        for (int d = k; d < depth; d++) to[d * TILE_ROWS + r] = from[r * a_row + d * a_k];
    }
  }
}

// `height` rows of C out of one block of B.
INLINE void block(const float *left, long a_row, long a_k, const float *right, int depth, float *c, long n, int height,
                  int width, int accumulate) {
  int j = 0;
  for (; j + PANEL <= width; j += PANEL)
    column(2, 1, 0, left, a_row, a_k, right + (long)j * depth, PANEL, depth, c + j, n, height, accumulate);
  int rest = width - j;
  const float *panel = right + (long)j * depth;
  if (rest > LANES) column(2, 0, rest - LANES, left, a_row, a_k, panel, PANEL, depth, c + j, n, height, accumulate);
  else if (rest > 0) column(1, 0, rest, left, a_row, a_k, panel, PANEL, depth, c + j, n, height, accumulate);
}

// Pieces of equal length, none longer than `most`.
INLINE int even_share(int whole, int most) {
  int pieces = (whole + most - 1) / most;
  return pieces == 0 ? 0 : (whole + pieces - 1) / pieces;
}

// C (m × n) = op(A) (m × k) · op(B) (k × n). `scratch` holds matmul_scratch() floats.
EXPORT(matmul)
void matmul(const float *a, const float *b, float *c, int m, int n, int k, int transpose_a, int transpose_b,
            float *scratch) {
  // On a cache line's boundary, so that no vector of a panel lies across two.
  float *right = (float *)(((unsigned long)scratch + 63) & ~63ul), *left = right + DEPTH * (WIDTH + PANEL);
  long a_row = transpose_a ? 1 : k, a_k = transpose_a ? m : 1;
  int packs = transpose_a || k >= FAR, deepest = even_share(k, DEPTH);
  for (int j0 = 0; j0 < n; j0 += WIDTH) {
    int width = n - j0 < WIDTH ? n - j0 : WIDTH;
    for (int k0 = 0; k0 < k; k0 += deepest) {
      int depth = k - k0 < deepest ? k - k0 : deepest, more = k0 > 0;
      if (transpose_b) pack_right_turned(b + (long)j0 * k + k0, k, width, depth, right);
      else pack_right(b + (long)k0 * n + j0, n, width, depth, right);
      for (int i0 = 0; i0 < m; i0 += HEIGHT) {
        int height = m - i0 < HEIGHT ? m - i0 : HEIGHT;
        const float *from = a + i0 * a_row + k0 * a_k;
        if (packs) pack_left(from, a_row, a_k, height, depth, left);
        for (int i = 0; i < height; i += TILE_ROWS) {
          int rows = height - i < TILE_ROWS ? height - i : TILE_ROWS;
          float *to = c + (long)(i0 + i) * n + j0;
          if (packs) block(left + (long)i * depth, 1, TILE_ROWS, right, depth, to, n, rows, width, more);
          else block(from + i * a_row, a_row, a_k, right, depth, to, n, rows, width, more);
        }
      }
    }
  }
  // An empty sum is zero.
  if (k == 0) for (long i = 0; i < (long)m * n; i++) c[i] = 0;
}

EXPORT(matmul_scratch) int matmul_scratch(void) { return DEPTH * (WIDTH + PANEL) + HEIGHT * DEPTH + 16; }
