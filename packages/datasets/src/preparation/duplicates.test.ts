import { PreparationSpec } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { openPipeline } from "./pipeline.ts";
import { readItems } from "./read-items.ts";

const sentence =
  "The touchstone is a small dark tablet of stone with a fine grain on which soft metals leave a visible trace";
const chinese =
  "试金石是一种坚硬的黑色石块，用黄金在上面划一条纹路就可以看出黄金的成色，因此人们常用它来比喻检验的标准";

async function prepared(rows: readonly object[], settings: object) {
  const pipeline = await openPipeline(PreparationSpec.parse(settings));
  async function* file() {
    yield new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const kept: string[] = [];
  for await (const item of readItems(file(), "a")) if (pipeline.take(item)) kept.push(item.id);
  return { kept, reports: pipeline.reports() };
}

describe("duplicates", () => {
  it("are dropped where prompt, answer and judgement are the same, and told with the row they repeat", async () => {
    const pair = { prompt: "Why?", chosen: "So.", rejected: "No." };
    const rows = [
      pair,
      { ...pair, id: "again" },
      { ...pair, annotator: "w1" },
      { ...pair, annotator: "w2" },
      { ...pair, annotator: "w2" },
      { ...pair, margin: 1 },
      { prompt: "Why?", chosen: "No.", rejected: "So." },
      { prompt: "Why?", completion: "So." },
      { prompt: "Why?", completion: "So.", score: 4 },
      { prompt: "Why?", completion: "So.", score: 5 },
    ];
    const { kept, reports } = await prepared(rows, { steps: ["exact-duplicates"] });
    expect(kept).toEqual(["a:1", "a:3", "a:4", "a:6", "a:7", "a:8", "a:9", "a:10"]);
    const reason = "repeats an earlier row exactly";
    expect(reports).toEqual([
      {
        step: "exact-duplicates",
        rows: 10,
        changed: 0,
        dropped: 2,
        reasons: [{ reason, effect: "dropped", rows: 2, examples: ["a:2 (like a:1)", "a:5 (like a:4)"] }],
      },
    ]);
  });

  it("are found when nearly the same, by words in English and characters in Chinese", async () => {
    const rows = [
      { text: sentence },
      { text: `${sentence.toUpperCase()}!` },
      { text: `${sentence} today` },
      { text: sentence.replace("dark", "black").replace("visible", "clear").replace("soft", "noble") },
      { text: chinese },
      { text: chinese.replace("标准", "准则") },
      { text: chinese.replaceAll("金", "银").replaceAll("石", "木") },
    ];
    const { kept, reports } = await prepared(rows, { steps: ["near-duplicates"] });
    expect(kept).toEqual(["a:1", "a:4", "a:5", "a:7"]);
    expect(reports[0]?.reasons[0]).toMatchObject({ reason: "0.8 or more like an earlier row", rows: 3 });
    expect(reports[0]?.reasons[0]?.examples[1]).toMatch(/^a:3 \(0\.9\d like a:1\)$/);
  });

  it("are no different answers to one prompt, and no judgements of different people", async () => {
    const rows = [
      { prompt: sentence, completion: "yes, that is right" },
      { prompt: sentence, completion: "no, that is wrong" },
      { prompt: sentence, completion: chinese, score: 2, annotator: "w1" },
      { prompt: sentence, completion: chinese, score: 2, annotator: "w2" },
      { prompt: sentence, completion: chinese, score: 3, annotator: "w1" },
      { prompt: `${sentence}!`, completion: chinese, score: 2, annotator: "w1" },
    ];
    const { kept } = await prepared(rows, { steps: ["near-duplicates"] });
    expect(kept).toEqual(["a:1", "a:2", "a:3", "a:4", "a:5"]);
  });

  it("are found after cleaning when cleaning comes first, each step counting what it was given", async () => {
    const rows = [
      { text: "Hello there.  " },
      { text: "Hello there." },
      { text: "bob@example.org" },
      { text: "\u200b" },
    ];
    const { kept, reports } = await prepared(rows, { steps: ["clean", "scrub", "exact-duplicates"] });
    expect(kept).toEqual(["a:1", "a:3"]);
    expect(reports.map(({ step, rows, changed, dropped }) => [step, rows, changed, dropped])).toEqual([
      ["clean", 4, 1, 1],
      ["scrub", 3, 1, 0],
      ["exact-duplicates", 3, 0, 1],
    ]);
    expect((await prepared(rows, { steps: ["exact-duplicates", "clean"] })).kept).toEqual(["a:1", "a:2", "a:3"]);
  });
});
