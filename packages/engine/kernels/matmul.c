#include "tile.h"

// Blocks of the product: B is repacked in blocks of DEPTH × WIDTH (512 KB, within L2), A in panels of 4 × DEPTH (4 KB,
// within L1). Packed, every inner loop reads forward whatever was transposed.
#define DEPTH 256
#define WIDTH 512
#define PANEL 8

// B's block as panels of 8 columns, each depth × 8, the last one filled up with zeros.
INLINE void pack_right(const float *b, int transposed, int stride, int depth, int width, float *to) {
  for (int j = 0; j < width; j += PANEL) {
    int columns = width - j < PANEL ? width - j : PANEL;
    for (int k = 0; k < depth; k++, to += PANEL) {
      if (!transposed && columns == PANEL) {
        const float *from = b + k * stride + j;
        store(to, load(from));
        store(to + 4, load(from + 4));
      } else {
        for (int c = 0; c < PANEL; c++) {
          to[c] = c < columns ? (transposed ? b[(j + c) * stride + k] : b[k * stride + j + c]) : 0;
        }
      }
    }
  }
}

// Four rows of A as depth × 4.
INLINE void pack_left(const float *a, int transposed, int stride, int depth, float *to) {
  for (int k = 0; k < depth; k++, to += 4) {
    if (transposed) store(to, load(a + k * stride));
    else for (int i = 0; i < 4; i++) to[i] = a[i * stride + k];
  }
}

// C (m × n) = op(A) (m × k) · op(B) (k × n). `scratch` holds matmul_scratch() floats.
EXPORT(matmul)
void matmul(const float *a, const float *b, float *c, int m, int n, int k, int transpose_a, int transpose_b,
            float *scratch) {
  float *right = scratch, *left = right + DEPTH * WIDTH, *edge = left + 4 * DEPTH;
  int a_row = transpose_a ? 1 : k, a_k = transpose_a ? m : 1;
  for (int j0 = 0; j0 < n; j0 += WIDTH) {
    int width = n - j0 < WIDTH ? n - j0 : WIDTH;
    for (int k0 = 0; k0 < k; k0 += DEPTH) {
      int depth = k - k0 < DEPTH ? k - k0 : DEPTH, more = k0 > 0;
      pack_right(transpose_b ? b + j0 * k + k0 : b + k0 * n + j0, transpose_b, transpose_b ? k : n, depth, width, right);
      for (int i = 0; i < m; i += 4) {
        int rows = m - i < 4 ? m - i : 4;
        const float *from = a + i * a_row + k0 * a_k;
        if (rows == 4) pack_left(from, transpose_a, transpose_a ? m : k, depth, left);
        for (int j = 0; j < width; j += PANEL) {
          const float *panel = right + j * depth;
          float *to = c + i * n + j0 + j;
          int columns = width - j < PANEL ? width - j : PANEL;
          if (columns == PANEL) {
            if (rows == 4) tile(4, 2, left, 1, 4, panel, PANEL, depth, to, n, more);
            else for (int r = 0; r < rows; r++) tile(1, 2, from + r * a_row, 0, a_k, panel, PANEL, depth, to + r * n, n, more);
          } else {
            for (int r = 0; r < rows; r++) {
              float *row = to + r * n;
              for (int q = 0; q < columns; q++) edge[q] = row[q];
              tile(1, 2, from + r * a_row, 0, a_k, panel, PANEL, depth, edge, PANEL, more);
              for (int q = 0; q < columns; q++) row[q] = edge[q];
            }
          }
        }
      }
    }
  }
}

EXPORT(matmul_scratch) int matmul_scratch(void) { return DEPTH * WIDTH + 4 * DEPTH + PANEL; }
