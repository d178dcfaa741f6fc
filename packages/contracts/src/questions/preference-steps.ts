/**
 * Which of seven steps can be chosen. Coarser scales are parts of the finest, so that answers of all mean the same: two
 * steps are "plainly better" either way, four add "slightly" and "much"; with an odd number the tie stands between.
 */
export const preferenceSteps = {
  2: [2, 6],
  3: [2, 4, 6],
  4: [1, 3, 5, 7],
  5: [1, 3, 4, 5, 7],
  6: [1, 2, 3, 5, 6, 7],
  7: [1, 2, 3, 4, 5, 6, 7],
} as const satisfies Record<number, readonly number[]>;
