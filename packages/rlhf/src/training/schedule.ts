export interface Schedule {
  readonly learningRate: number;
  /** Share of the steps spent warming up. */
  readonly warmup: number;
  /** Share of the peak left at the last step. */
  readonly finalLearningRate: number;
}

/** Linear warm-up to the peak, then half a cosine down (Loshchilov and Hutter 2017). Steps count from 1. */
export function learningRateAt(schedule: Schedule, step: number, totalSteps: number): number {
  const { learningRate, warmup, finalLearningRate } = schedule;
  const warmupSteps = Math.round(warmup * totalSteps);
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  const share = finalLearningRate + (1 - finalLearningRate) * 0.5 * (1 + Math.cos(Math.PI * progress));
  return learningRate * share;
}
