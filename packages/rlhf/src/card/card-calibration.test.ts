import { describe, expect, test } from "vitest";
import { cardCalibration } from "./card-calibration.ts";
import { pairOf } from "./card-pair.fixture.ts";

/** Log-odds of a over b, and whether people preferred a. */
const constructed = [
  [2.2, 1],
  [-1.4, 0],
  [0.3, 0],
  [-0.05, 0],
  [3.5, 1],
  [-2.7, 0],
  [0.8, 1],
  [-0.6, 1],
  [1.1, 1],
  [0.15, 1],
  [-1.9, 1],
  [0.45, 0],
] as const;
const pairs = constructed.map(([model, wasA], i) => pairOf({ promptId: `p${i}`, model, outcome: wasA ? 1 : -1 }));
const logit = (p: number) => Math.log(p / (1 - p));
const repeated = (n: number, model: number, outcome: number, prefix: string) =>
  Array.from({ length: n }, (_, i) => pairOf({ promptId: `${prefix}${i}`, model, outcome }));

describe("calibration", () => {
  test("is what scikit-learn 1.9.1 says of the same twelve pairs", () => {
    const card = cardCalibration(pairs);
    // brier_score_loss, log_loss, and calibration_curve of the confidences at twenty bins on [0, 1], weighted by their counts.
    expect(card?.brier.value).toBeCloseTo(0.21170581744968106, 12);
    expect(card?.logLoss.value).toBeCloseTo(0.6035521913197678, 12);
    expect(card?.ece.value).toBeCloseTo(0.38335999512020374, 12);
    expect(card?.bins.map((bin) => bin.pairs)).toEqual([2, 1, 2, 1, 1, 1, 1, 2, 1]);
    expect(card?.bins.map((bin) => bin.accuracy.value)).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1]);
    expect(card?.bins.map((bin) => bin.confidence.toFixed(6))).toEqual([
      ...["0.524964", "0.574443", "0.628148", "0.689974", "0.750260"],
      ...["0.802184", "0.869892", "0.918638", "0.970688"],
    ]);
    expect(card?.bins[0]).toMatchObject({ from: 0.5, to: 0.55 });
  });

  test("is the same whichever answer is called a", () => {
    const turned = pairs.map((pair) => ({ ...pair, outcome: -pair.outcome, logOdds: -(pair.logOdds ?? 0) }));
    expect(cardCalibration(turned)).toEqual(cardCalibration(pairs));
  });

  test("by hand: of four pairs, .9 said of one right and one wrong, .6 of two right", () => {
    const said = [0.9, -0.9, 0.6, 0.6].map((p, i) =>
      pairOf({ promptId: `p${i}`, model: Math.sign(p) * logit(Math.abs(p)) }),
    );
    const card = cardCalibration(said);
    // ½ · |½ − .9| + ½ · |1 − .6|; and (.1² + .9² + .4² + .4²) / 4.
    expect(card?.ece.value).toBeCloseTo(0.4, 12);
    expect(card?.brier.value).toBeCloseTo(1.14 / 4, 12);
    expect(card?.logLoss.value).toBeCloseTo(-(Math.log(0.9) + Math.log(0.1) + 2 * Math.log(0.6)) / 4, 12);
    expect(card?.bins.map((bin) => [bin.pairs, bin.accuracy.value])).toEqual([
      [2, 1],
      [2, 0.5],
    ]);
  });

  test("by hand: 90 % said and 6 of 10 right is off by .3, far beyond chance; 60 % said is not", () => {
    const sure = [...repeated(60, logit(0.9), 1, "r"), ...repeated(40, logit(0.9), -1, "w")];
    const boasting = cardCalibration(sure);
    expect(boasting?.ece.value).toBeCloseTo(0.3, 9);
    expect(boasting?.brier.value).toBeCloseTo(0.6 * 0.01 + 0.4 * 0.81, 9);
    expect(boasting?.ece.low).toBeGreaterThan(boasting?.eceByChance ?? Number.NaN);
    const honest = cardCalibration(sure.map((pair) => ({ ...pair, logOdds: logit(0.6) })));
    expect(honest?.ece.value).toBeCloseTo(0, 9);
    expect(honest?.eceByChance).toBeGreaterThan(0);
    // |Binomial(100, .6) / 100 − .6| stays below 1.96 √(.24 / 100) in 95 of 100.
    expect(honest?.eceByChance).toBeCloseTo(0.096, 1);
  });

  test("both ends belong to a bin: a probability that rounds to 1 to the last, equal scores to the first, half right", () => {
    const card = cardCalibration([40, -40, 0].map((model, i) => pairOf({ promptId: `p${i}`, model })));
    expect(card?.bins.map(({ from, to, pairs: n, accuracy }) => [from, to, n, accuracy.value])).toEqual([
      [0.5, 0.55, 1, 0.5],
      [0.95, 1, 2, 0.5],
    ]);
    expect(card?.ece.value).toBeCloseTo((2 / 3) * 0.5, 12);
  });

  test("whole prompts are resampled: the same pairs in fewer prompts have a wider interval", () => {
    const apart = [...repeated(40, logit(0.7), 1, "r"), ...repeated(40, logit(0.7), -1, "w")];
    const together = apart.map((pair, i) => ({ ...pair, promptId: `p${Math.floor(i / 10)}` }));
    const width = (of: typeof apart) => {
      const ece = cardCalibration(of)?.ece;
      return (ece?.high ?? 0) - (ece?.low ?? 0);
    };
    expect(width(together)).toBeGreaterThan(2 * width(apart));
  });

  test("of one prompt there is no interval, of a model without probabilities no calibration", () => {
    const one = cardCalibration([pairOf({ model: 2 }), pairOf({ model: -1 })]);
    expect([one?.ece.low, one?.brier.low, one?.logLoss.high]).toEqual([null, null, null]);
    expect(cardCalibration([pairOf({ logOdds: null })])).toBeNull();
    expect(cardCalibration([])).toBeNull();
  });
});
