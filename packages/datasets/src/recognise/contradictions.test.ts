import { splitOf } from "@touchstone/labeling";
import { describe, expect, it } from "vitest";
import { type ImportCompletion, type ImportRow, rowOf } from "../import-row.ts";
import { Contradictions } from "./contradictions.ts";
import { FirstCounts } from "./first-counts.ts";

const prompt = [{ role: "user" as const, content: "Why?" }];
const other = [{ role: "user" as const, content: "Who?" }];
const row = (line: number, more: Partial<ImportRow> = {}): ImportRow => ({ ...rowOf(line, prompt), ...more });
const answers = (...texts: [id: string, text: string | null, model?: string][]): ImportCompletion[] =>
  texts.map(([id, text, model]) => ({ key: `id:${id}`, text, ...(model ? { model } : {}) }));

/** What stands against each row, in the order of the rows. */
function problems(...rows: ImportRow[]) {
  const contradictions = new Contradictions({
    format: "columns",
    mapping: { prompt: "q", cluster: "debate", split: "part" },
  });
  return rows.map((one) => contradictions.add(one)?.message ?? null);
}

describe("rows that cannot be brought in together", () => {
  it("put one prompt in two clusters: the later one is named with both lines and its column", () => {
    expect(
      problems(row(1), row(2, { cluster: "one" }), row(5, { cluster: "two" }), row(6), row(7, { cluster: "one" })),
    ).toEqual([
      null,
      null,
      expect.stringMatching(
        /^Line 5, debate: this prompt is in cluster “one” already \(line 2\) and cannot be in “two”/,
      ),
      null,
      null,
    ]);
  });

  it("put one cluster in two splits, also where one of them is only its name's own", () => {
    const own = splitOf("a debate");
    const another = own === "test" ? "train" : "test";
    const clustered = { cluster: "a debate" };
    expect(
      problems(row(1, { ...clustered, split: another }), row(2, { ...clustered, prompt: other }), row(3, clustered)),
    ).toEqual([
      null,
      expect.stringContaining(
        `Line 2, part: cluster “a debate” lies in ${another} already (line 1) and cannot be in ${own}`,
      ),
      null,
    ]);
    expect(problems(row(1, { split: "train" }), row(2, { split: "test" }))[1]).toContain(
      "Line 2, part: this prompt lies in train already (line 1) and cannot be in test too",
    );
  });

  it("give one answer two texts, and never a row that was left out", () => {
    const [first, second, third, fourth] = problems(
      row(1, { completions: answers(["m1", null]) }),
      row(2, { completions: answers(["m1", "So."]) }),
      row(3, { completions: answers(["m2", "Yes."], ["m1", "No."]) }),
      row(4, { completions: answers(["m2", "Well."]) }),
    );
    expect([first, second, fourth]).toEqual([null, null, null]);
    expect(third).toMatch(/^Line 3: answer “m1” of this prompt has another text already \(line 2\)/);
    expect(
      problems(
        row(1, { completions: answers(["m1", "So."]) }),
        row(2, { prompt: other, completions: answers(["m1", "No."]) }),
      ),
    ).toEqual([null, null]);
  });
});

describe("what is kept of the first row alone", () => {
  it("is said by what it is and by line, also where the first row says nothing", () => {
    const kept = new FirstCounts();
    const both = answers(["1", "So.", "m1"], ["2", "No."]);
    kept.add(row(1, { language: "en", completions: both, gold: "1" }));
    kept.add(row(2, { language: "en", completions: both, gold: "1" }));
    kept.add(row(3, { language: "zh", sourceText: "Once.", completions: both, gold: "2", metadata: { batch: 2 } }));
    kept.add(row(4, { completions: answers(["2", "No.", "m2"], ["1", "So.", "m3"]), itemId: "another", gold: "2" }));
    kept.add(row(5, { prompt: other, language: "zh", completions: both }));
    expect(Object.fromEntries(kept.found)).toEqual({
      language: { count: 1, lines: [3] },
      source: { count: 1, lines: [3] },
      gold: { count: 1, lines: [3] },
      metadata: { count: 1, lines: [3] },
      model: { count: 2, lines: [4] },
    });
  });
});
