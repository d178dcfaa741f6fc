import { describe, expect, it } from "vitest";
import { estimatedTokens, Lengths } from "./lengths.ts";
import { pairShapes } from "./shapes/pair-shapes.ts";

const four = (tokens: number) => "abcd".repeat(tokens);
const says = (role: "user" | "assistant", content: string) => ({ role, content });

describe("estimatedTokens", () => {
  it("is the prompt with its longer answer in every shape of pairs", () => {
    const prompt = [says("user", four(10)), says("assistant", four(5)), says("user", four(5))];
    const pair = {
      ...{ prompt, chosen: [says("assistant", four(3))], rejected: [says("assistant", four(7))] },
      ...{ margin: 1, split: "train" as const, provenance: {} },
    };
    for (const [format, shape] of Object.entries(pairShapes)) {
      const row = shape(pair, { margin: false });
      if (typeof row === "string") throw new Error(`${format} holds no plain pair`);
      const tokens = estimatedTokens(format as keyof typeof pairShapes, row);
      // The transcripts of HH have their marks inside, of 57 bytes.
      expect([format, tokens]).toEqual([format, format === "hh" ? 27 + Math.ceil(marksOfHh / 4) : 27]);
    }
  });

  it("counts bytes, so that Chinese is no shorter than it is, and what tools are called with", () => {
    expect(estimatedTokens("prompt-only", { prompt: [says("user", "你好你好")] })).toBe(3);
    const call = { role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: four(20) } }] };
    expect(estimatedTokens("sft-messages", { messages: [call] })).toBeGreaterThan(20);
  });

  it("reads steps all together, answers of the raw export one at a time, and no ids or models", () => {
    expect(estimatedTokens("stepwise", { prompt: four(1), completions: [four(2), four(3)], verdicts: [four(9)] })).toBe(
      6,
    );
    const completions = [{ text: four(2), model: four(50) }, { text: null }, { text: four(4) }];
    expect(estimatedTokens("judgements", { prompt: [says("user", four(1))], completions })).toBe(5);
  });

  it("takes a row without an answer for its prompt", () => {
    expect(estimatedTokens("judgements", { prompt: [says("user", four(2))], completions: [] })).toBe(2);
  });
});

const marksOfHh = "\n\nHuman: ".length * 2 + "\n\nAssistant: ".length * 2;

it("counts what is longer than each bound, and not what is just as long", () => {
  const lengths = new Lengths([5, 10]);
  for (const tokens of [5, 6, 10, 11]) lengths.add(tokens);
  expect([lengths.rows, lengths.longest]).toEqual([4, 11]);
  expect(lengths.longer()).toEqual([
    { tokens: 5, rows: 3 },
    { tokens: 10, rows: 1 },
  ]);
});
