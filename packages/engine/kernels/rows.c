#include "simd.h"

INLINE void copy(const float *from, float *to, int size) {
  int i = 0;
  for (; i + LANES <= size; i += LANES) store(to + i, load(from + i));
  for (; i < size; i++) to[i] = from[i];
}

// `rows` pieces of `size` values each, from one stride to another: all of Split and Concat.
EXPORT(copy_rows)
void copy_rows(const float *from, int from_step, float *to, int to_step, int rows, int size) {
  for (int r = 0; r < rows; r++) copy(from + r * from_step, to + r * to_step, size);
}

// to[r] = from[index[r]]. Returns the first r whose index lies outside, else −1.
EXPORT(gather_rows)
int gather_rows(const float *from, const int *index, float *to, int rows, int size, int available) {
  for (int r = 0; r < rows; r++) {
    if (index[r] < 0 || index[r] >= available) return r;
    copy(from + index[r] * size, to + r * size, size);
  }
  return -1;
}

// to[segment[r]] += from[r], in ascending r; segments outside are dropped, as TensorFlow does with negative ones.
EXPORT(segment_sum)
void segment_sum(const float *from, const int *segment, float *to, int rows, int size, int segments) {
  for (int i = 0; i < segments * size; i++) to[i] = 0;
  for (int r = 0; r < rows; r++, from += size) {
    if (segment[r] < 0 || segment[r] >= segments) continue;
    float *sum = to + segment[r] * size;
    int i = 0;
    for (; i + LANES <= size; i += LANES) store(sum + i, add(load(sum + i), load(from + i)));
    for (; i < size; i++) sum[i] += from[i];
  }
}
