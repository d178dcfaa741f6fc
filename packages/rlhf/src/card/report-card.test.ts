import { ReportCard } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import { cardBestOf } from "./card-best-of.ts";
import { cardControls } from "./card-controls.ts";
import { meanOver } from "./card-figure.ts";
import { pairOf } from "./card-pair.fixture.ts";
import { cardPeople } from "./card-people.ts";
import { cardSlices, isLengthMatched } from "./card-slices.ts";
import { languageByScript } from "./language-by-script.ts";
import { reportCard } from "./report-card.ts";

const gaps = { shuffled: null, empty: null };
const answersOf = (a: number, b: number) =>
  [
    { id: "a", length: a },
    { id: "b", length: b },
  ] as const;
const cardOf = (pairs: Parameters<typeof reportCard>[0]["pairs"]) =>
  ReportCard.parse(reportCard({ objective: "bradley-terry", labels: "comparisons", pairs, uncalibrated: null, gaps }));
const times = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));

describe("the sentence", () => {
  test("says better, not shown or worse than the longer answer by the whole interval of the lead, and by how much", () => {
    // The model is always right; the longer answer in every second pair.
    const ahead = times(100, (i) => pairOf({ promptId: `p${i}`, answers: answersOf(i % 2 ? 20 : 5, 10) }));
    const card = cardOf(ahead);
    expect(card.verdict).toBe("better");
    expect(card.sentence.en).toMatch(
      /^Better than “the longer answer wins”: it agrees with people on 100\.0% \[\d+\.\d, 100\.0\] of 100 held-out pairs, the longer answer on 50\.0%, a lead of 50\.0 points \[40\.\d, 59\.\d\]\.$/,
    );
    expect(card.sentence.zh).toMatch(/^优于“选较长回答”：在留出的 100 对回答上，.*领先 50\.0 个百分点/);
    const equal = cardOf(ahead.map((pair, i) => ({ ...pair, model: i % 2 ? 1 : -1 })));
    expect(equal.verdict).toBe("not-shown");
    expect(equal.sentence.en).toContain("Not shown to be better");
    const behind = cardOf(ahead.map((pair) => ({ ...pair, model: -1, answers: answersOf(20, 10) })));
    expect(behind.verdict).toBe("worse");
    expect(behind.sentence.en).toMatch(/a lead of −100\.0 points/);
  });

  test("names counting word pairs where the model is not shown to be ahead of it, and one prompt shows nothing", () => {
    const pairs = times(100, (i) => pairOf({ promptId: `p${i}`, answers: answersOf(5, 10), bigram: 1 }));
    expect(cardOf(pairs).sentence.en).toContain("not shown to be better than counting word pairs (100.0%)");
    expect(cardOf(pairs.map((pair) => ({ ...pair, promptId: "p" }))).verdict).toBe("not-shown");
  });

  test("ends with what its picks among stored answers won", () => {
    const of = (a: string, b: string) =>
      [
        { id: a, length: a === "long" ? 90 : 10 },
        { id: b, length: b === "long" ? 90 : 10 },
      ] as const;
    const three = times(2, (i) => [
      pairOf({ promptId: `p${i}`, answers: of("good", "long") }),
      pairOf({ promptId: `p${i}`, answers: of("good", "bad") }),
      pairOf({ promptId: `p${i}`, answers: of("long", "bad") }),
    ]).flat();
    const { sentence } = cardOf(three);
    expect(sentence.en).toMatch(
      / Of three or more stored answers it picks one that won 100\.0% \[.*\] of its comparisons \(the longest: 50\.0%\)\.$/,
    );
    expect(sentence.zh).toMatch(/已保存的回答.*最长的为 50\.0%）。$/);
  });

  test("of nothing held out there is a card, which says so", () => {
    const card = cardOf([]);
    expect(card).toMatchObject({ verdict: "none", pairs: 0, accuracy: null, controls: [], people: null });
    expect(card.sentence.en).toContain("No label is held out");
    expect(cardOf([pairOf({ outcome: 0 })])).toMatchObject({ pairs: 0, ties: 1, verdict: "none" });
  });
});

test("the same pairs in another order give the same card, to the last bit", () => {
  const pairs = times(50, (i) => {
    const answers = [
      { id: `a${i}`, length: i },
      { id: `b${i}`, length: 50 - i },
    ] as const;
    const [model, untrained] = [Math.sin(i), Math.cos(i)];
    return pairOf({ promptId: `p${i % 7}`, annotator: `w${i % 3}`, answers, model, untrained });
  });
  expect(cardOf([...pairs].reverse())).toEqual(cardOf(pairs));
});

describe("intervals", () => {
  test("by hand: a mean over six pairs of three prompts (Liang and Zeger's sandwich)", () => {
    // 1, 1 and 0 of p, 1 of q, 0 and 0 of r.
    const rows = [
      ["p", 1],
      ["p", 1],
      ["p", 0],
      ["q", 1],
      ["r", 0],
      ["r", 0],
    ] as const;
    const mean = meanOver(
      rows.map(([promptId, model]) => pairOf({ promptId, model })),
      ({ model }) => model,
      [-1, 1],
    );
    // Residuals by prompt: ½, ½, −1; √(1.5 · 3/2) / 6 = ¼.
    expect(mean).toEqual({
      value: 0.5,
      low: expect.closeTo(0.5 - 1.96 / 4, 12),
      high: expect.closeTo(0.5 + 1.96 / 4, 12),
    });
  });

  test("pairs of one prompt are not as good as pairs of many: the same rights and wrongs have a wider interval", () => {
    const of = (prompts: number) => {
      const { accuracy } = cardOf(times(40, (i) => pairOf({ promptId: `p${i % prompts}`, model: i % 4 ? 1 : -1 })));
      return (accuracy?.high ?? 0) - (accuracy?.low ?? 0);
    };
    expect(of(4)).toBeGreaterThan(1.5 * of(40));
    expect(cardOf(times(40, () => pairOf())).accuracy).toMatchObject({ value: 1, low: null, high: null });
  });
});

describe("slices", () => {
  test("lengths match up to 30 % of the longer one, both ways", () => {
    const matched = (a: number, b: number) => isLengthMatched(pairOf({ answers: answersOf(a, b) }));
    expect([matched(70, 100), matched(100, 70), matched(69, 100), matched(0, 0), matched(0, 1)]).toEqual([
      ...[true, true, false, true, false],
    ]);
    const card = cardOf([
      pairOf({ answers: answersOf(80, 100), model: 1 }),
      pairOf({ promptId: "q", answers: answersOf(100, 80), model: -1 }),
      pairOf({ promptId: "r", answers: answersOf(10, 100), model: 1 }),
    ]);
    expect(card.lengthMatched).toMatchObject({ pairs: 2, prompts: 2, longer: 0.5, accuracy: { value: 0.5 } });
    expect(card.lengthMatched?.lead.value).toBe(0);
  });

  test("by strength, language, length in thirds and annotator, each pair once in each", () => {
    const pairs = times(60, (i) =>
      pairOf({
        promptId: `p${i}`,
        strength: 1 + (i % 3),
        language: i % 4 ? "zh" : "en",
        annotator: `somebody-${i % 25}`,
        answers: answersOf(i + 1, 1),
        model: i % 3 ? 1 : -1,
      }),
    );
    const slices = cardSlices(pairs);
    for (const slice of Object.values(slices)) expect(slice.reduce((sum, { pairs: n }) => sum + n, 0)).toBe(60);
    expect(slices.strength.map(({ of, accuracy }) => [of, accuracy.value])).toEqual([
      ["1", 0],
      ["2", 1],
      ["3", 1],
    ]);
    expect(slices.language.map(({ of, pairs: n }) => [of, n])).toEqual([
      ["zh", 45],
      ["en", 15],
    ]);
    expect(slices.length.map(({ of, pairs: n }) => [of, n])).toEqual([
      ["≤ 20", 20],
      ["21–40", 20],
      ["> 40", 20],
    ]);
    // Twenty by a number of this card alone, and the rest as one: no name, nor a pseudonym known elsewhere.
    expect(slices.annotator.map(({ of }) => of)).toEqual([...times(20, (i) => `A${i + 1}`), "others"]);
    expect(JSON.stringify(slices)).not.toContain("somebody");
  });

  test("a language is told by its script, and English by its words", () => {
    expect(languageByScript("The answer is that you can do it with the others.")).toBe("en");
    expect(languageByScript("La respuesta correcta depende de muchas cosas pequeñas.")).toBe("latin");
    expect(languageByScript("这个回答更好，因为它更准确。")).toBe("zh");
    expect(languageByScript("この答えのほうがよいと思います。")).toBe("ja");
    expect(languageByScript("이 대답이 더 좋습니다.")).toBe("ko");
    expect(languageByScript("Этот ответ лучше.")).toBe("cyrillic");
    expect(languageByScript("42 :-)")).toBe("other");
  });
});

describe("controls", () => {
  test("one that never differs from the model is not known to be its equal: the interval is no point", () => {
    const pairs = times(20, (i) => pairOf({ promptId: `p${i}`, untrained: 1 }));
    const untrained = cardControls(pairs, gaps).find(({ name }) => name === "untrained");
    // 1 − .025^(1/20) = .1684: Clopper and Pearson's upper end for none of twenty.
    expect(untrained?.lead).toEqual({ value: 0, low: expect.closeTo(-0.1684, 4), high: expect.closeTo(0.1684, 4) });
  });

  test("stand on the same pairs, with the model's lead over each, and say what was not measured", () => {
    const pairs = times(10, (i) =>
      pairOf({ promptId: `p${i}`, untrained: i < 5 ? 1 : -1, shuffled: i < 4 ? 0 : null, answers: answersOf(5, 10) }),
    );
    const controls = cardControls(pairs, { shuffled: null, empty: "template" });
    const of = (name: string) => controls.find((one) => one.name === name);
    expect(controls.map(({ name }) => name)).toEqual([
      ...["longer", "bigram", "untrained", "held-out-permuted", "prompt-shuffled", "prompt-empty"],
    ]);
    expect(of("longer")).toMatchObject({ pairs: 10, accuracy: { value: 0 }, lead: { value: 1 } });
    expect(of("untrained")).toMatchObject({ pairs: 10, accuracy: { value: 0.5 }, lead: { value: 0.5 } });
    expect(of("prompt-shuffled")).toMatchObject({ pairs: 4, accuracy: { value: 0.5 }, lead: { value: 0.5 } });
    expect(of("bigram")).toMatchObject({ accuracy: null, missing: "not-measured" });
    expect(of("prompt-empty")).toMatchObject({ accuracy: null, missing: "template" });
  });

  test("permuted labels agree with the model half of the time, and p is small only where the model knows something", () => {
    const knowing = times(40, (i) => pairOf({ promptId: `p${i}`, model: i < 34 ? 1 : -1 }));
    const of = (pairs: typeof knowing) => cardControls(pairs, gaps).find(({ name }) => name === "held-out-permuted");
    const known = of(knowing);
    expect(known?.accuracy?.value).toBeCloseTo(0.5, 1);
    // Binomial(40, ½): the central 95 % is 14 to 26 of 40.
    expect(known?.accuracy?.low).toBeCloseTo(14 / 40, 1);
    expect(known?.accuracy?.high).toBeCloseTo(26 / 40, 1);
    expect(known?.p).toBe(1 / 1000);
    expect(of(knowing.map((pair, i) => ({ ...pair, model: i % 2 ? 1 : -1 })))?.p).toBeGreaterThan(0.3);
    // All of a prompt go together: forty pairs of two prompts are two observations, and p can't be small.
    expect(of(knowing.map((pair, i) => ({ ...pair, promptId: `p${i % 2}` })))?.p).toBeGreaterThan(0.2);
    expect(of(knowing.map((pair) => ({ ...pair, promptId: "p" })))?.missing).toBe("one-prompt");
  });
});

describe("people on the same pairs", () => {
  test("by hand: three of whom two agree, and two who agree, whichever way round they were asked", () => {
    const people = cardPeople([
      pairOf({ annotator: "x", outcome: 1, model: 1 }),
      pairOf({ annotator: "y", outcome: 1, model: 1 }),
      pairOf({ annotator: "z", outcome: -1, model: 1 }),
      pairOf({ promptId: "q", annotator: "x", outcome: 1, model: -1 }),
      pairOf({
        ...{ promptId: "q", annotator: "y", outcome: -1, model: 1 },
        answers: [
          { id: "b", length: 10 },
          { id: "a", length: 10 },
        ],
      }),
      // Nobody else judged this one.
      pairOf({ promptId: "r", annotator: "x" }),
    ]);
    // Shares of the others who agree: ½, ½, 0, 1, 1. The model is right about the first two.
    expect(people).toMatchObject({ pairs: 2, prompts: 2, judgements: 5 });
    expect(people?.agreement.value).toBeCloseTo(3 / 5, 12);
    expect(people?.model.value).toBeCloseTo(2 / 5, 12);
    expect(people?.lead.value).toBeCloseTo(-1 / 5, 12);
  });

  test("who judged a pair twice is one person, and nobody agrees with themselves", () => {
    expect(cardPeople([pairOf({ annotator: "x" }), pairOf({ annotator: "x" })])).toBeNull();
  });
});

describe("best-of-n", () => {
  const versus = (promptId: string, [one, a]: [string, number], [other, b]: [string, number], outcome: number) =>
    pairOf({
      ...{ promptId, outcome, model: a - b },
      answers: [
        { id: one, length: one === "long" ? 90 : 10 },
        { id: other, length: other === "long" ? 90 : 10 },
      ],
    });

  test("by hand: the pick is judged by its comparisons, beside the longest and the best possible", () => {
    // People: good > long > bad. The model of p picks good, that of q picks long.
    const people = (promptId: string, good: number, long: number, bad: number) => [
      versus(promptId, ["good", good], ["long", long], 1),
      versus(promptId, ["bad", bad], ["good", good], -1),
      versus(promptId, ["long", long], ["bad", bad], 1),
    ];
    expect(cardBestOf([...people("p", 3, 2, 1), ...people("q", 1, 2, 0)])).toMatchObject({
      ...{ candidates: "stored", prompts: 2, answers: 3, longest: 0.5, most: 1 },
      picked: { value: 0.75 },
      lead: { value: 0.25 },
    });
  });

  test("two answers, or three that were not all compared, are no choice of n", () => {
    expect(cardBestOf([versus("p", ["x", 1], ["y", 0], 1)])).toBeNull();
    expect(cardBestOf([versus("p", ["x", 1], ["y", 0], 1), versus("p", ["y", 0], ["z", 2], 1)])).toBeNull();
  });
});
