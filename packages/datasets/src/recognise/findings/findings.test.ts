import type { ReceiptFindings } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { makeReceipt } from "../make-receipt.ts";
import { mostCompared } from "./findings.ts";
import { Lengths } from "./lengths.ts";
import { Likeness } from "./likeness.ts";
import { masked, PersonalData } from "./personal.ts";
import { SelfNamed } from "./self-named.ts";
import { countWords } from "./word-count.ts";

async function receiptOf(rows: readonly object[]) {
  const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  async function* read() {
    yield bytes;
  }
  const { receipt } = await makeReceipt({ read, sha256: "of this file" }, { source: null, asked: null, overlap: 1 });
  return receipt;
}
const findingsOf = async (rows: readonly object[]): Promise<ReceiptFindings> => (await receiptOf(rows)).findings;
const pair = (prompt: string, chosen: string, rejected: string, more: object = {}) => ({
  prompt,
  chosen,
  rejected,
  ...more,
});
const found = (...lines: number[]) => ({ count: lines.length, lines });

describe("what repeats", () => {
  it("is told apart: rows, prompts, answers under one prompt, pairs of one text", async () => {
    const { repeated, identicalPairs, emptyAnswers } = await findingsOf([
      pair("One?", "Yes.", "No."),
      pair("Two?", "Yes.", "No."),
      // The row again, its prompt with other answers, and with one answer of before.
      pair("One?", "Yes.", "No."),
      pair("One?", "Perhaps.", "Never."),
      pair("Two?", "Surely.", "No."),
      pair("Three?", "So.", "So."),
      pair("Four?", "So.", " "),
      // Somebody else's vote on the same pair says something of its own.
      pair("Two?", "Yes.", "No.", { annotator: "w2" }),
    ]);
    expect(repeated).toEqual({
      rows: found(3),
      prompts: found(3, 4, 5, 8),
      answers: { count: 5, lines: [3, 5, 8] },
    });
    expect(identicalPairs).toEqual(found(6));
    expect(emptyAnswers).toEqual(found(7));
  });

  it("nearly is said by line, line and likeness, and no exact repeat is among it", async () => {
    const words = (from: number) => Array.from({ length: 40 }, (_, at) => `word${from + at}`).join(" ");
    const { near } = await findingsOf([
      pair(words(0), "a", "b"),
      pair(words(100), "a", "b"),
      pair(`${words(0)} more`, words(200), `${words(200)} still`),
      pair(words(0), "a", "b"),
    ]);
    expect(near).toMatchObject({
      threshold: 0.8,
      compared: 4,
      of: 4,
      prompts: 1,
      // 38 shingles of 39 in common.
      examples: [{ line: 3, like: 1, similarity: 0.97 }],
      answers: found(3),
    });
  });

  it("nearly is looked for in an even sample of a larger file, and no more is kept of it", async () => {
    const rows = Array.from({ length: 2 * mostCompared + 1 }, (_, at) => ({ prompt: `What is ${at} plus ${at + 7}?` }));
    const { near, languages } = await findingsOf(rows);
    expect(near.of).toBe(rows.length);
    expect(near.compared).toBeLessThanOrEqual(mostCompared);
    expect(near.compared).toBeGreaterThan(mostCompared / 2);
    expect(languages.en + languages.zh + languages.other + languages.unknown).toBe(near.compared);
  });

  it("compares one of a family alone: a thousand that are alike are not compared each with each", () => {
    const likeness = new Likeness();
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ");
    const add = (at: number) => {
      const prompt = [{ role: "user" as const, content: `${words} ${at}` }];
      likeness.add({ ...empty, line: at + 1, prompt }, 1_000 * (at + 1));
    };
    for (let at = 0; at < 1_000; at += 1) add(at);
    expect(likeness.view(1_000)).toMatchObject({ prompts: 999, examples: { length: 10 } });
    expect(likeness.view(1_000).examples.every(({ like }) => like === 1)).toBe(true);
  });
});

const empty = {
  ...{ promptId: null, itemId: null, cluster: null, split: null, language: null, sourceText: null, gold: null },
  ...{ completions: [], votes: [], ratings: [], note: null },
} as const;

describe("votes", () => {
  it("that contradict each other are told apart: of one person, and of several", async () => {
    const said = (annotator: string, chosen: string, rejected: string, prompt = "Best?") =>
      pair(prompt, chosen, rejected, { annotator });
    const { votes } = await findingsOf([
      said("w1", "a", "b"),
      said("w1", "b", "a"),
      said("w2", "b", "a"),
      said("w3", "b", "a"),
      said("w1", "a", "b", "Other?"),
      said("w2", "a", "b", "Other?"),
    ]);
    expect(votes).toEqual({ contradicting: found(2), judgedBySeveral: 2, disagreeing: found(3) });
  });

  it("for the longer answer are counted, and told of where they are many", async () => {
    const rows = (longer: number, shorter: number) => [
      ...Array.from({ length: longer }, (_, at) => pair(`${at}?`, "a long answer", "short")),
      ...Array.from({ length: shorter }, (_, at) => pair(`no ${at}?`, "short", "a long answer")),
      pair("Equal?", "one", "two"),
    ];
    const biased = await receiptOf(rows(45, 15));
    expect(biased.findings.lengths.preferred).toEqual({ longer: 45, shorter: 15, equal: 1 });
    expect(biased.warnings).toEqual([
      { code: "longerPreferred", weight: "note", values: { percent: 75, count: 60 }, lines: [] },
    ]);
    expect((await receiptOf(rows(33, 27))).warnings).toEqual([]);
    expect((await receiptOf(rows(10, 0))).warnings).toEqual([]);
  });
});

describe("an answer that names its model", () => {
  const named = (text: string, model: string | null = null) => {
    const names = new SelfNamed();
    names.add(text, model, 1);
    return names.view().names.map(({ name }) => name);
  };
  it.each([
    ["I am ChatGPT, a large language model trained by OpenAI.", ["ChatGPT"]],
    ["As an AI language model developed by OpenAI, I cannot do that.", ["OpenAI"]],
    ["Hello! I'm Claude, made by Anthropic.", ["Claude"]],
    ["I’m an AI assistant created by Anthropic to be helpful.", ["Anthropic"]],
    ["I was trained by Google.", ["Google"]],
    ["My name is Bard. You can call me Llama 3.", ["Bard", "Llama"]],
    ["我是由百度开发的文心一言，有什么可以帮你？", ["Baidu"]],
    ["我是通义千问，由阿里云开发。", ["Qwen"]],
    ["作为一个人工智能语言模型，由OpenAI训练", ["OpenAI"]],
    ["你好，我是DeepSeek-V3，一个智能助手。", ["DeepSeek"]],
  ])("is found: %s", (text, names) => expect(named(text)).toEqual(names));

  it.each([
    "I am reading about ChatGPT and Claude.",
    "As a user of Gemini I would say that Google is large.",
    "This is an article on OpenAI.",
    "I am a Gemini, born in June; my friend Claude paints.",
    "OpenAI trained GPT-4, and I was impressed by Llama.",
    "我是百度的老用户，也用过ChatGPT。",
    "I am metaphysical, and I'm barding.",
  ])("is not made of one that speaks of others: %s", (text) => {
    expect(named(text).filter((name) => name !== "Baidu")).toEqual([]);
  });

  it("is found by what the file calls its model, unless that is a word", () => {
    expect(named("Generated with gpt-4-0613.", "gpt-4-0613")).toEqual(["gpt-4-0613"]);
    expect(named("A human wrote it.", "human")).toEqual([]);
  });
});

describe("personal data", () => {
  it("is counted by kind and row, and shown masked", () => {
    const data = new PersonalData();
    data.add(["Write to jane.doe@example.org or bob@example.com.", "IBAN GB82 WEST 1234 5698 7654 32"], 3);
    data.add(["手机13812345678，谢谢", "again jane.doe@example.org"], 4);
    data.add(["Nothing: 2024-01-15, version 1.2.3.4, 12:30:45, 1,234,567"], 5);
    const { rows, kinds } = data.view();
    expect(rows).toEqual(found(3, 4));
    expect(kinds).toEqual([
      { kind: "email", found: 3, count: 2, lines: [3, 4], examples: ["j…@…org", "b…@…com"] },
      { kind: "iban", found: 1, count: 1, lines: [3], examples: ["GB…32"] },
      { kind: "phone", found: 1, count: 1, lines: [4], examples: ["…78"] },
    ]);
  });

  it("passes no text over that the preparation would scrub", () => {
    const texts = [
      ...["a@b.co", "https://u:p@h.co/", "203.0.113.77", "2001:db8:85a3::8a2e:370:7334", "4111 1111 1111 1111"],
      ...["GB82WEST12345698765432", "(202) 555-0143", "SSN 078-05-1120", "手机138-1234-5678", "11010519491231002X"],
      ...["010-62345678", "（021）55551234", "020 7946 0958", "服务器地址 8.8.4.4", "+1 202.555.0143"],
    ];
    for (const text of texts) {
      const data = new PersonalData();
      data.add([text], 1);
      expect([text, data.view().rows.count]).toEqual([text, 1]);
    }
  });

  it("shows less of each kind than reaches anybody", () => {
    expect(masked("card", "4111 1111 1111 1111")).toBe("…1111");
    expect(masked("ip", "203.0.113.77")).toBe("203…");
    expect(masked("identity", "11010519491231002X")).toBe("…X");
    expect(masked("phone", "+86 138 1234 5678")).toBe("+…78");
    expect(masked("credentials", "bob:s3cret")).toBe("…");
  });
});

describe("lengths", () => {
  it("have the quartiles of the definition, whatever comes", () => {
    const lengths = new Lengths();
    const sizes = Array.from({ length: 999 }, (_, at) => ((at * 577) % 999) + 1);
    for (const [at, size] of sizes.entries()) lengths.add(["x".repeat(size)], at + 1);
    expect(lengths.view()).toEqual({
      texts: 999,
      words: { quartiles: [1, 1, 1], longest: 1 },
      characters: { quartiles: [250, 500, 750], longest: 999 },
      longestLine: sizes.indexOf(999) + 1,
    });
  });

  it("are right to a third of a percent beyond any usual text", () => {
    const lengths = new Lengths();
    for (let at = 1; at <= 9; at += 1) lengths.add(["x".repeat(100_000 * at)], at);
    const [, median = 0] = lengths.view()?.characters.quartiles ?? [];
    expect(Math.abs(median / 500_000 - 1)).toBeLessThan(0.0034);
  });

  it("count words between blanks, and characters where a script has no blanks", () => {
    expect(countWords("Don't  panic,\nplease.")).toBe(3);
    expect(countWords("请用Python写程序，谢谢！")).toBe(8);
    expect(countWords("")).toBe(0);
    expect(countWords("a\u00a0b\u3000c")).toBe(3);
  });
});

describe("rows that cannot be taken", () => {
  it("are told of by why and where, with none of their words", async () => {
    const { leftOut } = await findingsOf([
      pair("One?", "a", "b"),
      pair("Two?", "a", "b", { margin: "secret words" }),
      pair("Three?", "a", "b", { margin: "others" }),
      { prompt: "Four?", chosen: "a" },
    ]);
    expect(leftOut).toMatchObject([{ reason: "negativeMargin", field: "margin", ...found(2, 3) }, found(4)]);
    expect(JSON.stringify(leftOut)).not.toMatch(/secret|others/);
  });
});
