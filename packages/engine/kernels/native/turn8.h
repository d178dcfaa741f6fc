// Eight rows of eight, turned into eight columns `step` apart (AVX).
#pragma once

#define TURN 8

INLINE void turn(const float *from, int stride, float *to, int step) {
  __m256 pairs[8], quads[8];
  for (int i = 0; i < 8; i += 2) {
    __m256 even = _mm256_loadu_ps(from + (long)i * stride), odd = _mm256_loadu_ps(from + (long)(i + 1) * stride);
    pairs[i] = _mm256_unpacklo_ps(even, odd);
    pairs[i + 1] = _mm256_unpackhi_ps(even, odd);
  }
  for (int i = 0; i < 8; i += 4) {
    quads[i] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
    quads[i + 1] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0xee);
    quads[i + 2] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
    quads[i + 3] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xee);
  }
  for (int i = 0; i < 4; i++) {
    _mm256_storeu_ps(to + (long)i * step, _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x20));
    _mm256_storeu_ps(to + (long)(i + 4) * step, _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x31));
  }
}
