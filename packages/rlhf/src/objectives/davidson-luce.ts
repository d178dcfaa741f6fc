import type { Rank, Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { logSumExp } from "./logistic.ts";

/**
 * Negative log-likelihood of a ranking with ties (Firth, Kosmidis and Turner 2019, eq. 3–4), in nats. From those not yet placed,
 * S, the set T comes next with probability δ_|T| (Π_{i∈T} α_i)^{1/|T|} / Σ over all sets of at most D, α = e^s, δ₁ = 1. Without
 * ties it is Plackett–Luce, with two items Davidson's model with ν = δ₂. This form lists the sets: it is the oracle of
 * `davidsonLuceLoss`.
 *
 * @param groups scores in the order of the ranking, best group first
 * @param delta δ₂, δ₃, …: prevalence of ties of two, of three, …; sets larger than these have no probability
 */
export function davidsonLuce(groups: readonly (readonly number[])[], delta: readonly number[]): number {
  return groups.reduce((sum, chosen, index) => {
    const left = groups.slice(index).flat();
    if (left.length < 2) return sum;
    const logWeight = (set: readonly number[]) =>
      (set.length === 1 ? 0 : Math.log(delta[set.length - 2] ?? 0)) + set.reduce((a, b) => a + b) / set.length;
    return sum + logSumExp(subsets(left).map(logWeight)) - logWeight(chosen);
  }, 0);
}

/** Every subset but the empty one. */
function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>(
    (sets, item) =>
      sets.concat(
        [[item]],
        sets.map((set) => set.concat(item)),
      ),
    [],
  );
}

/** One choice of a set out of those not yet placed, as indices into the scores. */
export interface Choice<T = number> {
  readonly chosen: readonly T[];
  readonly left: readonly T[];
  readonly weight: number;
}

/**
 * The choices that a ranking consists of; the last answer alone is no choice.
 *
 * @param groups best first
 * @param rest the last group was never ordered: its answers were left at each choice, and none of them was chosen
 */
export function choicesOf<T = number>(
  groups: readonly (readonly T[])[],
  weight: number,
  rest: boolean | undefined = false,
): Choice<T>[] {
  return groups
    .map((chosen, index) => ({ chosen, left: groups.slice(index).flat(), weight }))
    .slice(0, rest ? -1 : undefined)
    .filter(({ left }) => left.length > 1);
}

/**
 * The same over a batch: the sum over its choices, divided by `rankings`. The sets of t among S are summed as an elementary symmetric
 * polynomial, Σ_{|T|=t} Π_{i∈T} α_i^{1/t} = e_t(α^{1/t}), so k answers cost k·D steps instead of 2^k.
 *
 * @param scores of all answers of the batch, (N)
 * @param logDelta log δ₂, …, log δ_D, (D − 1)
 * @param rankings how many rankings the choices come from, by weight
 */
export function davidsonLuceLoss(
  tf: TensorFlow,
  scores: Tensor1D,
  choices: readonly Choice[],
  logDelta: Tensor1D,
  rankings: number,
): Scalar {
  return tf.tidy(() => {
    const longest = Math.max(...choices.map(({ left }) => left.length));
    const largest = logDelta.size + 1;
    const padded = choices.flatMap(({ left }) => pad(left, longest, 0));
    const mask = tf.tensor2d(
      choices.flatMap(({ left }) =>
        pad(
          left.map(() => 1),
          longest,
          0,
        ),
      ),
      [choices.length, longest],
    );
    // (C, K); what pads is far below any score, so it neither is the maximum nor weighs anything.
    const place = tf.reshape(tf.gather(scores, tf.tensor1d(padded, "int32")), [choices.length, longest]);
    const left = tf.sub<Tensor2D>(tf.mul(place, mask), tf.mul(tf.sub(1, mask), outOfReach));
    const top = tf.max<Tensor1D>(left, 1); // (C)
    const shifted = tf.sub<Tensor2D>(left, tf.expandDims(top, 1));
    const sets = Array.from({ length: largest }, (_, index) => {
      const log = tf.log(tf.maximum(symmetric(tf, shifted, index + 1), smallest));
      return index === 0 ? log : tf.add<Tensor1D>(log, deltaOf(tf, logDelta, index - 1));
    });
    const total = tf.add<Tensor1D>(top, tf.logSumExp(tf.stack(sets), 0));
    const taken = tf.tensor1d(choices.map(({ chosen }) => chosen.length));
    const owners = choices.flatMap(({ chosen }, row) => chosen.map(() => row));
    const members = tf.gather<Tensor1D>(
      scores,
      tf.tensor1d(
        choices.flatMap(({ chosen }) => [...chosen]),
        "int32",
      ),
    );
    const sums = tf.unsortedSegmentSum<Tensor1D>(members, tf.tensor1d(owners, "int32"), choices.length);
    const deltas = tf.addN([
      tf.zerosLike(sums),
      ...Array.from({ length: largest - 1 }, (_, index) =>
        tf.mul<Tensor1D>(tf.cast(tf.equal(taken, index + 2), "float32"), deltaOf(tf, logDelta, index)),
      ),
    ]);
    const losses = tf.sub<Tensor1D>(total, tf.add(tf.div(sums, taken), deltas));
    const weights = tf.tensor1d(choices.map(({ weight }) => weight));
    return tf.div<Scalar>(tf.sum(tf.mul(losses, weights)), rankings);
  });
}

/** Far below any score, and not so far that subtracting it loses the others' digits. */
const outOfReach = 1e4;
/** e_t of sets larger than what is left is 0, and its logarithm must not be −∞. */
const smallest = 1e-30;

function pad(values: readonly number[], length: number, filler: number): number[] {
  return [...values, ...Array.from({ length: length - values.length }, () => filler)];
}

function deltaOf(tf: TensorFlow, logDelta: Tensor1D, index: number): Scalar {
  return tf.reshape(tf.slice1d(logDelta, index, 1), []);
}

/** e_t(x^{1/t}) of each row's x = e^{shifted}, by the recurrence e_j ← e_j + x·e_{j−1} over the row. (C) */
function symmetric(tf: TensorFlow, shifted: Tensor2D, t: number): Tensor1D {
  const powers = tf.exp(tf.div(shifted, t));
  if (t === 1) return tf.sum<Tensor1D>(powers, 1);
  const columns = tf.unstack(powers, 1);
  const one = tf.ones<Rank.R1>([powers.shape[0]]);
  const zero = tf.zerosLike(one);
  let e: Tensor1D[] = [one, ...Array.from({ length: t }, () => zero)];
  for (const x of columns) {
    const before = e;
    e = before.map((value, j) => tf.add<Tensor1D>(value, tf.mul(x, before[j - 1] ?? zero)));
  }
  return e[t] ?? zero;
}
