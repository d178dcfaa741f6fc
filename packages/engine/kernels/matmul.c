#include "pack.h"
#include "tile.h"

// Blocks of the product (Goto and van de Geijn 2008): B is repacked in blocks of DEPTH × WIDTH (512 KB) and A in blocks of
// HEIGHT × DEPTH (64 KB), both within the second-level cache, so that every inner loop reads forward whatever was
// transposed. HEIGHT rows are packed at once because a transposed A has a row's neighbours side by side: taken four at a
// time, each cache line would be fetched four times, and at strides of a power of two each fetch would evict the last.
#define DEPTH 256
#define WIDTH 512
#define HEIGHT 64

// One panel of columns that is narrower than a tile: results go through `edge`, row by row.
INLINE void narrow(const float *left, const float *panel, int depth, float *to, int row_step, int rows, int columns,
                   int accumulate, float *edge) {
  for (int r = 0; r < rows; r++, to += row_step) {
    for (int c = 0; c < columns; c++) edge[c] = to[c];
    tile(1, 2, left + r, 0, 4, panel, PANEL, depth, edge, PANEL, accumulate);
    for (int c = 0; c < columns; c++) to[c] = edge[c];
  }
}

// C (m × n) = op(A) (m × k) · op(B) (k × n). `scratch` holds matmul_scratch() floats.
EXPORT(matmul)
void matmul(const float *a, const float *b, float *c, int m, int n, int k, int transpose_a, int transpose_b,
            float *scratch) {
  float *right = scratch, *block = right + DEPTH * WIDTH, *edge = block + HEIGHT * DEPTH;
  for (int j0 = 0; j0 < n; j0 += WIDTH) {
    int width = n - j0 < WIDTH ? n - j0 : WIDTH;
    for (int k0 = 0; k0 < k; k0 += DEPTH) {
      int depth = k - k0 < DEPTH ? k - k0 : DEPTH, more = k0 > 0;
      if (transpose_b) pack_columns(b + j0 * k + k0, k, width, depth, right, PANEL);
      else pack_rows(b + k0 * n + j0, n, width, depth, right, PANEL);
      for (int i0 = 0; i0 < m; i0 += HEIGHT) {
        int height = m - i0 < HEIGHT ? m - i0 : HEIGHT;
        if (transpose_a) pack_rows(a + k0 * m + i0, m, height, depth, block, 4);
        else pack_columns(a + i0 * k + k0, k, height, depth, block, 4);
        for (int i = 0; i < height; i += 4) {
          const float *left = block + i * depth;
          int rows = height - i < 4 ? height - i : 4;
          for (int j = 0; j < width; j += PANEL) {
            const float *panel = right + j * depth;
            float *to = c + (i0 + i) * n + j0 + j;
            int columns = width - j < PANEL ? width - j : PANEL;
            if (columns < PANEL) narrow(left, panel, depth, to, n, rows, columns, more, edge);
            else if (rows == 4) tile(4, 2, left, 1, 4, panel, PANEL, depth, to, n, more);
            else for (int r = 0; r < rows; r++) tile(1, 2, left + r, 0, 4, panel, PANEL, depth, to + r * n, n, more);
          }
        }
      }
    }
  }
  // An empty sum is zero.
  if (k == 0) for (int i = 0; i < m * n; i++) c[i] = 0;
}

EXPORT(matmul_scratch) int matmul_scratch(void) { return DEPTH * WIDTH + HEIGHT * DEPTH + PANEL; }
