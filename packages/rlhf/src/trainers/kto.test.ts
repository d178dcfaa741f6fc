import type { RunFact } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import { unpackModel } from "../model/model-files.ts";
import { alone } from "../parallel/team.ts";
import { encodeConversation } from "../reward/labelled-answers.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import type { Metrics, UnpairedAnswer } from "../training/request.ts";
import { sequenceLogProbs } from "./direct-policy.ts";
import { mismatchedAnswers } from "./kto-answers.ts";
import { comparisons, demonstrations, engine, freshPolicy, train, unpaired } from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 2 }, { demonstrations })).files;
const kto = { trainer: "dpo" as const, maxNewTokens: 4, evaluationPrompts: 2 };
const objective = { kind: "kto" as const };

/** Σ log π of each (prompt, answer), one at a time. */
async function logProbs(
  files: Files,
  pairs: readonly (readonly [UnpairedAnswer, UnpairedAnswer])[],
): Promise<number[]> {
  const model = unpackModel(files);
  const opened = openPolicy(engine.tf, model, alone);
  const sums: number[] = [];
  for (const [asked, answered] of pairs) {
    const { tokenizer, config } = model;
    const sequence = encodeConversation(tokenizer, asked.prompt, answered.text, config.context);
    if (!sequence) throw new Error("the pair does not fit");
    sums.push(...(await sequenceLogProbs(opened, [sequence], undefined)));
  }
  opened.parameters.dispose();
  return sums;
}

describe("KTO on answers judged alone", () => {
  test("its first loss is that of eq. 8, z being the mean log-ratio of every answer under another's prompt", async () => {
    const four = ([0, 1, 2, 3] as const).map((index): UnpairedAnswer => {
      const prompt = [{ role: "user" as const, content: `q${index}` }];
      const text = ["zzab", "abca", "zazz", "ccba"][index] ?? "";
      return { promptId: `p${index}`, prompt, text, split: "train", wanted: index % 2 === 0 };
    });
    const steps: Metrics[] = [];
    const spec = { ...kto, batchSize: 4, epochs: 1, minimumLabels: 4 };
    const weights = { beta: 0.1, desirable: 1, undesirable: 1.5 };
    await train(
      { ...spec, objective: { ...objective, ...weights } },
      { unpaired: four },
      { policy, reference: freshPolicy },
      { onMetric: (_, values) => void (values.lr !== undefined && steps.push(values)) },
    );

    const ratios = async (pairs: readonly (readonly [UnpairedAnswer, UnpairedAnswer])[]) => {
      const [own, theirs] = [await logProbs(policy, pairs), await logProbs(freshPolicy, pairs)];
      return own.map((sum, index) => sum - (theirs[index] ?? 0));
    };
    const own = await ratios(four.map((answer) => [answer, answer] as const));
    // Whichever rotation the batch came in, each answer stands under the prompt of the one after it: four of twelve couples.
    const rotations = await Promise.all(
      orders([0, 1, 2, 3]).map(async (order) => {
        const couples = order.map((at, i) => [four[order[(i + 1) % 4] ?? 0], four[at]] as const);
        return couples.flatMap(([asked, answered]) => (asked && answered ? [[asked, answered] as const] : []));
      }),
    );
    const candidates: number[] = [];
    for (const couples of rotations) {
      const gained = await ratios(couples);
      candidates.push(Math.max(0, gained.reduce((sum, one) => sum + one, 0) / 4));
    }
    const z = steps[0]?.klBaseline ?? Number.NaN;
    expect(Math.min(...candidates.map((one) => Math.abs(one - z)))).toBeLessThan(1e-4);
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const lossOf = (ratio: number, index: number) =>
      index % 2 === 0 ? 1 - sigmoid(0.1 * (ratio - z)) : 1.5 * (1 - sigmoid(0.1 * (z - ratio)));
    const expected = own.reduce((sum, ratio, index) => sum + lossOf(ratio, index), 0) / (1 + 1.5 + 1 + 1.5);
    expect(steps[0]?.loss).toBeCloseTo(expected, 5);
    // The mean of the answers' own log-ratios is another number: the baseline is not the answers themselves.
    expect(Math.abs(own.reduce((sum, one) => sum + one, 0) / 4 - z)).toBeGreaterThan(1e-3);
  });

  test("tells wanted from unwanted held-out answers, and says how many pulled each way", async () => {
    const facts: RunFact[] = [];
    const { metrics } = await train(
      { ...kto, epochs: 4, learningRate: 2e-3, objective: { ...objective, desirable: 2 } },
      { unpaired },
      { policy },
      { onNote: (_, fact) => void (fact && facts.push(fact)) },
    );
    expect(metrics["heldout.separation"]).toBeGreaterThan(0.8);
    expect(metrics["heldout.chosenLogRatio"]).toBeGreaterThan(metrics["heldout.rejectedLogRatio"] ?? 9);
    const wanted = unpaired.filter((row) => row.split === "train" && row.wanted).length;
    expect(facts.find(({ code }) => code === "kto_sides")?.values).toEqual({
      wanted,
      unwanted: unpaired.filter(({ split }) => split === "train").length - wanted,
      desirable: 2,
      undesirable: 1,
    });
  });

  test("stands beside comparisons in one run", async () => {
    const { metrics } = await train({ ...kto, epochs: 0.2, objective }, { comparisons, unpaired }, { policy });
    expect(metrics["heldout.comparisons"]).toBeGreaterThan(10);
    expect(metrics["heldout.answers"]).toBe(unpaired.filter(({ split }) => split !== "train").length);
  });
});

test("weights of 0 for both sides are refused: nothing would move", async () => {
  const nothing = { ...objective, desirable: 0, undesirable: 0 };
  await expect(train({ ...kto, objective: nothing }, { unpaired }, { policy })).rejects.toThrow("objective.desirable");
});

describe("what would make KTO's baseline the answers themselves is refused", () => {
  test.each([
    [
      "a batch of one comparison",
      { batchSize: 1 },
      { comparisons },
      "batchSize: KTO holds each answer against answers",
    ],
    [
      "answers to a single prompt, however it is named",
      {},
      {
        unpaired: unpaired
          .filter(({ split }) => split === "train")
          .map((row, index) => ({ ...row, promptId: `p${index}`, prompt: [{ role: "user" as const, content: "q" }] })),
      },
      "all rows (192) have but one",
    ],
    [
      "answers of one kind",
      {},
      { unpaired: unpaired.map((row) => ({ ...row, wanted: true })) },
      "are wanted: KTO learns from both",
    ],
  ])("%s", async (_, settings, data, message) => {
    await expect(train({ ...kto, ...settings, objective }, data, { policy })).rejects.toThrow(message);
  });
});

test("an answer is put under the next other prompt, beyond the batch where that has but one", () => {
  const row = (prompt: number, answer: number) => ({
    promptId: `p${prompt}`,
    answers: [{ sequence: { ids: [1, prompt, answer], answerStart: 2 }, wanted: 1 as const, weight: 1 }],
  });
  const all = [row(7, 70), row(7, 71), row(8, 80), row(9, 90)];
  const ids = (batch: typeof all) => mismatchedAnswers(batch, all, 16).map((sequence) => sequence.ids);
  expect(ids(all)).toEqual([
    [1, 8, 70],
    [1, 8, 71],
    [1, 9, 80],
    [1, 7, 90],
  ]);
  expect(ids([row(7, 70), row(7, 71)])).toEqual([
    [1, 8, 70],
    [1, 8, 71],
  ]);
});

/** All orders of some numbers that begin with the first: a batch may come in any, up to rotation. */
function orders([first = 0, ...rest]: readonly number[]): number[][] {
  const of = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((one) => of(left.filter((other) => other !== one)).map((tail) => [one, ...tail]));
  return of(rest).map((tail) => [first, ...tail]);
}
