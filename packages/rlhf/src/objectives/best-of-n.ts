/**
 * Upper bound on KL(best-of-n ‖ base), log n − (n − 1)/n (Stiennon et al. 2020, app. G.3; a bound, reached when no two
 * answers tie: Beirami et al. 2024). In nats.
 */
export function bestOfNKl(n: number): number {
  return Math.log(n) - (n - 1) / n;
}
