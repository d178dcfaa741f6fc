import { describe, expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights.ts";
import { packModel, unpackModel } from "../model/model-files.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { trainBpe } from "../tokenizer/train-bpe.ts";
import { answers, comparisons, demonstrations, freshPolicy, prompts, ratings, train } from "./tiny-world.fixture.ts";

const brief = { trainer: "reward" as const, epochs: 0.1 };
const regression = { ...brief, objective: { kind: "squared-error" as const } };
const long = "far too long for this context";

describe("data that nothing can be learned from is refused before the first step", () => {
  test("too few comparisons, ratings, answers, prompts: how many there are and how many are needed", async () => {
    const few = train(brief, { comparisons: comparisons.slice(0, 20) });
    await expect(few).rejects.toMatchObject({
      code: "too_few_labels",
      values: { noun: "comparisons", count: 16, minimum: 32 },
      message: "There are 16 comparisons to train on; at least 32 are needed.",
    });
    await expect(train(regression, {})).rejects.toMatchObject({ code: "too_few_labels" });
    const reward = (await train(brief, { comparisons })).files;
    await expect(train({ trainer: "rloo" }, { prompts: [] }, { reward })).rejects.toMatchObject({
      code: "too_few_labels",
    });
    await expect(train({ trainer: "ilql" }, { answers: answers.slice(0, 9) }, { reward })).rejects.toMatchObject({
      code: "too_few_labels",
    });
  });

  test("all ties, or all ratings alike", async () => {
    const ties = comparisons.map((row) => ({ ...row, outcome: 0 }));
    await expect(train(brief, { comparisons: ties })).rejects.toMatchObject({ code: "one_class" });
    await expect(train({ trainer: "dpo" }, { comparisons: ties })).rejects.toMatchObject({ code: "one_class" });
    const threes = ratings.map((row) => ({ ...row, score: 3 }));
    await expect(train(regression, { ratings: threes })).rejects.toMatchObject({ code: "one_class" });
  });

  test("pairs longer than the context are counted and reported, and refused when none fits", async () => {
    const some = comparisons.map((row, i) => (i % 5 === 1 ? { ...row, a: { ...row.a, text: long } } : row));
    const { notes, metrics } = await train(brief, { comparisons: some });
    expect(notes[0]).toBe("Trained on 144 of 192 comparisons: 48 are longer than the model's context of 24 tokens.");
    expect(metrics).toMatchObject({ labels: 144, labelsTooLong: 48 });
    const none = comparisons.map((row) => ({ ...row, a: { ...row.a, text: long } }));
    await expect(train(brief, { comparisons: none })).rejects.toMatchObject({ code: "all_too_long" });
  });
});

describe("models that don't fit the run are refused", () => {
  test("missing, of the wrong kind, or with another tokenizer", async () => {
    const { files: reward } = await train(brief, { comparisons });
    const wrong = [
      train({ trainer: "sft" }, { demonstrations }, { policy: undefined }),
      train({ trainer: "sft" }, { demonstrations }, { policy: reward }),
      train({ trainer: "rloo" }, { prompts }, {}),
      train({ trainer: "rloo" }, { prompts }, { reward: freshPolicy }),
    ];
    for (const run of wrong) await expect(run).rejects.toMatchObject({ code: "wrong_model" });
    const { config } = unpackModel(freshPolicy);
    const tokenizer = openTokenizer(trainBpe(["zzzz zzzz"], 263));
    const larger = { ...config, vocab: 263 };
    const reference = packModel({
      config: larger,
      tokenizer,
      head: { kind: "lm" },
      weights: initialWeights(larger, { kind: "lm" }, 1),
    });
    const mismatch = train({ trainer: "rloo" }, { prompts }, { reward, reference });
    await expect(mismatch).rejects.toMatchObject({ code: "tokenizer_mismatch" });
  });

  test("a loss that is no longer a number breaks the run off with a code instead of publishing noise", async () => {
    const model = unpackModel(freshPolicy);
    const weights = new Map(
      [...model.weights].map(([name, { shape, values }]) => [name, { shape, values: values.map(() => 3e38) }]),
    );
    const run = train({ trainer: "sft" }, { demonstrations }, { policy: packModel({ ...model, weights }) });
    await expect(run).rejects.toMatchObject({ code: "diverged", message: expect.stringContaining("step 1") });
  });
});
