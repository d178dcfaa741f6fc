import type { Comparison, Rating } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportSource } from "../formats/import-source.ts";
import { parseMapping } from "../formats/mapping.ts";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import type { RowContext } from "./context.ts";
import { jsonLines } from "./json-lines.ts";
import { ratingRow, sftRow, trlPreferenceRow } from "./rows.ts";

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function throughFile(rows: readonly object[], source: ImportSource): Promise<ImportRow[]> {
  async function* bytes() {
    for await (const chunk of jsonLines(each(rows))) yield Buffer.from(chunk);
  }
  const read: ImportRow[] = [];
  for await (const row of readImport(bytes(), source)) read.push(row);
  return read;
}

/** Any text that the database can hold: every plane, line ends, quotes, but neither NUL nor half a surrogate pair. */
const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((value) => !value.includes("\0"));
const filled = text.filter((value) => value.trim() !== "");
const turn = (role: "user" | "assistant" | "system") => filled.map((content) => ({ role, content }));
const origin = {
  judgementId: fc.uuid(),
  annotator: fc.stringMatching(/^[0-9a-f]{16}$/),
  promptId: fc.uuid(),
  prompt: fc.oneof(fc.tuple(turn("user")), fc.tuple(turn("system"), turn("user"), turn("assistant"), turn("user"))),
  split: fc.constantFrom("train" as const, "validation" as const, "test" as const),
  weight: fc.constant(1),
};
const context: RowContext = {
  ...{ externalId: null, gold: null, cluster: null, language: null, sourceText: null, exportedPromptId: null },
  completions: new Map(),
  vote: {
    ...{ comment: "", flagged: false, createdAt: "2026-01-31T12:00:00.000Z" },
    ...{ labelId: null, annotator: null, margin: null, timings: null },
  },
};
const completion = fc.record({ completionId: fc.uuid(), text });
const comparison: fc.Arbitrary<Comparison> = fc.record({
  kind: fc.constant("comparison" as const),
  ...origin,
  a: completion,
  b: completion,
  outcome: fc.integer({ min: -3, max: 3 }),
  bothBad: fc.constant(false),
  first: fc.constantFrom("a" as const, "b" as const),
});
const rating: fc.Arbitrary<Rating> = fc.record({
  kind: fc.constant("rating" as const),
  ...origin,
  completion,
  score: fc.integer({ min: 1, max: 5 }),
});

describe("a file that was written and is read again", () => {
  it("gives back every comparison that prefers one side: prompt, texts, strength and annotator", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(comparison, { maxLength: 6 }), async (forms) => {
        const decided = forms.filter(({ outcome }) => outcome !== 0);
        const rows = forms.map((form) => trlPreferenceRow(form, context)).filter((row) => row !== null);
        const read = await throughFile(rows, { format: "trl-preference" });
        expect(read).toHaveLength(decided.length);
        decided.forEach((form, index) => {
          const [chosen, rejected] = form.outcome > 0 ? [form.a, form.b] : [form.b, form.a];
          expect(read[index]?.prompt).toEqual(form.prompt);
          expect(read[index]?.completions.map((side) => side.text)).toEqual([chosen.text, rejected.text]);
          expect(read[index]?.votes).toMatchObject([{ annotator: form.annotator, outcome: Math.abs(form.outcome) }]);
          expect(read[index]).toMatchObject({ split: form.split, promptId: form.promptId });
          expect(read[index]?.votes[0]?.origin?.labelId).toBe(form.judgementId);
        });
      }),
    );
  });

  it("gives back every rating", async () => {
    const mapping = { prompt: "prompt", completion: "completion", score: "score", annotator: "annotator_hash" };
    const source: ImportSource = { format: "columns", mapping: parseMapping(JSON.stringify(mapping)) };
    await fc.assert(
      fc.asyncProperty(fc.array(rating, { maxLength: 6 }), async (forms) => {
        const read = await throughFile(
          forms.map((form) => ratingRow(form, context)),
          source,
        );
        expect(read.map(({ prompt, completions, ratings }) => [prompt, completions[0]?.text, ratings])).toEqual(
          forms.map((form) => [
            form.prompt,
            form.completion.text,
            [{ annotator: form.annotator, completion: 0, score: form.score }],
          ]),
        );
      }),
    );
  });

  it("ends a demonstration's conversation with the answer", () => {
    const prompt = [{ role: "user" as const, content: "Hi" }];
    const row = sftRow({ kind: "demonstration", promptId: "p", prompt, split: "train", text: "Hello" });
    expect(row.messages).toEqual([...prompt, { role: "assistant", content: "Hello" }]);
  });
});
