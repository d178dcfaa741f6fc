export interface NumberGrid {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** So near to a step, as a share of it, is on it: binary fractions miss tenths by less. */
const tolerance = 1e-6;

/** Whether a number is one of those that can be given: between the bounds and whole steps from the lower one. */
export function isOnGrid(value: number, { min, max, step }: NumberGrid): boolean {
  const steps = (value - min) / step;
  return value >= min && value <= max && Math.abs(steps - Math.round(steps)) <= tolerance;
}
