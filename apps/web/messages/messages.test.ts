import { readdirSync, readFileSync } from "node:fs";
import { problemCodes, refusalReasons } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Every message by its dotted key. */
function flatten(tree: object, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}

/** Names of the values that a message takes. Braces by turns open a value and one of its wordings. */
function valuesOf(message: string): string[] {
  let depth = 0;
  const names = [...message.matchAll(/\{\s*(\w*)|\}/g)].flatMap(([brace, name = ""]) => {
    depth += brace === "}" ? -1 : 1;
    return brace !== "}" && depth % 2 === 1 ? [name] : [];
  });
  return [...new Set(names)].sort();
}

/** What stays as it is in every language: formats, programs, and the names of fields and values that a file is written with. */
const names = new Set(
  [
    "JSON Lines CSV TSV UTF UTC API NUL NaN Infinity Python Excel Arrow Feather Parquet ORC Avro HDF NumPy SQLite Zstandard LZ RAR PDF HTML XML Git LFS",
    "gzip zip bzip xz tar pickle z xls xlsx zst txt pandas git lfs pull json.dumps df.to_json path orient records lines d t n True",
    "prompt completion completions chosen rejected ranking messages role content assistant response overall_score score reward label text id answers winner a b",
    "jsonl json csv tsv parquet GB Deflate snappy compression df.to_parquet row_group_size",
    "answer input output scores replies pairwise choices rating textarea",
    "PNG JPEG WebP GIF AVIF Ogg MP WAV FLAC M A SVG data image png base name url",
    "OpenAI Azure ATIF v tool tool_calls type function arguments user agent system",
    "GGUF config.json model.safetensors tokenizer.json safetensors transformers save_pretrained merge_and_unload",
    "llama gguf split merge adapter_config.json adapter_model.safetensors copy",
    "http HTTP TOUCHSTONE_OUTGOING_ALLOW file.jsonl Webhook",
    "Human Assistant true false null trainer T Z ada example.org KL https lora freezeBody width heads kvHeads",
  ].flatMap((line) => line.split(" ")),
);
const word = /[A-Za-z][A-Za-z_.]*[A-Za-z]|[A-Za-z]/g;
const withoutNames = (message: string) => message.replaceAll(/\{[^{}]*\}/g, "");
const englishIn = (message: string) => (withoutNames(message).match(word) ?? []).filter((found) => !names.has(found));
/** Values and words that are names alone. */
const namesOnly = ["named"];

/** All code that can name a message: the pages, and the contracts, whose codes are names of messages too. */
function namesInCode(): ReadonlySet<string> {
  const folders = ["../", "../../../packages/contracts/src/"].map((path) => new URL(path, import.meta.url));
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/node_modules|\.next|\.test\./.test(path))
      .map((path) => readFileSync(new URL(path, folder), "utf8")),
  );
  const written = texts.flatMap((text) => text.match(/[\w.-]+/g) ?? []);
  return new Set([...written, ...written.flatMap((name) => name.split("."))]);
}

describe("messages", () => {
  it("holds none that no code could name", () => {
    const known = namesInCode();
    // A dotted name is spread over the levels of a file, or has hyphens for dots, as the figures of models do.
    const isNamed = (key: string) =>
      key.split(".").some((_, from, parts) => {
        const name = parts.slice(from).join(".");
        return known.has(name) || known.has(name.replaceAll("-", "."));
      });
    expect(flatten(en).filter(([key]) => !isNamed(key))).toEqual([]);
  });

  it("has the same keys in both languages", () => {
    const keys = (tree: object) =>
      flatten(tree)
        .map(([key]) => key)
        .sort();
    expect(keys(zh)).toEqual(keys(en));
  });

  it("takes the same values in both languages", () => {
    const chinese = new Map(flatten(zh));
    // What a library says is English, so that a Chinese sentence may say in its own words what is to be done.
    const needed = (message: string) => valuesOf(message).filter((name) => name !== "detail");
    for (const [key, message] of flatten(en)) {
      expect([key, needed(chinese.get(key) ?? "")]).toEqual([key, needed(message)]);
    }
  });

  it("has one Chinese word for each thing", () => {
    const banned =
      /判断|评判|题目|道题|好很多|平局|纳特|克里彭多夫|两个都差|不相上下|撤回|停用|人员|账户|前往|本页按键|标签|盲测|条提示词|次标注|次序尺度|等距尺度|评论家|下注式|向人们|只要有一行|可模仿的文本|按数据流动|时机|走完一轮|你将同意|中位用时|最近活动|没有安排|等你|wanting, number\} 条/;
    expect(flatten(zh).filter(([, message]) => banned.test(message))).toEqual([]);
  });

  it("revokes links and tokens by another Chinese word than it undoes", () => {
    const revokes = flatten(zh).filter(([key]) => /revoke/i.test(key));
    expect(revokes.length).toBeGreaterThan(8);
    expect(revokes.filter(([, message]) => /撤/.test(message))).toEqual([]);
  });

  it("says in Chinese whatever the API refuses, with no English left but names", () => {
    expect(flatten(zh.problems).flatMap(([key, message]) => englishIn(message).map((word) => [key, word]))).toEqual([]);
    const unsaid = flatten(zh.problems).filter(([, message]) => !/[\u4e00-\u9fff]/.test(withoutNames(message)));
    expect(unsaid.map(([key]) => key).sort()).toEqual(namesOnly);
  });

  it("has a sentence of its own for every code and reason", () => {
    for (const code of problemCodes) expect(zh.problems[code]).not.toBe(en.problems[code]);
    for (const [reason, sentence] of Object.entries(refusalReasons)) {
      expect(Reflect.get(zh.problems.refusals, reason)).not.toBe(sentence);
    }
  });

  it("counts one thing as one in English", () => {
    const things = "prompt|task|judgement|row|answer|vote|pair|run|project|comparison|rating|look|place";
    const plain = new RegExp(`\\{\\w+(?:, number)?\\} (?:\\w+ )?(?:${things})s\\b`);
    expect(flatten(en).filter(([, message]) => plain.test(message))).toEqual([]);
  });

  it("scales no number: of what is parsed when the pages are built, that is lost", () => {
    expect([...flatten(en), ...flatten(zh)].filter(([, message]) => message.includes("::scale"))).toEqual([]);
  });

  it("leaves no message empty", () => {
    expect([...flatten(en), ...flatten(zh)].filter(([, message]) => message.trim() === "")).toEqual([]);
  });
});
