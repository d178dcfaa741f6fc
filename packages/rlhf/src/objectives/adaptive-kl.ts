/**
 * Next price of KL (Ziegler et al. 2019, §2.2): β ← β(1 + clip(KL/target − 1, ±0.2) · n/horizon).
 * @param n answers seen since the last update
 * @param horizon answers over which the price may change e-fold at most by 0.2
 */
export function adaptiveKl(beta: number, kl: number, target: number, n: number, horizon: number): number {
  const error = Math.min(Math.max(kl / target - 1, -0.2), 0.2);
  return beta * (1 + (error * n) / horizon);
}
