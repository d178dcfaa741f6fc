import { sigmoid } from "../objectives/logistic.ts";

/** One pair of answers, by their places among all answers. */
export interface SoftPair {
  readonly a: number;
  readonly b: number;
  /** Share of the votes that a got, a tie counted as half a vote for each side. */
  readonly target: number;
  /** How many votes these are. */
  readonly weight: number;
  /** Log-odds of a that are known already: what is fitted is what they leave over. */
  readonly offset: number;
}

/** K = X·Xᵀ of n answers' features, as what it does to a vector. */
export interface Gram {
  readonly size: number;
  /** K·v, (n) */
  apply(vector: Float64Array): Float64Array;
}

export interface RidgeLogit {
  /** The weights of the features are Xᵀβ: what each answer has part in them. (n) */
  readonly beta: Float64Array;
  /** Kβ, the fitted part of each answer's score, offset aside. (n) */
  readonly scores: Float64Array;
}

/** Pairs of steps that the next direction is drawn from (Nocedal 1980). */
const memory = 10;
const mostSteps = 500;
/** Of the first gradient's length, at which the rest is below what the figures show. */
const defaultTolerance = 1e-6;

/**
 * Logistic regression without an intercept on the differences of two answers' features, with a ridge:
 * min over w of Σ weight · −[t log σ(d) + (1 − t) log σ(−d)] + |w|²/(2C), d = offset + w·(x_a − x_b). Swapping a and b swaps
 * the prediction: the head is antisymmetric by its form.
 *
 * By the representer theorem w = Xᵀβ with one β an answer, so that all is done in n numbers however wide the features are.
 * Minimised by L-BFGS in the metric of K, which is that of w, with an exact search along each line: a step costs one product
 * with K. scikit-learn's `LogisticRegression(C, fit_intercept=False)` on hard labels has the same minimum.
 *
 * @param strength C: the larger, the freer the weights
 */
export function fitRidgeLogit(
  gram: Gram,
  pairs: readonly SoftPair[],
  strength: number,
  tolerance = defaultTolerance,
): RidgeLogit {
  const n = gram.size;
  const ridge = 1 / strength;
  const beta = new Float64Array(n);
  const scores = new Float64Array(n);
  const steps: { s: Vector; y: Vector; rho: number }[] = [];
  let gradient = vectorOf(gram, gradientAt(pairs, beta, scores, ridge));
  const enough = tolerance * Math.sqrt(dot(gradient, gradient));
  for (let step = 0; step < mostSteps && Math.sqrt(Math.max(0, dot(gradient, gradient))) > enough; step++) {
    const direction = directionFrom(gradient, steps);
    const length = lineMinimum(pairs, beta, scores, direction, ridge, tolerance ** 2);
    if (length === 0) break;
    const s = scaled(direction, length);
    addInto(beta, s.own);
    addInto(scores, s.image);
    const next = vectorOf(gram, gradientAt(pairs, beta, scores, ridge));
    const y = { own: difference(next.own, gradient.own), image: difference(next.image, gradient.image) };
    const curvature = dot(y, s);
    if (curvature > 0) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > memory) steps.shift();
    gradient = next;
  }
  return { beta, scores };
}

/** A vector of β with its product with K beside it, so that lengths in w's metric cost no further product. */
interface Vector {
  readonly own: Float64Array;
  readonly image: Float64Array;
}

const vectorOf = (gram: Gram, own: Float64Array): Vector => ({ own, image: gram.apply(own) });

/** ⟨x, y⟩ in the metric of w: xᵀKy. */
function dot(x: Vector, y: Vector): number {
  return dotOf(x.own, y.image);
}

/** The gradient with respect to w, as the β that it is the image of. */
function gradientAt(pairs: readonly SoftPair[], beta: Float64Array, scores: Float64Array, ridge: number): Float64Array {
  const gradient = beta.map((value) => ridge * value);
  for (const { a, b, target, weight, offset } of pairs) {
    const residual = weight * (sigmoid(offset + (scores[a] ?? 0) - (scores[b] ?? 0)) - target);
    gradient[a] = (gradient[a] ?? 0) + residual;
    gradient[b] = (gradient[b] ?? 0) - residual;
  }
  return gradient;
}

/** −H⁻¹·gradient by the two loops of L-BFGS. */
function directionFrom(gradient: Vector, steps: readonly { s: Vector; y: Vector; rho: number }[]): Vector {
  const direction = scaled(gradient, -1);
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * dot(s, direction);
    alphas.unshift(alpha);
    addScaled(direction, y, -alpha);
  }
  const last = steps.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1;
  const result = scaled(direction, scale);
  for (const [index, { s, y, rho }] of steps.entries()) {
    addScaled(result, s, (alphas[index] ?? 0) - rho * dot(y, result));
  }
  return result;
}

const mostHalvings = 60;

/** How far along the direction the minimum lies, by Newton's method kept between bounds: the slope grows all the way. */
function lineMinimum(
  pairs: readonly SoftPair[],
  beta: Float64Array,
  scores: Float64Array,
  direction: Vector,
  ridge: number,
  precision: number,
): number {
  const along = ridge * dotOf(beta, direction.image);
  const curved = ridge * dot(direction, direction);
  const at = (length: number) => {
    let [slope, curvature] = [along + length * curved, curved];
    for (const { a, b, target, weight, offset } of pairs) {
      const change = (direction.image[a] ?? 0) - (direction.image[b] ?? 0);
      const chance = sigmoid(offset + (scores[a] ?? 0) - (scores[b] ?? 0) + length * change);
      slope += weight * (chance - target) * change;
      curvature += weight * chance * (1 - chance) * change ** 2;
    }
    return { slope, curvature };
  };
  const first = at(0);
  if (!(first.slope < 0)) return 0;
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let length = -first.slope / first.curvature;
  for (let step = 0; step < mostHalvings; step++) {
    const { slope, curvature } = at(length);
    if (Math.abs(slope) <= Math.max(precision, 1e-10) * Math.abs(first.slope)) break;
    if (slope < 0) low = length;
    else high = length;
    const newton = length - slope / curvature;
    const bounded = high === Number.POSITIVE_INFINITY ? 2 * length : (low + high) / 2;
    length = newton > low && newton < high ? newton : bounded;
  }
  return length;
}

function dotOf(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  // Counted by hand: an iterator of pairs costs more than the product.
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) * (y[i] ?? 0);
  return sum;
}

function scaled({ own, image }: Vector, factor: number): Vector {
  return { own: own.map((value) => factor * value), image: image.map((value) => factor * value) };
}

function addScaled(to: Vector, { own, image }: Vector, factor: number): void {
  addInto(to.own, own, factor);
  addInto(to.image, image, factor);
}

function addInto(to: Float64Array, values: Float64Array, factor = 1): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + factor * (values[i] ?? 0);
}

function difference(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, i) => value - (y[i] ?? 0));
}
