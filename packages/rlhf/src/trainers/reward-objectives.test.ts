import { ReportCard, type RewardObjective, reportCardFile } from "@touchstone/contracts";
import { readSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { evaluateReward } from "../card/evaluate-reward.ts";
import { withFreshAnswers } from "../card/fresh-answers.ts";
import type { Files } from "../model/files.ts";
import { unpackModel } from "../model/model-files.ts";
import { differenceVariance } from "../reward/ensemble.ts";
import type { AnswerScore } from "../reward/reward-scorer.ts";
import { scoreCompletions } from "../reward/score-completions.ts";
import type { TrainingData } from "../training/request.ts";
import { aspectRatings, comparisons, engine, freshPolicy, rankings, ratings, train } from "./tiny-world.fixture.ts";

const prompt = [{ role: "user" as const, content: "q3" }];
const scoresOf = (reward: Files, ...texts: string[]) =>
  scoreCompletions({ engine, reward, items: texts.map((text) => ({ prompt, text })) });
const brief = { trainer: "reward" as const, epochs: 3 };
/** Sides at random, so that what stood first can be told from what is called a. */
const shuffled = comparisons.map((label, i) => ({ ...label, first: i % 2 ? ("a" as const) : ("b" as const) }));

const learned: [RewardObjective["kind"], TrainingData][] = [
  ["ordered-logit", { comparisons: shuffled }],
  ["davidson", { comparisons }],
  ["rao-kupper", { comparisons }],
  ["plackett-luce", { rankings }],
  ["plackett-luce", { comparisons }],
  ["bradley-terry", { rankings }],
  ["combined", { comparisons, ratings }],
];

describe.each(learned)("%s", (kind, data) => {
  test("learns the planted letter, held out, and its files give the same scores", async () => {
    const { files, metrics } = await train({ ...brief, objective: { kind } }, data);
    expect(metrics["heldout.accuracy"]).toBeGreaterThan(0.9);
    const [good, bad] = await scoresOf(files, "zzzz", "abca");
    expect(good?.score).toBeGreaterThan(bad?.score ?? Number.NaN);
    const { head, weights } = unpackModel(files);
    expect(head).toMatchObject({ kind: "reward", objective: kind });
    expect([...weights.keys()].filter((name) => name.startsWith("objective."))).toEqual([]);

    const card = ReportCard.parse(JSON.parse(new TextDecoder().decode(files.get(reportCardFile))));
    expect(card).toMatchObject({ verdict: "better", accuracy: { value: metrics["heldout.accuracy"] } });
    expect(card.calibration?.brier.value).toBeCloseTo(metrics["heldout.brier"] ?? Number.NaN, 9);
    // What is asked does not matter in this world, so the model is as right without it.
    for (const name of ["prompt-shuffled", "prompt-empty"]) {
      const control = card.controls.find((one) => one.name === name);
      expect(control?.accuracy?.value).toBeGreaterThan(0.8);
    }
  });
});

test("evaluated again from its files, a model has the card of its run, less what only the run knew", async () => {
  const { files } = await train({ ...brief, epochs: 1 }, { comparisons });
  const card = ReportCard.parse(JSON.parse(new TextDecoder().decode(files.get(reportCardFile))));
  const again = ReportCard.parse(await evaluateReward({ engine, reward: files, comparisons, ratings: [] }));
  const unlike = { made: null, controls: null, calibration: null };
  expect([card.fresh, card.freshMissing]).toEqual([null, "no-policy"]);
  expect({ ...again, ...unlike }).toEqual({ ...card, ...unlike });
  expect(again.made).toBe("later");
  // The scores are those of the run; that they were rounded on their way is all that may differ.
  expect(again.calibration?.brier.value).toBeCloseTo(card.calibration?.brier.value ?? Number.NaN, 5);
  const named = ({ controls }: ReportCard, name: string) => controls.find((one) => one.name === name);
  expect(named(again, "bigram")).toEqual(named(card, "bigram"));
  expect(named(again, "untrained")).toMatchObject({ accuracy: null, missing: "not-measured" });
  expect(named(again, "prompt-empty")?.pairs).toBe(card.pairs);
});

test("with a policy the card says which of its fresh answers are picked, the same each time; one that can't answer is named", async () => {
  const { files } = await train({ ...brief, epochs: 1 }, { comparisons });
  const request = { engine, policy: freshPolicy, data: { comparisons }, seed: 7 };
  const cardOf = (of: Files) => ReportCard.parse(JSON.parse(new TextDecoder().decode(of.get(reportCardFile))));
  const [one, again] = [await withFreshAnswers(files, request), await withFreshAnswers(files, request)];
  // Two different questions are held out.
  expect(cardOf(one).fresh).toMatchObject({ prompts: 2, answers: 4 });
  expect(cardOf(one).freshMissing).toBeNull();
  expect({ ...cardOf(one), fresh: null, freshMissing: "no-policy" }).toEqual(cardOf(files));
  expect(again.get(reportCardFile)).toEqual(one.get(reportCardFile));
  const ofReward = await withFreshAnswers(files, { ...request, policy: files });
  expect(cardOf(ofReward)).toMatchObject({ fresh: null, freshMissing: "failed" });
  const nothing = await withFreshAnswers(files, { ...request, data: {} });
  expect(cardOf(nothing)).toMatchObject({ fresh: null, freshMissing: "no-prompt" });
  expect(await withFreshAnswers(freshPolicy, request)).toBe(freshPolicy);
  await expect(withFreshAnswers(files, { ...request, signal: AbortSignal.abort() })).rejects.toThrow();
});

test("where no comparison is held out, ratings say which answer is better", async () => {
  const { files } = await train({ ...brief, epochs: 1, objective: { kind: "squared-error" } }, { ratings });
  // Two answers to each prompt, the second the worse by its letters.
  const twice = ratings.flatMap((rating) => [
    rating,
    { ...rating, completion: { completionId: `${rating.judgementId} b`, text: "abca" }, score: 1 },
  ]);
  const card = await evaluateReward({ engine, reward: files, comparisons: [], ratings: twice });
  expect(card).toMatchObject({ labels: "ratings", uncalibrated: "ratings", calibration: null, people: null });
  expect(card.accuracy?.value).toBeGreaterThan(0.9);
});

test("seven steps: the likelihood of the very step beats that of the steps' frequencies, and the pull is told", async () => {
  const { metrics } = await train({ ...brief, objective: { kind: "ordered-logit" } }, { comparisons: shuffled });
  const heldOut = shuffled.filter(({ split }) => split !== "train");
  const frequencies = [-3, -2, -1, 0, 1, 2, 3].map(
    (step) => heldOut.filter(({ outcome }) => outcome === step).length / heldOut.length,
  );
  const entropy = frequencies.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  expect(metrics["heldout.nll"]).toBeLessThan(entropy);
  // Nobody here is drawn to a side.
  expect(Math.abs(metrics.position ?? Number.NaN)).toBeLessThan(0.5);
});

test("Davidson's ν is fitted, or as it was set", async () => {
  const fitted = await train({ ...brief, objective: { kind: "davidson" } }, { comparisons });
  const set = await train({ ...brief, epochs: 0.5, objective: { kind: "davidson", nu: 0.8 } }, { comparisons });
  expect(fitted.metrics.nu).toBeGreaterThan(0);
  expect(set.metrics.nu).toBeCloseTo(0.8, 12);
});

test("combined: scores are on the ratings' scale, whose level comparisons leave free", async () => {
  const { files, metrics } = await train(
    { ...brief, epochs: 6, objective: { kind: "combined" } },
    { comparisons, ratings },
  );
  expect(metrics["heldout.mse"]).toBeLessThan(0.5 * (metrics["baseline.mean.mse"] ?? 0));
  const [good, bad] = await scoresOf(files, "zzaz", "abca");
  expect(good?.score).toBeGreaterThan(3);
  expect(bad?.score).toBeLessThan(2.3);
});

describe("per aspect", () => {
  test("each head learns its aspect, and the reward is exactly their weighted sum", async () => {
    const weights = { zest: 0.75, calm: 0.25 };
    const { files, metrics } = await train(
      { ...brief, epochs: 5, objective: { kind: "per-aspect", weights } },
      { ratings: aspectRatings },
    );
    for (const aspect of ["zest", "calm"]) {
      const [mse, mean] = ["heldout", "baseline"].map((of) => metrics[`${of}.aspect.${aspect}.mse`] ?? Number.NaN);
      expect(mse).toBeLessThan(0.6 * (mean ?? 0));
    }
    const [zest, calm] = await scoresOf(files, "zzzz", "aaaa");
    expect(zest?.aspects?.zest).toBeGreaterThan((calm?.aspects?.zest ?? 9) + 1);
    expect(calm?.aspects?.calm).toBeGreaterThan((zest?.aspects?.calm ?? 9) + 1);
    for (const score of [zest, calm]) {
      const { zest: z = Number.NaN, calm: c = Number.NaN } = score?.aspects ?? {};
      expect(score?.score).toBeCloseTo(0.75 * z + 0.25 * c, 10);
    }
  });

  test("a weight of an aspect that nobody rated, or no aspect at all, is refused with what is there", async () => {
    const weighted = { kind: "per-aspect" as const, weights: { charm: 1 } };
    await expect(train({ ...brief, objective: weighted }, { ratings: aspectRatings })).rejects.toThrow(
      "objective.weights names charm",
    );
    await expect(train({ ...brief, objective: { kind: "per-aspect" } }, { ratings })).rejects.toThrow(
      "column “aspect”",
    );
  });
});

describe.each(["shared", "own"] as const)("an ensemble of three with %s bodies", (body) => {
  const known = comparisons.filter(({ a, b }) => !/b/.test(a.text + b.text));
  const spec = { ...brief, lexicalBuckets: 256, likelihood: 0, minimumLabels: 8, ensemble: { members: 3, body } };
  const made = train(spec, { comparisons: known });

  test("is one model folder, whose members differ, and whose first is a model by itself", async () => {
    const { files } = await made;
    const tensors = readSafetensors(files.get("model.safetensors") ?? new Uint8Array());
    const heads = ["", "member.1.", "member.2."].map((prefix) => tensors.get(`${prefix}score.weight`)?.values);
    expect(heads[1]).toBeDefined();
    expect(heads[0]).not.toEqual(heads[1]);
    expect(heads[1]).not.toEqual(heads[2]);
    expect(tensors.has("member.1.model.norm.weight")).toBe(body === "own");
    const again = await scoresOf(files, "zzzz", "abca");
    expect(again).toEqual(await scoresOf(files, "zzzz", "abca"));
  });

  test("its score is the members' mean, or cautious if it is asked to be", async () => {
    const { files } = await made;
    const items = ["zzzz", "bbbb"].map((text) => ({ prompt, text }));
    const by = (combine: "mean" | "worst" | "penalised") =>
      scoreCompletions({ engine, reward: files, items, combination: { combine, penalty: 0.5 } });
    const [mean, worst, penalised] = [await by("mean"), await by("worst"), await by("penalised")];
    for (const [i, { members = [], score }] of mean.entries()) {
      expect(score).toBeCloseTo(members.reduce((sum, value) => sum + value, 0) / 3, 9);
      expect(worst[i]?.score).toBe(Math.min(...members));
      expect(penalised[i]?.score).toBeLessThan(score);
    }
  });

  test("it is less sure of pairs with a letter that it never saw than of pairs that it learned", async () => {
    const { files } = await made;
    const variance = (a: AnswerScore | undefined, b: AnswerScore | undefined) =>
      differenceVariance(a?.members ?? [], b?.members ?? []);
    const [a1, a2, b1, b2] = await scoresOf(files, "zaca", "caac", "zaba", "babb");
    expect(variance(b1, b2)).toBeGreaterThan(variance(a1, a2));
  });
});
