/**
 * What follows each token of finished answers by the λ-return, G_t = r_t + γ[(1 − λ)V(s′_t) + λ G_{t+1}] (Sutton and Barto
 * 2018, eq. 12.2 in its recursive form): the brackets. λ = 0 is V(s′), one step; λ = 1 is the reward that the answer itself
 * earned. A reward at the end of T tokens needs T updates to be heard at the beginning with λ = 0, and one with λ = 1.
 *
 * @param next V after each token, (N), answers one after the other
 * @param rewards of each token, (N)
 * @param last whether it is its answer's last token, after which nothing follows, (N)
 */
export function lambdaFutures(
  next: Readonly<ArrayLike<number>>,
  rewards: readonly number[],
  last: readonly boolean[],
  gamma: number,
  lambda: number,
): Float32Array {
  const futures = new Float32Array(rewards.length);
  let following = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    if (!last[t]) futures[t] = (1 - lambda) * (next[t] ?? 0) + lambda * following;
    following = (rewards[t] ?? 0) + gamma * (futures[t] ?? 0);
  }
  return futures;
}
