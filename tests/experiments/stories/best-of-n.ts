/**
 * Expected best of n draws without replacement from a sample of scores: the unbiased estimate of best-of-n's mean reward,
 * Σᵢ C(i − 1, n − 1)/C(N, n) · x₍ᵢ₎ over the scores in ascending order (Nakano et al. 2021, WebGPT, appendix I).
 *
 * @param scores of N answers to one prompt, N ≥ n
 */
export function expectedBestOf(scores: readonly number[], n: number): number {
  const ordered = [...scores].sort((x, y) => x - y);
  const total = ordered.length;
  if (n < 1 || n > total) throw new RangeError(`the best of ${n} can't be estimated from ${total} answers`);
  // The share of n-subsets whose largest is the i-th: from the top down, each is a ratio of the one before.
  let share = n / total;
  let sum = 0;
  for (let place = total; place >= n; place--) {
    sum += share * (ordered[place - 1] ?? 0);
    share *= (place - n) / (place - 1);
  }
  return sum;
}
