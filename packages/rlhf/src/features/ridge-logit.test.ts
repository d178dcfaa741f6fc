import { expect, test } from "vitest";
import { fitRidgeLogit, type Gram, type SoftPair } from "./ridge-logit.ts";

const [answers, width] = [12, 5];
const features = Array.from({ length: answers }, (_, i) =>
  Array.from({ length: width }, (__, j) => Math.sin(1 + 3 * i + 7 * j)),
);
/** Shares of votes from 0 to 1 on some pairs, one to three votes each. */
const pairs: SoftPair[] = Array.from({ length: 40 }, (_, k) => ({
  a: k % answers,
  b: (5 * k + 3 + Math.floor(k / answers)) % answers,
  target: ((7 * k) % 6) / 5,
  weight: 1 + (k % 3),
  offset: 0,
})).filter(({ a, b }) => a !== b);

const gram: Gram = {
  size: answers,
  apply: (vector) =>
    Float64Array.from(features, (x) =>
      features.reduce(
        (sum, y, j) => sum + (vector[j] ?? 0) * x.reduce((dot, value, k) => dot + value * (y[k] ?? 0), 0),
        0,
      ),
    ),
};
const weightsOf = (beta: Float64Array) =>
  Array.from({ length: width }, (_, j) => features.reduce((sum, x, i) => sum + (beta[i] ?? 0) * (x[j] ?? 0), 0));

/**
 * Of scikit-learn 1.9.1 (NumPy 2.4.6, Python 3.11.7): LogisticRegression(C, fit_intercept=False, solver="newton-cholesky",
 * tol=1e-12) on each difference twice, as won with the weight of its votes for a and as lost with that of the others.
 */
const known: readonly (readonly [number, readonly number[]])[] = [
  [
    0.01,
    [-0.007940366943577762, -0.03401801764457319, -0.043352153437490326, -0.03134855476974842, -0.00391533878514544],
  ],
  [1, [-0.014602978114386732, -0.07323571536816387, -0.09582216371462048, -0.0712453751128477, -0.011601934103598438]],
  [
    100,
    [-0.014617106008863184, -0.07404231684927072, -0.0970242331701965, -0.07225125937657921, -0.011916541476031411],
  ],
];

test.each(known)("the coefficients at C = %d are scikit-learn's", (strength, expected) => {
  expect(pairs).toHaveLength(36);
  const { beta, scores } = fitRidgeLogit(gram, pairs, strength, 1e-10);
  const found = weightsOf(beta);
  for (const [j, value] of expected.entries()) expect(found[j]).toBeCloseTo(value, 8);
  expect(scores[3]).toBeCloseTo(features[3]?.reduce((sum, x, j) => sum + x * (found[j] ?? 0), 0) ?? Number.NaN, 10);
});

test("what is known already is left out of what is fitted: Newton's method in NumPy finds the same minimum", () => {
  const offset = pairs.map((pair, k) => ({ ...pair, offset: 0.8 * Math.cos(k) }));
  const expected = [
    0.0015632645251727347, -0.034387152367512594, -0.05341236790580264, -0.0461482567804844, -0.016170181735837844,
  ];
  const found = weightsOf(fitRidgeLogit(gram, offset, 1, 1e-10).beta);
  for (const [j, value] of expected.entries()) expect(found[j]).toBeCloseTo(value, 8);
});

test("swapping the two answers of every pair swaps nothing but their names", () => {
  const swapped = pairs.map(({ a, b, target, ...rest }) => ({ ...rest, a: b, b: a, target: 1 - target }));
  const [one, other] = [pairs, swapped].map((rows) => weightsOf(fitRidgeLogit(gram, rows, 1, 1e-10).beta));
  for (const [j, value] of (one ?? []).entries()) expect(other?.[j]).toBeCloseTo(value, 10);
});
