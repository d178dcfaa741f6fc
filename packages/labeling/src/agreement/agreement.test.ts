import { describe, expect, it } from "vitest";
import { cohenKappa } from "./cohen-kappa.ts";
import { krippendorffAlpha, valueCounts } from "./krippendorff-alpha.ts";
import { rawAgreement } from "./raw-agreement.ts";

describe("Cohen's κ", () => {
  it("is .40 for the table 20, 5, 10, 15", () => {
    const cells: [string, string, number][] = [
      ["yes", "yes", 20],
      ["yes", "no", 5],
      ["no", "yes", 10],
      ["no", "no", 15],
    ];
    const pairs = cells.flatMap(([one, other, times]) => Array.from({ length: times }, () => [one, other] as const));
    const { kappa, observed, expected } = cohenKappa(pairs);
    expect(kappa).toBeCloseTo(0.4, 12);
    expect(observed).toBeCloseTo(0.7, 12);
    expect(expected).toBeCloseTo(0.5, 12);
  });

  it("is 1 where both always say the same, even one label only, and refuses no items", () => {
    expect(cohenKappa([["a", "a"]]).kappa).toBe(1);
    expect(() => cohenKappa([])).toThrow(RangeError);
  });
});

/** The reliability data of Krippendorff (2011), section C: four observers, twelve units, 0 for a missing value. */
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
  [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];
const units = Array.from({ length: 12 }, (_, unit) =>
  valueCounts(observers.map((row) => row[unit] ?? 0).filter((value) => value > 0)),
);

describe("Krippendorff's α", () => {
  it.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
  ] as const)("on the %s scale is the published %f", (scale, published) => {
    const alpha = krippendorffAlpha(units, scale);
    expect(alpha?.value).toBeCloseTo(published, 3);
    expect(alpha?.low).toBeLessThan(published);
    expect(alpha?.high).toBeGreaterThan(published);
    expect(alpha?.items).toBe(11);
  });

  it("has an interval that holds the truth of chance labels, 0, and is the same each time", () => {
    const chance = Array.from({ length: 300 }, (_, u) =>
      valueCounts([(u * 7919) % 2, Math.floor(u / 2) % 2, ((u * 31) % 3) % 2]),
    );
    const alpha = krippendorffAlpha(chance, "nominal");
    expect(alpha?.low).toBeLessThan(0.02);
    expect(alpha?.high).toBeGreaterThan(-0.02);
    expect(krippendorffAlpha(chance, "nominal")).toEqual(alpha);
  });

  it("is 1 when all say the same and unknown when nobody judged the same item", () => {
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1, 1],
        ].map(valueCounts),
        "ordinal",
      )?.value,
    ).toBe(1);
    expect(krippendorffAlpha([[1], [2]].map(valueCounts), "nominal")).toBeNull();
  });
});

describe("Krippendorff's α of one much-judged item", () => {
  it("is 0 where half say one thing and half the other, and costs no more than for two judgements", () => {
    // o_15 = n²/(2n − 1), so D_o/D_e = (2n − 1) · n²/(2n − 1) / n² = 1 for any n. Pair by pair this would be 4·10¹¹ steps.
    const n = 30_000;
    const counts = new Map([
      [1, n],
      [5, n],
    ]);
    const alpha = krippendorffAlpha([counts], "interval", { resamples: 200 });
    expect(alpha).toMatchObject({ value: expect.closeTo(0, 9), items: 1, pairs: n * (2 * n - 1) });
  });
});

describe("raw agreement", () => {
  it("is the share of equal pairs over items with two judgements or more", () => {
    const agreement = rawAgreement([["a", "a", "b"], ["a", "a"], ["c"]]);
    expect(agreement).toMatchObject({ value: 0.5, items: 2, pairs: 4 });
    expect(rawAgreement([["a"]])).toBeNull();
  });
});
