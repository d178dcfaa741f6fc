import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CommandFolder, commandFolder } from "../harness/rlhf-command.ts";

let run: CommandFolder;

/** People like answers with the word "kind". */
const answer = (index: number, kind: boolean) => `a ${kind ? "kind" : "cold"} word number ${index % 17}`;
const prompt = (index: number) => `say ${index % 23}`;
const pair = (index: number) => ({
  prompt: prompt(index),
  chosen: answer(index, true),
  rejected: answer(index, false),
});
const shown = (index: number) => ({ prompt: prompt(index), completion: answer(index, true) });
const judged = (index: number) => ({
  prompt: prompt(index),
  completion: answer(index, index % 2 === 0),
  label: index % 2 === 0,
});
const rows = <Row>(count: number, make: (index: number) => Row, from = 0) =>
  Array.from({ length: count }, (_, index) => make(index + from));

const Outcome = z.strictObject({
  out: z.string(),
  steps: z.number(),
  seconds: z.number(),
  metrics: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
});
const outcomeOf = ({ out }: { out: string }) => Outcome.parse(JSON.parse(out.trim().split("\n").at(-1) ?? ""));
const succeeded = async (args: readonly string[]) => outcomeOf(await run.succeeded([...args, "--json"]));
const weightsOf = async (name: string) =>
  createHash("sha256")
    .update(await readFile(run.at(`${name}/model/model.safetensors`)))
    .digest("hex");
const quick = ["--policy", "base", "--max-new-tokens", "4", "--evaluation-prompts", "2"];

const shape = { context: 48, vocab: 290, layers: 1, heads: 2, kvHeads: 2, width: 32, hidden: 48 };

beforeAll(async () => {
  run = await commandFolder();
  const texts = rows(60, pair).flatMap(({ chosen, rejected }) => [{ text: chosen }, { text: rejected }]);
  await run.write("texts.jsonl", texts);
  await run.write("shown.jsonl", rows(40, shown));
  await run.write("more.jsonl", rows(16, shown, 40));
  await run.write("pretrain.json", [
    { trainer: "pretrain", train: "texts.jsonl", steps: 4, batchSize: 8, model: shape },
  ]);
  await run.succeeded(["pretrain", "--spec", "pretrain.json", "--out", "base"]);
});
afterAll(() => run.remove());

describe("what a file is for", () => {
  const sft = ["sft", "--policy", "base", "--epochs", "1", "--train", "shown.jsonl"];

  it("is part of a run: with the roles swapped or joined it is another one", async () => {
    const { metrics } = await succeeded([...sft, "--validation", "more.jsonl", "--out", "held"]);
    expect(metrics).toMatchObject({ labels: 40, "heldout.loss": expect.any(Number) });
    const other = "holds a run with other settings, data or models";
    expect((await run.rlhf([...sft, "more.jsonl", "--out", "held"])).error).toContain(other);
    const swapped = ["--train", "more.jsonl", "--validation", "shown.jsonl", "--out", "held"];
    expect((await run.rlhf([...sft.slice(0, -2), ...swapped])).error).toContain(other);
    expect(await run.json("held/spec.json")).toMatchObject({
      data: [
        { path: run.at("shown.jsonl"), role: "train", rows: 40, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { path: run.at("more.jsonl"), role: "validation", rows: 16, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ],
      models: { policy: { sha256: expect.any(String) } },
    });
  });

  it("is part of a run by its rows as well: one that an earlier version read otherwise is not gone on with", async () => {
    await run.succeeded([...sft, "--out", "read"]);
    const manifest = await run.json("read/manifest.json");
    const asIf = (change: object) =>
      writeFile(run.at("read/manifest.json"), JSON.stringify({ ...manifest, ...change }));
    await asIf({ rows: "0".repeat(64) });
    const done = await run.rlhf([...sft, "--out", "read"]);
    expect(done).toMatchObject({ code: 1 });
    expect(done.error).toContain("holds a run of these very files by a version that read their rows otherwise");

    // Begun before rows were written down: only the checkpoint knows them.
    await asIf({ rows: undefined, state: "cancelled" });
    await mkdir(run.at("read/checkpoints/1"), { recursive: true });
    const position = { format: 1, step: 1, request: "of other rows", fingerprint: "a machine" };
    await writeFile(run.at("read/checkpoints/1/checkpoint.json"), JSON.stringify(position));
    for (const name of ["weights", "optimiser"]) {
      await copyFile(run.at("read/model/model.safetensors"), run.at(`read/checkpoints/1/${name}.safetensors`));
    }
    await writeFile(run.at("read/data/demonstration.parquet"), "what was learned from");
    const begun = await run.rlhf([...sft, "--out", "read"]);
    expect(begun).toMatchObject({ code: 1 });
    expect(begun.error).toContain("Go on with that version, name another --out to begin anew, or remove it.");
    expect(await readFile(run.at("read/data/demonstration.parquet"), "utf8")).toBe("what was learned from");
  });

  it("a run done already is told in the same form as the first time", async () => {
    const args = [...sft, "--validation", "more.jsonl", "--out", "held"];
    const again = await succeeded(args);
    expect(Object.keys(again).sort()).toEqual(["metrics", "notes", "out", "seconds", "steps"]);
    expect(again.metrics.labels).toBe(40);
  });

  it("a run of the version before is this one where its only file can have had one role", async () => {
    await run.succeeded([...sft, "--out", "old"]);
    await asBefore("old");
    expect((await run.succeeded([...sft, "--out", "old"])).error).toContain("done already");
    await asBefore("held");
    const { error } = await run.rlhf([...sft, "--validation", "more.jsonl", "--out", "held"]);
    expect(error).toContain("by a version that did not write down which of them were held out");
  });
});

describe("a head on a model's frozen features", () => {
  it("is trained from files by --features, scores pairs, reads no answer twice, and is refused without its model", async () => {
    await run.write("pairs.jsonl", rows(60, pair));
    await run.write("held.jsonl", rows(20, pair, 60));
    await run.succeeded(["import", "base/model", "--out", "smol"]);
    const args = ["reward", "--features", "smol", "--train", "pairs.jsonl", "--validation", "held.jsonl"];
    const { metrics, notes } = await succeeded([...args, "--frozen.folds", "3", "--out", "frozen"]);
    expect(metrics).toMatchObject({ labels: 60, "heldout.accuracy": 1 });
    expect(notes).toEqual([
      expect.any(String),
      expect.stringMatching(/^Chosen on prompts .* Over the next best/),
      expect.stringMatching(/^Over length/),
    ]);
    expect(await readdir(run.at("frozen/model"))).toEqual([
      "config.json",
      "evaluation.json",
      "features.safetensors",
      "report-card.json",
    ]);
    const cached = await readdir(run.at("features-cache"));
    expect(cached.length).toBeGreaterThan(0);

    await run.write("score.jsonl", [{ id: "1", prompt: prompt(3), a: answer(3, true), b: answer(3, false) }]);
    const score = ["score", "--model", "frozen", "--in", "score.jsonl", "--out", "scored.jsonl"];
    await run.succeeded(score);
    const [scored] = z.tuple([z.object({ a: z.number(), b: z.number() })]).parse(
      (await readFile(run.at("scored.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );
    expect(scored.a).toBeGreaterThan(scored.b);
    expect(await readdir(run.at("features-cache"))).toEqual(cached); // both answers were known

    await rename(run.at("smol"), run.at("elsewhere"));
    expect((await run.rlhf(score)).error).toMatch(
      /frozen.model reads the states of smol \([0-9a-f]{12}\), and .*smol is not there/,
    );
    await run.succeeded([...score, "--features", "elsewhere"]);
    await run.write("other.json", [
      { trainer: "pretrain", train: "texts.jsonl", steps: 1, batchSize: 8, model: shape },
    ]);
    await run.succeeded(["pretrain", "--spec", "other.json", "--out", "other"]);
    const refused = await run.rlhf([...score, "--features", "other"]);
    expect(refused.error).toContain("reads the states of the model “smol”");
    expect((await run.rlhf([...args, "--policy", "base", "--out", "both"])).error).toContain("Give one.");
  });
});

describe("splits that rows name", () => {
  const split = (index: number) => ["train", "train", "validation", "test"][index % 4];

  it("of a --validation file never make it something to learn from", async () => {
    await run.write(
      "tagged.jsonl",
      rows(40, (index) => ({ ...pair(index), split: "train" })),
    );
    await run.write("others.jsonl", rows(40, pair, 40));
    const files = ["--train", "others.jsonl", "--validation", "tagged.jsonl"];
    const { metrics, notes } = await succeeded(["reward", "--policy", "base", ...files, "--out", "outranked"]);
    expect(metrics).toMatchObject({ labels: 40, "heldout.comparisons": 40 });
    expect(notes).toContain(
      "tagged.jsonl was given as --validation, and 40 rows name the split train: --validation outranks it, and nothing is learned from them.",
    );
  });

  it("of a --train file hold rows out, those of the test split until the end, and that is said by count", async () => {
    await run.write(
      "split.jsonl",
      rows(80, (index) => ({ ...pair(index), split: split(index) })),
    );
    const args = ["reward", "--policy", "base", "--train", "split.jsonl", "--evaluate-every", "1"];
    const { metrics, notes } = await succeeded([...args, "--out", "split"]);
    expect(metrics).toMatchObject({ labels: 40, "heldout.comparisons": 40 });
    expect(notes).toContain(
      "split.jsonl was given as --train, and 20 rows name the split test: they are held out, and looked at only at the end of the run.",
    );
    const lines = (await readFile(run.at("split/metrics.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const looks = lines
      .filter((line) => line["heldout.comparisons"] !== undefined)
      .map((line) => line["heldout.comparisons"]);
    expect(looks).toEqual([20, 20, 40]);
  });

  it("texts too: those of the test split are no part of the model, of its tokenizer or of a look", async () => {
    const base = ["pretrain", "--spec", "pretrain.json", "--evaluate-every", "1"];
    const texts = rows(60, (index) => ({ text: answer(index, true) }));
    await run.write("known.jsonl", texts);
    const secret = rows(20, () => ({ text: "zebra quagga zebra quagga", split: "test" }));
    await run.write("tested.jsonl", [...texts, ...secret]);
    const plain = await succeeded([...base, "--train", "known.jsonl", "--out", "known"]);
    const tested = await succeeded([...base, "--train", "tested.jsonl", "--out", "tested"]);
    expect(tested.metrics.texts).toBe(plain.metrics.texts);
    expect(await weightsOf("tested")).toBe(await weightsOf("known"));
    expect(tested.notes).toContain("20 texts of the test split are looked at only at the end of the run.");
  });

  it("a reward model of data alone makes the same start, whatever its held-out rows are", async () => {
    const learned = rows(40, pair);
    const long = { prompt: "x ".repeat(400), chosen: "y ".repeat(200), rejected: "z", split: "test" };
    await run.write("short.jsonl", learned);
    await run.write("long.jsonl", [...learned, ...rows(9, () => long)]);
    for (const name of ["short", "long"])
      await run.succeeded(["reward", "--train", `${name}.jsonl`, "--out", `of-${name}`]);
    expect(await weightsOf("of-long/start")).toBe(await weightsOf("of-short/start"));
    expect(await weightsOf("of-long")).toBe(await weightsOf("of-short"));
  });

  it("rows on both sides are counted", async () => {
    const files = ["--train", "shown.jsonl", "--validation", "shown.jsonl"];
    const { metrics, notes } = await succeeded(["sft", "--policy", "base", ...files, "--epochs", "1", "--out", "both"]);
    expect(metrics.labels).toBe(40);
    expect(notes.join()).toContain("40 of 40 held-out rows stand among the training rows too");
  });
});

describe("KTO's own rows", () => {
  const kto = ["dpo", ...quick, "--objective.kind", "kto", "--epochs", "1"];

  it("are learned from, with weights of their own", async () => {
    await run.write("judged.jsonl", [
      ...rows(60, judged),
      ...rows(20, (index) => ({ ...judged(index), split: "validation" }), 60),
    ]);
    const weighed = ["--objective.desirable", "1.33", "--out", "kto"];
    const { metrics, notes } = await succeeded([...kto, "--train", "judged.jsonl", ...weighed]);
    expect(metrics).toMatchObject({ labels: 60, "heldout.answers": 20, "heldout.separation": expect.any(Number) });
    expect(notes).toContain(
      "KTO learns from 30 wanted answers, each weighing 1.33, and 30 unwanted ones, each weighing 1.",
    );
  });

  it("are not for DPO, which says what is, and a batch of one is refused", async () => {
    const dpo = await run.rlhf(["dpo", ...quick, "--train", "judged.jsonl", "--out", "x"]);
    expect(dpo.error).toContain("or --objective.kind kto, which reads answers labelled true or false");
    const one = await run.rlhf([...kto, "--train", "judged.jsonl", "--batch-size", "1", "--out", "y"]);
    expect(one.error).toContain("batchSize: KTO holds each answer against answers under other prompts");
  });
});

describe("what would be wrong without a word is said", () => {
  it("rows that a trainer does not read", async () => {
    await run.write("mixed.jsonl", [...rows(40, pair), ...rows(5, judged)]);
    const { notes } = await succeeded(["reward", "--policy", "base", "--train", "mixed.jsonl", "--out", "mixed"]);
    expect(notes).toContain("“reward by bradley-terry” reads nothing of the rows 5 with a label true or false.");
  });

  it("margins make other models, and identical pairs none", async () => {
    const margin = (lead: number | undefined) =>
      rows(40, (index) => ({ ...pair(index), ...(lead ? { margin: lead } : {}) }));
    for (const [name, lead] of [["none", undefined] as const, ["one", 1] as const, ["three", 3] as const]) {
      await run.write(`${name}.jsonl`, margin(lead));
      await run.succeeded(["reward", "--policy", "base", "--train", `${name}.jsonl`, "--out", `margin-${name}`]);
    }
    const weights = await Promise.all(["none", "one", "three"].map((name) => weightsOf(`margin-${name}`)));
    expect(new Set(weights).size).toBe(3);
    await run.write(
      "same.jsonl",
      rows(40, (index) => ({ ...pair(index), rejected: pair(index).chosen })),
    );
    const { error } = await run.rlhf(["reward", "--policy", "base", "--train", "same.jsonl", "--out", "same"]);
    expect(error).toContain("In all comparisons (40) both answers are the same text to the model");
  });

  it.each([
    ["a seed of null", { seed: null }, /seed: must be a whole number of 0 or more/],
    ["workers of true", { workers: true }, /workers: must be a whole number from 1 to 64/],
    ["half a worker", { workers: 1.5 }, /workers: must be a whole number/],
  ])("%s is no number", async (_, wrong, message) => {
    await writeFile(
      run.at("wrong.json"),
      JSON.stringify({ trainer: "sft", train: "shown.jsonl", policy: "base", ...wrong }),
    );
    const { code, error } = await run.rlhf(["sft", "--spec", "wrong.json", "--out", "wrong"]);
    expect([code, error]).toEqual([1, expect.stringMatching(message)]);
  });

  it.each([
    ["a weight", { weight: 1e308 }, /Line 1, weight: must be a number above 0, from 0\.000001 to 1,000,000/],
    ["a margin", { margin: 1e308 }, /Line 1, margin: must be at most 1,000,000/],
  ])("%s beyond what a step can add up is refused by its line", async (_, column, message) => {
    await run.write(
      "huge.jsonl",
      rows(40, (index) => ({ ...pair(index), ...column })),
    );
    const { error } = await run.rlhf(["reward", "--policy", "base", "--train", "huge.jsonl", "--out", "huge"]);
    expect(error).toMatch(message);
  });

  it("rewards of any size, and answers that have none", async () => {
    const rewarded = rows(40, (index) => ({ ...shown(index), reward: index % 2 ? 1e200 : -1e200 }));
    await run.write("rewarded.jsonl", rewarded);
    const ilql = ["ilql", ...quick, "--samples-per-prompt", "0", "--epochs", "0.5"];
    const { metrics } = await succeeded([...ilql, "--train", "rewarded.jsonl", "--out", "rewarded"]);
    expect(metrics.labels).toBe(40);
    await run.write("bare.jsonl", [...rewarded, ...rows(3, shown, 40)]);
    const { error } = await run.rlhf([...ilql, "--train", "bare.jsonl", "--out", "bare"]);
    expect(error).toContain("Answers without a reward: 3 of 43, the first of them “a kind word number 6” to “say 17”");
  });

  it("one of something is not several", async () => {
    await writeFile(run.at("one.jsonl"), `${JSON.stringify({ text: "a short text" })}\n`);
    const tiny = ["--model.context", "64", "--steps", "1"];
    const { notes } = await succeeded([
      "pretrain",
      "--spec",
      "pretrain.json",
      "--train",
      "one.jsonl",
      ...tiny,
      "--out",
      "one",
    ]);
    expect(notes.join()).toContain("Trained on 1 text, 1 window of at most 64 tokens");
  });
});

/** Gives a run the identity that the version before would have written. */
async function asBefore(name: string): Promise<void> {
  const manifest = await run.json(`${name}/manifest.json`);
  const { seed, workers: _, data, models, ...spec } = Asked.parse(await run.json(`${name}/spec.json`));
  const ofModels = Object.entries(models).map(([role, { sha256 }]) => [role, sha256]);
  const before = JSON.stringify([spec, seed, data.map(({ sha256 }) => sha256), ofModels]);
  const identity = createHash("sha256").update(before).digest("hex");
  await writeFile(run.at(`${name}/manifest.json`), JSON.stringify({ ...manifest, identity, rows: undefined }));
}

const Hashed = z.object({ sha256: z.string() });
const Asked = z.looseObject({
  seed: z.number(),
  workers: z.number(),
  data: z.array(Hashed),
  models: z.record(z.string(), Hashed),
});
