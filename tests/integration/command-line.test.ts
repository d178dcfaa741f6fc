import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { ReportCard } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandFolder, commandFolder } from "../harness/rlhf-command.ts";

let folder: CommandFolder;
beforeAll(async () => {
  folder = await commandFolder();
});
afterAll(() => folder.remove());

const at = (name: string) => folder.at(name);
const rlhf = (args: readonly string[], until?: () => boolean) => folder.rlhf(args, until);
const succeeded = (args: readonly string[]) => folder.succeeded(args);
const json = async (name: string) => JSON.parse(await readFile(at(name), "utf8"));
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** People like answers with the word "kind", and the longer one says nothing. */
const answer = (index: number, kind: boolean) =>
  `${["the", "a", "my"][index % 3]} ${kind ? "kind" : "cold"} word number ${index % 17}`;
const pair = (index: number) => ({
  prompt: `say ${index % 23}`,
  chosen: answer(index, true),
  rejected: `${answer(index + 1, false)}${index % 2 ? " and more" : ""}`,
});
const pairs = Array.from({ length: 240 }, (_, index) => pair(index));
const small = ["--model.layers", "1", "--model.width", "32", "--model.heads", "2", "--model.kv-heads", "2"];
const tiny = [...small, "--model.hidden", "48", "--model.context", "64", "--model.vocab", "300"];

describe("rlhf reward", () => {
  it("needs nothing but pairs: it makes its own start, and scores what it has not seen", async () => {
    await writeFile(at("pairs.jsonl.gz"), gzipSync(lines(pairs)));
    const { out } = await succeeded(["reward", "--train", "pairs.jsonl.gz", "--out", "judge", "--json"]);
    const outcome = JSON.parse(out.trim().split("\n").at(-1) ?? "");
    expect(outcome).toMatchObject({ out: at("judge"), metrics: { labels: 240, labelsTooLong: 0 } });

    const unseen = Array.from({ length: 40 }, (_, index) => ({
      id: `row ${index}`,
      prompt: "say it",
      a: `such a ${index % 2 ? "kind" : "cold"} thing`,
      b: `such a ${index % 2 ? "cold" : "kind"} thing`,
    }));
    await writeFile(at("unseen.jsonl"), lines(unseen));
    await succeeded(["score", "--model", "judge", "--in", "unseen.jsonl", "--out", "scores.jsonl"]);
    const scores = (await readFile(at("scores.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(scores.map(({ id }) => id)).toEqual(unseen.map(({ id }) => id));
    for (const [index, { a, b }] of scores.entries()) expect(Math.sign(a - b)).toBe(index % 2 ? 1 : -1);
  });

  it("has a report card made of what it is judged by, again and on other rows, and says the sentence first", async () => {
    const rows = pairs.slice(0, 30).map((row, index) => ({ ...row, split: index < 10 ? "train" : "test" }));
    await writeFile(at("held.jsonl"), lines(rows));
    const asked = ["card", "--model", "judge", "--in", "held.jsonl", "--train", "pairs.jsonl.gz"];
    const { out, error } = await succeeded(asked);
    const card = ReportCard.parse(JSON.parse(out));
    expect(card).toMatchObject({ made: "later", pairs: 20, accuracy: { value: 1 } });
    expect(error).toContain(card.sentence.en);
    expect(error).toContain("10 rows of --in of the split train left out");
  });

  it("leaves a run directory that names and hashes all it holds, and draws its curves", async () => {
    const manifest = await json("judge/manifest.json");
    expect(manifest).toMatchObject({ state: "done", metrics: { labels: 240 } });
    for (const name of [
      "spec.json",
      "metrics.jsonl",
      "data/comparison.parquet",
      "model/model.safetensors",
      "model/report-card.json",
    ]) {
      expect(manifest.files[name].sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    const spec = await json("judge/spec.json");
    expect(spec).toMatchObject({
      trainer: "reward",
      seed: 1,
      freezeBody: true,
      lexicalBuckets: 65_536,
      surface: true,
      data: [{ rows: 240 }],
    });
    await succeeded(["curves", "judge"]);
    expect(await readFile(at("judge/curves.svg"), "utf8")).toContain("<path");
    const png = await readFile(at("judge/curves.png"));
    expect([...png.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join("")).toBe("PNG");
  });

  it("done once, is not done again; asked for otherwise, refuses to write over it", async () => {
    const again = await succeeded(["reward", "--train", "pairs.jsonl.gz", "--out", "judge"]);
    expect(again.error).toContain("done already");
    const other = await rlhf(["reward", "--train", "pairs.jsonl.gz", "--out", "judge", "--epochs", "2"]);
    expect(other).toMatchObject({ code: 1 });
    expect(other.error).toContain("holds a run with other settings, data or models");
  });
});

describe("the files that a command reads", () => {
  it.each([
    ["score", ["--model", "judge", "--in", "own.jsonl", "--out", "own.jsonl"]],
    ["generate", ["--model", "judge", "--in", "own.jsonl", "--out", "own.jsonl"]],
  ])("are never written over: %s", async (command, args) => {
    const text = lines([{ id: 7, prompt: "say it", a: "a kind word", b: "a cold word" }]);
    await writeFile(at("own.jsonl"), text);
    const { code, error } = await rlhf([command, ...args]);
    expect([code, error]).toEqual([1, expect.stringContaining("is read and would be replaced")]);
    expect(await readFile(at("own.jsonl"), "utf8")).toBe(text);
  });

  it("are never written over by prepare, which would take its own folder for done", async () => {
    await writeFile(at("prose.jsonl"), lines(pairs.map(({ chosen }) => ({ text: chosen }))));
    await succeeded(["prepare", "--in", "prose.jsonl", "--out", "own"]);
    const before = await readFile(at("own/train.jsonl"), "utf8");
    const { code, error } = await rlhf(["prepare", "--in", "own/train.jsonl", "--out", "own"]);
    expect([code, error]).toEqual([1, expect.stringContaining("is read and would be replaced")]);
    expect(await readFile(at("own/train.jsonl"), "utf8")).toBe(before);
  });

  it("give the numbers of their ids back as numbers", async () => {
    await writeFile(at("own.jsonl"), lines([{ id: 7, prompt: "say it", a: "a kind word", b: "a cold word" }]));
    await succeeded(["score", "--model", "judge", "--in", "own.jsonl", "--out", "numbered.jsonl"]);
    expect(await readFile(at("numbered.jsonl"), "utf8")).toMatch(/"id":7,/);
  });

  it("are one text each where their names end in .txt, in capitals and gzipped too; an empty one is refused", async () => {
    const prose = "A kind word goes a long way.\nA cold one goes further.\n".repeat(40);
    await writeFile(at("prose.TXT"), prose);
    await writeFile(at("prose.txt.gz"), gzipSync(prose));
    await writeFile(at("empty.txt"), "");
    const told = await succeeded(["prepare", "--in", "prose.TXT", "prose.txt.gz", "--out", "texts", "--json"]);
    expect(JSON.parse(told.out)).toMatchObject({ rowsRead: 2 });
    const empty = await rlhf(["pretrain", "--train", "empty.txt", "--out", "nothing", ...tiny]);
    expect([empty.code, empty.error]).toEqual([1, expect.stringContaining("empty.txt is empty")]);
  });
});

describe("every trainer, from files", () => {
  it("goes the whole way: texts, demonstrations, judgements, policy", async () => {
    await writeFile(
      at("texts.jsonl"),
      lines(pairs.flatMap(({ chosen, rejected }) => [{ text: chosen }, { text: rejected }])),
    );
    const shown = pairs.map(({ prompt, chosen }, index) => ({
      prompt,
      completion: answer(index, index % 2 === 0),
      chosen,
    }));
    await writeFile(at("shown.jsonl"), lines(shown.map(({ chosen: _, ...row }) => row)));
    await writeFile(at("pairs.jsonl"), lines(pairs));
    await writeFile(at("prompts.jsonl"), lines(pairs.slice(0, 23).map(({ prompt }) => ({ prompt }))));
    const rewarded = shown.map(({ chosen: _, ...row }) => ({
      ...row,
      reward: row.completion.includes("kind") ? 3 : -1,
    }));
    await writeFile(at("rewarded.jsonl"), lines(rewarded));
    const rated = shown.map(({ chosen: _, ...row }) => ({ ...row, score: row.completion.includes("kind") ? 5 : 2 }));
    await writeFile(at("rated.jsonl"), lines(rated));

    await succeeded(["pretrain", "--train", "texts.jsonl", "--out", "base", "--steps", "20", ...tiny]);
    await succeeded(["sft", "--train", "shown.jsonl", "--policy", "base", "--out", "sft", "--epochs", "2"]);
    const byRatings = ["--objective.kind", "squared-error", "--epochs", "2"];
    await succeeded(["reward", "--train", "rated.jsonl", "--policy", "sft", "--out", "rated", ...byRatings]);
    const quick = ["--policy", "sft", "--max-new-tokens", "12", "--evaluation-prompts", "8"];
    const own = [...quick, "--train", "prompts.jsonl", "--reward", "judge", "--steps", "2", "--batch-size", "4"];
    await succeeded(["rloo", ...own, "--out", "rloo", "--samples-per-prompt", "2"]);
    await succeeded(["grpo", ...own, "--out", "grpo", "--samples-per-prompt", "2", "--scaled", "false"]);
    await succeeded(["ppo", ...own, "--out", "ppo", "--epochs", "2"]);
    await succeeded([
      "dpo",
      ...quick,
      "--train",
      "pairs.jsonl",
      "--out",
      "dpo",
      "--objective.kind",
      "ipo",
      "--epochs",
      "0.2",
    ]);
    // Stored rewards need no reward model.
    const stored = ["--train", "rewarded.jsonl", "--samples-per-prompt", "0", "--epochs", "0.5"];
    await succeeded(["ilql", ...quick, ...stored, "--out", "ilql"]);
    expect(await json("grpo/spec.json")).toMatchObject({ trainer: "grpo", scaled: false, samplesPerPrompt: 2 });

    const asked = ["--in", "prompts.jsonl", "--best-of", "4", "--reward", "judge", "--out", "answers.jsonl"];
    await succeeded(["generate", "--model", "sft", ...asked, "--max-new-tokens", "12"]);
    const [first] = (await readFile(at("answers.jsonl"), "utf8")).split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({ completion: expect.any(String), reward: expect.any(Number) });
  });

  it("pretraining never learns from the texts it is measured on", async () => {
    await writeFile(at("validation.jsonl"), lines(pairs.slice(0, 7).map(({ chosen }) => ({ text: chosen }))));
    const files = ["--train", "texts.jsonl", "--validation", "validation.jsonl"];
    const { out } = await succeeded(["pretrain", ...files, "--out", "measured", "--steps", "2", "--json", ...tiny]);
    const { metrics } = JSON.parse(out);
    expect(metrics).toMatchObject({ texts: 2 * pairs.length, "heldout.loss": expect.any(Number) });
  });

  it("killed between two steps, ends with the very model of an undisturbed run", async () => {
    const spec = {
      trainer: "pretrain",
      train: "texts.jsonl",
      steps: 30,
      checkpointEvery: 3,
      model: { context: 64, vocab: 300 },
    };
    await writeFile(at("pretrain.json"), JSON.stringify(spec));
    await succeeded(["pretrain", "--spec", "pretrain.json", "--out", "whole"]);
    const killed = await rlhf(["pretrain", "--spec", "pretrain.json", "--out", "broken"], () =>
      existsSync(at("broken/checkpoints/9")),
    );
    expect(killed.code).not.toBe(0);
    const resumed = await succeeded(["pretrain", "--spec", "pretrain.json", "--out", "broken"]);
    expect(resumed.error).toMatch(/Going on after step \d+/);
    const weights = async (run: string) => (await json(`${run}/manifest.json`)).files["model/model.safetensors"].sha256;
    expect(await weights("broken")).toBe(await weights("whole"));
    const steps = (await readFile(at("broken/metrics.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(steps.filter(({ loss }) => loss !== undefined).map(({ step }) => step)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });
});

describe("what can't be done is said before it is tried, with the cure", () => {
  it.each([
    ["a file that is not there", ["sft", "--train", "none.jsonl", "--out", "x"], /There is no file none\.jsonl/],
    ["no file at all", ["sft", "--out", "x"], /--train: name a file/],
    ["no place to write", ["sft", "--train", "shown.jsonl"], /--out: name the run directory/],
    [
      "a broken line",
      ["reward", "--train", "broken.jsonl", "--out", "x"],
      /broken\.jsonl: Line 2, rejected: is missing/,
    ],
    [
      "rows for another trainer",
      ["sft", "--train", "pairs.jsonl", "--policy", "base", "--out", "x"],
      /needs rows with prompt and completion/,
    ],
    [
      "a number that is none",
      ["rloo", "--train", "prompts.jsonl", "--out", "x", "--beta", "much"],
      /--beta must be a number/,
    ],
    [
      "a number out of range",
      ["rloo", "--train", "prompts.jsonl", "--out", "x", "--beta", "-1"],
      /beta: must be 0 or more\./,
    ],
    [
      "a misspelt setting",
      ["rloo", "--spec", "misspelt.json", "--out", "x"],
      /stepz: There is no such setting.*spelling/,
    ],
    [
      "settings of another form",
      ["rloo", "--spec", "formless.json", "--out", "x"],
      /batchSize: must be a whole number\.\n {2}steps: must be a number\./,
    ],
    ["a spec for another trainer", ["ppo", "--spec", "misspelt.json", "--out", "x"], /is a spec for “rloo”/],
    ["no starting policy", ["rloo", "--train", "prompts.jsonl", "--out", "x"], /This run needs a policy to improve/],
    [
      "no reward model",
      ["rloo", "--train", "prompts.jsonl", "--policy", "sft", "--out", "y"],
      /This run needs a reward model/,
    ],
    [
      "a folder without a model",
      ["score", "--model", "data", "--in", "pairs.jsonl", "--out", "x"],
      /there is no model in data/,
    ],
    [
      "scores into a folder that is not there",
      ["score", "--model", "judge", "--in", "unseen.jsonl", "--out", "none/x.jsonl"],
      /--out: there is no folder .*none\. Make it first/,
    ],
    [
      "prompts that are none",
      ["generate", "--model", "base", "--in", "texts.jsonl", "--out", "x.jsonl"],
      /--in: texts\.jsonl holds texts alone/,
    ],
    [
      "weights without an end",
      ["import", "endless", "--out", "foreign"],
      /model\.safetensors can.t be used: it is no regular file/,
    ],
    ["a run directory that is a file", ["pretrain", "--train", "texts.jsonl", "--out", "three.jsonl"], /is a file/],
    [
      "a config with a wrong key",
      ["import", "wrong", "--out", "foreign"],
      /config\.json can't be used: hidden_size: .*expected number/,
    ],
    [
      "too few labels",
      ["reward", "--train", "three.jsonl", "--out", "z"],
      /There are 3 comparisons to train on; at least 32/,
    ],
    [
      "a folder of other things",
      ["sft", "--train", "shown.jsonl", "--policy", "base", "--out", "."],
      /holds other files/,
    ],
  ])("%s", async (_, args, message) => {
    await writeFile(at("broken.jsonl"), `${lines(pairs.slice(0, 1))}{"prompt":"x","chosen":"y"}\n`);
    await writeFile(at("three.jsonl"), lines(pairs.slice(0, 3)));
    await foreignModel("endless", {}, "/dev/zero");
    await foreignModel("wrong", { hidden_size: "wide" }, at("base/model/model.safetensors"));
    await writeFile(at("misspelt.json"), JSON.stringify({ trainer: "rloo", train: "prompts.jsonl", stepz: 3 }));
    const formless = { train: "prompts.jsonl", steps: "many", batchSize: 1.5 };
    await writeFile(at("formless.json"), JSON.stringify(formless));
    const { code, error } = await rlhf(args);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});

/** The files of the model `base`, but for some keys of its config and where its weights lie. */
async function foreignModel(name: string, keys: object, weights: string): Promise<void> {
  await mkdir(at(name), { recursive: true });
  const config = JSON.parse(await readFile(at("base/model/config.json"), "utf8"));
  await writeFile(at(`${name}/config.json`), JSON.stringify({ ...config, ...keys }));
  await copyFile(at("base/model/tokenizer.json"), at(`${name}/tokenizer.json`));
  await rm(at(`${name}/model.safetensors`), { force: true });
  await symlink(weights, at(`${name}/model.safetensors`));
}
