// Vectors of arm64 (Advanced SIMD is part of every such processor).
#pragma once
#include <arm_neon.h>

#define LANES 4
// Registers: a tile of TILE_ROWS × 2 vectors, 2 vectors of B and 2 of A fit the 32 of arm64.
#define TILE_ROWS 12

typedef float32x4_t vec;

INLINE vec load(const float *from) { return vld1q_f32(from); }
INLINE void store(float *to, vec value) { vst1q_f32(to, value); }
INLINE vec load_some(const float *from, int count) {
  float lanes[4] = {0, 0, 0, 0};
  for (int l = 0; l < count; l++) lanes[l] = from[l];
  return vld1q_f32(lanes);
}
INLINE void store_some(float *to, vec value, int count) {
  float lanes[4];
  vst1q_f32(lanes, value);
  for (int l = 0; l < count; l++) to[l] = lanes[l];
}
INLINE vec splat(float value) { return vdupq_n_f32(value); }
INLINE vec add(vec a, vec b) { return vaddq_f32(a, b); }
INLINE vec sub(vec a, vec b) { return vsubq_f32(a, b); }
INLINE vec mul(vec a, vec b) { return vmulq_f32(a, b); }
INLINE vec divide(vec a, vec b) { return vdivq_f32(a, b); }
INLINE vec plus(vec a, vec b, vec c) { return vfmaq_f32(c, a, b); }
INLINE vec larger(vec a, vec b) { return vmaxq_f32(a, b); }
INLINE vec smaller(vec a, vec b) { return vminq_f32(a, b); }
INLINE vec root(vec a) { return vsqrtq_f32(a); }
INLINE vec nearest(vec a) { return vrndnq_f32(a); }
INLINE float first_lane(vec a) { return vgetq_lane_f32(a, 0); }
INLINE vec scale_by_power(vec a, vec n) {
  return mul(a, vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23)));
}
INLINE float sum_lanes(vec a) { return vaddvq_f32(a); }
INLINE float max_lanes(vec a) { return vmaxvq_f32(a); }

// Four rows of four, turned into four columns `step` apart.
#define TURN 4

INLINE void turn(const float *from, int stride, float *to, int step) {
  float32x4x2_t ab = vtrnq_f32(load(from), load(from + stride));
  float32x4x2_t cd = vtrnq_f32(load(from + 2 * stride), load(from + 3 * stride));
  store(to, vcombine_f32(vget_low_f32(ab.val[0]), vget_low_f32(cd.val[0])));
  store(to + step, vcombine_f32(vget_low_f32(ab.val[1]), vget_low_f32(cd.val[1])));
  store(to + 2 * step, vcombine_f32(vget_high_f32(ab.val[0]), vget_high_f32(cd.val[0])));
  store(to + 3 * step, vcombine_f32(vget_high_f32(ab.val[1]), vget_high_f32(cd.val[1])));
}
