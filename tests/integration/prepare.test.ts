import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readArgumentPairs } from "../harness/argument-pairs.ts";
import { hasReferenceData, referenceLines } from "../harness/reference-data.ts";
import { type CommandFolder, commandFolder } from "../harness/rlhf-command.ts";

let folder: CommandFolder;
beforeAll(async () => {
  folder = await commandFolder();
});
afterAll(() => folder.remove());

const Row = z.looseObject({
  text: z.string().optional(),
  prompt: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  completion: z.string().optional(),
  split: z.enum(["train", "validation", "test"]).optional(),
  cluster: z.string(),
});
type Row = z.infer<typeof Row>;
const Report = z.looseObject({
  rowsRead: z.number(),
  rowsWritten: z.number(),
  steps: z.array(
    z.looseObject({
      step: z.string(),
      changed: z.number(),
      dropped: z.number(),
      reasons: z.array(
        z.object({ reason: z.string(), effect: z.string(), rows: z.number(), examples: z.array(z.string()) }),
      ),
    }),
  ),
  split: z.looseObject({ moved: z.array(z.unknown()), trees: z.number(), clusters: z.number() }),
  augmented: z.number(),
  packing: z.looseObject({ texts: z.number(), windows: z.number(), waste: z.number(), cut: z.number() }).nullable(),
});

const splits = ["train", "validation", "test"] as const;
const rowsOf = async (out: string, split: string): Promise<Row[]> =>
  (await readFile(folder.at(`${out}/${split}.jsonl`), "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Row.parse(JSON.parse(line)));

async function prepared(files: readonly string[], out: string, more: readonly string[] = []) {
  const { out: printed } = await folder.succeeded(["prepare", "--in", ...files, "--out", out, "--json", ...more]);
  const report = Report.parse(JSON.parse(printed));
  const dropped = (step: string) => report.steps.find((one) => one.step === step)?.dropped;
  const rows = await Promise.all(splits.map(async (split) => ({ split, rows: await rowsOf(out, split) })));
  return { report, dropped, rows, table: await folder.json(`${out}/splits.json`) };
}

const question = (index: number) =>
  `Please tell me something about subject number ${index} in the list of ${index % 7}.`;

describe("what a file was taken for", () => {
  it("is one line of prepare and of a trainer: rows used and left out, columns that nothing is taken from", async () => {
    const pair = (prompt: string) => ({ prompt, chosen: "This one.", rejected: "That one.", mood: "calm" });
    const rated = { prompt: "What is it?", completion: "It is this.", score: 4 };
    await folder.write("mixed.jsonl", [pair("Which of them?"), pair("Which of them?"), pair("Who was it?"), rated]);
    const prepare = await folder.succeeded(["prepare", "--in", "mixed.jsonl", "--out", "told"]);
    expect(prepare.error).toContain(
      "mixed.jsonl: taken for 3 rows with chosen and rejected, 1 row with a score; 3 of 4 rows go on, 1 row left out; columns that no trainer reads: mood (3 rows).",
    );
    const trainer = await folder.rlhf(["dpo", "--train", "mixed.jsonl", "--out", "run"]);
    expect(trainer.error).toContain(
      "mixed.jsonl: taken for 3 rows with chosen and rejected, 1 row with a score; 3 of 4 rows used; columns not used: mood (3 rows).",
    );
  });
});

describe("rlhf prepare", () => {
  it("finds what was planted, says so by line, and finds nothing more in what it has written", async () => {
    const rows = Array.from({ length: 120 }, (_, index) => ({
      prompt: question(index),
      completion: `Subject ${index} is fine.`,
    }));
    const planted = [
      { ...rows[3] },
      {
        prompt: "  Please tell me about cafe\u0301s.\u200b",
        completion: "They are kind places. Ask bob@example.org or 13812345678.",
      },
      {
        prompt: "Pourriez-vous m'expliquer comment fonctionne la photosynthèse ?",
        completion: "Bien sûr, avec plaisir.",
      },
      { prompt: "介绍一下试金石", completion: "试金石可以检验黄金的成色。" },
      { prompt: "Say nothing at all, please, now.", completion: "" },
    ];
    await folder.write("one.jsonl", [...rows, ...planted]);
    const { report, dropped, rows: files, table } = await prepared(["one.jsonl"], "one");
    expect([dropped("clean"), dropped("language"), dropped("length"), dropped("exact-duplicates")]).toEqual([
      0, 1, 1, 1,
    ]);
    expect(report.steps.find(({ step }) => step === "exact-duplicates")?.reasons).toEqual([
      {
        reason: "repeats an earlier row exactly",
        effect: "dropped",
        rows: 1,
        examples: ["one.jsonl:121 (like one.jsonl:4)"],
      },
    ]);
    expect(report).toMatchObject({ rowsRead: 125, rowsWritten: 122 });
    const all = files.flatMap((file) => file.rows);
    expect(all).toHaveLength(122);
    expect(all.find(({ completion }) => completion?.includes("kind"))).toMatchObject({
      prompt: [{ role: "user", content: "Please tell me about cafés." }],
      completion: "They are kind places. Ask <EMAIL> or <PHONE>.",
    });
    for (const { split, rows: own } of files) {
      expect(own.length).toBeGreaterThan(0);
      for (const row of own) {
        expect(row.split).toBe(split);
        expect(table[row.cluster]).toBe(split);
      }
    }
    expect(await readFile(folder.at("one/report.md"), "utf8")).toContain("| exact-duplicates | 123 | 0 | 1 |");
    // The same again is the same, and what was prepared is prepared.
    const before = await readFile(folder.at("one/train.jsonl"), "utf8");
    await prepared(["one.jsonl"], "one");
    expect(await readFile(folder.at("one/train.jsonl"), "utf8")).toBe(before);
    const again = await prepared(
      splits.map((split) => `one/${split}.jsonl`),
      "again",
    );
    expect(again.table).toEqual(table);
    expect(again.report.steps.map(({ changed, dropped: gone }) => [changed, gone])).toEqual(Array(6).fill([0, 0]));
  });

  it("keeps every split in the next version, also of prompts like those that are no longer there", async () => {
    const added = Array.from({ length: 60 }, (_, index) => ({
      prompt: `${question(index)} Thanks!`,
      completion: "New words.",
    }));
    const fresh = Array.from({ length: 60 }, (_, index) => ({
      prompt: `Anew ${index}: what is ${index * 7}?`,
      completion: "A number.",
    }));
    await folder.write("two.jsonl", [...fresh, ...added]);
    const first = await folder.json("one/splits.json");
    const { table, rows, report } = await prepared(["two.jsonl"], "two", ["--previous", "one"]);
    expect(report.split.moved).toEqual([]);
    for (const [key, split] of Object.entries(first)) expect(table[key]).toBe(split);
    const placed = new Map(
      (await Promise.all(splits.map((split) => rowsOf("one", split))))
        .flat()
        .map((row) => [row.prompt?.[0]?.content, row.split]),
    );
    const followed = rows.flatMap((file) => file.rows).filter(({ completion }) => completion === "New words.");
    expect(followed).toHaveLength(60);
    for (const row of followed) expect(row.split).toBe(placed.get(row.prompt?.[0]?.content.replace(" Thanks!", "")));
  });

  it("rewords the training split alone, by a spec file that flags overrule", async () => {
    await folder.write("spec.json", [
      {
        in: "one.jsonl",
        steps: ["clean"],
        augment: { templates: ["{hello} {prompt}"], values: { hello: ["Hi!"] } },
        split: { test: 0.2 },
      },
    ]);
    const args = [
      "prepare",
      "--spec",
      "spec.json",
      "--split.test",
      "0.3",
      "--steps",
      "clean,exact-duplicates",
      "--out",
      "three",
      "--json",
    ];
    const report = Report.parse(JSON.parse((await folder.succeeded(args)).out));
    expect(report).toMatchObject({ spec: { split: { test: 0.3 }, steps: ["clean", "exact-duplicates"] } });
    const train = await rowsOf("three", "train");
    const reworded = train.filter(({ prompt }) => prompt?.[0]?.content.startsWith("Hi! "));
    expect(reworded.length).toBe(train.length / 2);
    expect(report.augmented).toBe(reworded.length);
    for (const split of ["validation", "test"]) {
      for (const { prompt } of await rowsOf("three", split)) expect(prompt?.[0]?.content).not.toContain("Hi!");
    }
  });

  it("bounds rows in tokens and packs the training split into windows, by a model's tokenizer", async () => {
    const texts = Array.from({ length: 40 }, (_, index) => ({
      text: "a kind word and more ".repeat(1 + (index % 20)) + index,
    }));
    await folder.write("texts.jsonl", texts);
    const small = ["--model.layers", "1", "--model.width", "16", "--model.heads", "2", "--model.kv-heads", "2"];
    const tiny = [...small, "--model.hidden", "16", "--model.context", "64", "--model.vocab", "280", "--steps", "1"];
    await folder.succeeded(["pretrain", "--train", "texts.jsonl", "--out", "base", "--windows", "best-fit", ...tiny]);
    const args = ["--steps", "length", "--length.max-tokens", "80", "--tokenizer", "base", "--pack.context", "64"];
    const { report, rows, dropped } = await prepared(["texts.jsonl"], "packed", args);
    expect(dropped("length")).toBeGreaterThan(0);
    const train = rows.find(({ split }) => split === "train")?.rows ?? [];
    expect(report.packing).toMatchObject({ texts: train.length });
    const windows = (await readFile(folder.at("packed/packing.jsonl"), "utf8")).trim().split("\n");
    expect(windows).toHaveLength(report.packing?.windows ?? 0);
    const Window = z.object({ tokens: z.number().max(64), lines: z.array(z.number().int().min(1)) });
    const lines = new Set(windows.flatMap((line) => Window.parse(JSON.parse(line)).lines));
    expect(lines).toEqual(new Set(train.map((_, index) => index + 1)));
  });

  it.each([
    [["--in", "one.jsonl"], /--out: name the folder/],
    [["--out", "x"], /--in: name a file/],
    [["--in", "none.jsonl", "--out", "x"], /There is no file none\.jsonl/],
    [["--in", "bad.jsonl", "--out", "x"], /bad\.jsonl: Line 2, rejected: is missing/],
    [["--in", "one.jsonl", "--out", "x", "--steps", "wash"], /steps\.0: .*clean/],
    [["--in", "one.jsonl", "--out", "x", "--split.test", "0.95"], /must add up to less than 1/],
    [["--in", "one.jsonl", "--out", "x", "--duplicates.threshold", "2"], /duplicates\.threshold: /],
    [["--in", "one.jsonl", "--out", "x", "--augment.templates", "Q: {question}"], /must hold \{prompt\}/],
    [["--in", "one.jsonl", "--out", "x", "--length.max-tokens", "9"], /--tokenizer: name a model/],
    [["--in", "one.jsonl", "--out", "x", "--previous", "nowhere"], /nowhere holds no splits\.json/],
    [["--in", "one.jsonl", "--out", "."], /holds other files\. Name another --out/],
    [["--in", "one.jsonl", "--out", "annotated"], /holds other files\. Name another --out/],
  ])("refuses %j, naming field and cure, and writes nothing", async (args, message) => {
    await folder.write("bad.jsonl", [{ text: "fine" }, { prompt: "Why?", chosen: "So." }]);
    // A version that somebody has put something of their own beside.
    await mkdir(folder.at("annotated"), { recursive: true });
    for (const name of ["splits.json", "report.json", "notes.md"])
      await writeFile(folder.at(`annotated/${name}`), "{}");
    const { code, error } = await folder.rlhf(["prepare", ...args]);
    expect(error).toMatch(message);
    expect(code).toBe(1);
    expect(await readFile(folder.at("annotated/notes.md"), "utf8")).toBe("{}");
    await expect(readFile(folder.at("x/splits.json"))).rejects.toThrow();
  });
});

describe.skipIf(!hasReferenceData)("rlhf prepare on published data", () => {
  it("Open Assistant: no message tree and no turn of one stands in two splits, though rows don't name their tree", async () => {
    interface Node {
      readonly text: string;
      readonly role: string;
      readonly replies: readonly Node[];
    }
    const Node: z.ZodType<Node> = z.object({
      text: z.string(),
      role: z.string(),
      replies: z.lazy(() => z.array(Node)),
    });
    const rows: { prompt: { role: string; content: string }[]; completion: string }[] = [];
    const trees = new Map<string, string>();
    const walk = (node: Node, path: { role: string; content: string }[], tree: string): void => {
      const assistant = node.role === "assistant";
      if (assistant) rows.push({ prompt: path, completion: node.text });
      trees.set(node.text.replace(/\s+/gu, " ").trim(), tree);
      const turns = [...path, { role: assistant ? "assistant" : "user", content: node.text }];
      for (const reply of node.replies) walk(reply, turns, tree);
    };
    const lines = await referenceLines("preference/oasst_en_100_tree.trees001-070.jsonl.gz");
    for (const line of lines) {
      const { prompt, message_tree_id } = z
        .object({ message_tree_id: z.string(), prompt: Node })
        .parse(JSON.parse(line));
      walk(prompt, [], message_tree_id);
    }
    await folder.write("trees.jsonl", rows);
    const { rows: files, report } = await prepared(["trees.jsonl"], "trees");
    expect(report.split.trees).toBe(70);
    const splitsOfTree = new Map<string, Set<string>>();
    for (const { split, rows: own } of files) {
      expect(own.length).toBeGreaterThan(0);
      for (const { prompt } of own) {
        const tree = trees.get(prompt?.[0]?.content.replace(/\s+/gu, " ").trim() ?? "") ?? "unknown";
        splitsOfTree.set(tree, (splitsOfTree.get(tree) ?? new Set()).add(split));
      }
    }
    expect(splitsOfTree.size).toBe(70);
    for (const placed of splitsOfTree.values()) expect(placed.size).toBe(1);
  });

  it("UKPConvArg1: both stances of the twelve topics, one prompt each, stay whole; planted repeats are found, others are true", async () => {
    const pairs = (await readArgumentPairs()).filter(({ in_strict }) => in_strict);
    const rows = pairs.map(({ id, title, stance, gold, text1, text2 }) => ({
      id,
      prompt: `${title}\n${stance}`,
      chosen: gold === "a1" ? text1 : text2,
      rejected: gold === "a1" ? text2 : text1,
    }));
    const distinct = new Set(rows.map(({ prompt, chosen, rejected }) => JSON.stringify([prompt, chosen, rejected])))
      .size;
    const planted = rows.slice(0, 50).map((row) => ({ ...row, id: `again ${row.id}` }));
    await folder.write("arguments.jsonl", [...rows, ...planted]);
    const steps = ["--steps", "exact-duplicates,near-duplicates"];
    const { dropped, rows: files, report } = await prepared(["arguments.jsonl"], "arguments", steps);
    expect(dropped("exact-duplicates")).toBe(rows.length + 50 - distinct);
    expect(report.split.trees).toBe(24);
    const splitsOfPrompt = new Map<string, Set<string>>();
    for (const { split, rows: own } of files) {
      for (const { cluster } of own) splitsOfPrompt.set(cluster, (splitsOfPrompt.get(cluster) ?? new Set()).add(split));
    }
    for (const placed of splitsOfPrompt.values()) expect(placed.size).toBe(1);
  });

  it("Chinese instructions: nothing of them is foreign, and each planted near-duplicate is found", async () => {
    const Instruction = z.object({ instruction: z.string(), input: z.string(), output: z.string() });
    const rows = (await referenceLines("sft/alpaca_zh_demo_1000.jsonl.gz"))
      .map((line) => Instruction.parse(JSON.parse(line)))
      .map(({ instruction, input, output }) => ({ prompt: `${instruction}\n${input}`, completion: output }));
    const plain = await prepared([await written("zh.jsonl", rows)], "zh");
    expect(plain.dropped("language")).toBe(0);
    // One character more than a hundred leave ninety-nine of a hundred shingles as they were.
    const planted = rows
      .filter(({ prompt, completion }) => prompt.length > 20 && completion.length > 100)
      .slice(0, 100)
      .map(({ prompt, completion }) => ({ prompt: `${prompt}呢`, completion: `${completion}的` }));
    expect(planted).toHaveLength(100);
    const more = await prepared([await written("zh-planted.jsonl", [...rows, ...planted])], "zh-planted");
    const found = (more.dropped("near-duplicates") ?? 0) - (plain.dropped("near-duplicates") ?? 0);
    expect(found).toBe(100);
    expect(more.table).toMatchObject(plain.table);
  });

  async function written(name: string, rows: readonly object[]): Promise<string> {
    await folder.write(name, rows);
    return name;
  }
});
