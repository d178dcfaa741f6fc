import type { SamplingOptions } from "@touchstone/contracts";
import type { SeededRandom } from "@touchstone/engine";

export interface DrawnToken {
  readonly token: number;
  /** log π(token) of the whole distribution at temperature 1, whatever it was drawn with: KL is measured on it. */
  readonly logProb: number;
  /** Entropy of the whole distribution at temperature 1, in nats. */
  readonly entropy: number;
}

/** Draws the next token from logits. Temperature 0 takes the likeliest (the smallest id among equals). */
export function drawToken(
  logits: Float32Array,
  { temperature, topK, topP }: Pick<SamplingOptions, "temperature" | "topK" | "topP">,
  random: SeededRandom,
): DrawnToken {
  const vocab = logits.length;
  let top = Number.NEGATIVE_INFINITY;
  let likeliest = 0;
  for (let id = 0; id < vocab; id++) {
    const logit = logits[id] ?? 0;
    if (logit > top) {
      top = logit;
      likeliest = id;
    }
  }
  const weights = new Float64Array(vocab);
  let sum = 0;
  let mean = 0; // Σ e^(l − top) · (l − top)
  for (let id = 0; id < vocab; id++) {
    const shifted = (logits[id] ?? 0) - top;
    const weight = Math.exp(shifted);
    weights[id] = weight;
    sum += weight;
    mean += weight * shifted;
  }
  const logSum = Math.log(sum);
  const drawn = (token: number): DrawnToken => ({
    token,
    logProb: (logits[token] ?? 0) - top - logSum,
    entropy: logSum - mean / sum,
  });
  if (temperature === 0) return drawn(likeliest);
  if (temperature !== 1) for (let id = 0; id < vocab; id++) weights[id] = (weights[id] ?? 0) ** (1 / temperature);
  if (topK > 0 || topP < 1) truncate(weights, topK, topP);
  return drawn(drawIndex(weights, random));
}

/**
 * Zeroes all but the `topK` heaviest (Fan et al. 2018), then all but the smallest set of the heaviest that holds `topP` of the
 * rest's mass (Holtzman et al. 2020).
 */
function truncate(weights: Float64Array, topK: number, topP: number): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Tokens lighter than (1 − p)/vocab of the mass hold less than 1 − p together, so none is in the nucleus: not sorted.
  const negligible = topK > 0 ? 0 : ((1 - topP) * total) / weights.length;
  const heaviest: number[] = [];
  for (let id = 0; id < weights.length; id++) if ((weights[id] ?? 0) > negligible) heaviest.push(id);
  heaviest.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const candidates = topK > 0 ? heaviest.slice(0, topK) : heaviest;
  const mass = topK > 0 ? candidates.reduce((sum, id) => sum + (weights[id] ?? 0), 0) : total;
  const kept = new Set<number>();
  let held = 0;
  for (const id of candidates) {
    if (kept.size > 0 && held >= topP * mass) break;
    kept.add(id);
    held += weights[id] ?? 0;
  }
  for (let id = 0; id < weights.length; id++) if (!kept.has(id)) weights[id] = 0;
}

function drawIndex(weights: Float64Array, random: SeededRandom): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  let left = random.uniform() * sum;
  let last = 0;
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id] ?? 0;
    if (weight === 0) continue;
    last = id;
    left -= weight;
    if (left < 0) return id;
  }
  return last; // rounding left a hair over
}
