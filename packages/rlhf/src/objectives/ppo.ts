/** Clipped surrogate of PPO as a loss, −min(ρA, clip(ρ, 1 ± ε)A) (Schulman et al. 2017, eq. 7). */
export function ppoLoss(advantage: number, ratio: number, clip = 0.2): number {
  const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
  return -Math.min(ratio * advantage, clipped * advantage);
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16), over one finished answer.
 * @param rewards one a token
 * @param values V before each token; the value after the last is 0, since the answer has ended
 * @returns advantages, and returns = advantages + values, which the critic regresses on
 */
export function generalisedAdvantages(
  rewards: readonly number[],
  values: readonly number[],
  gamma: number,
  lambda: number,
): { advantages: number[]; returns: number[] } {
  const advantages = rewards.map(() => 0);
  let following = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    const delta = (rewards[t] ?? 0) + gamma * (values[t + 1] ?? 0) - (values[t] ?? 0);
    following = delta + gamma * lambda * following;
    advantages[t] = following;
  }
  return { advantages, returns: advantages.map((advantage, t) => advantage + (values[t] ?? 0)) };
}
