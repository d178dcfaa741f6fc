import type { ImportReceipt } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { samples } from "./samples.fixture.ts";

async function taken(rows: readonly object[]): Promise<{ receipt: ImportReceipt; rows: ImportRow[] }> {
  async function* read() {
    yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const { receipt, source } = await makeReceipt({ read, sha256: "" }, { source: null, asked: null, overlap: 3 });
  const imported: ImportRow[] = [];
  for await (const row of readImport(read(), source, { leaveOut: true })) imported.push(row);
  return { receipt, rows: imported };
}

const inShort = ({ prompt, completions, votes, ratings, judgements = [] }: ImportRow) => ({
  prompt: prompt.map(({ role, content }) => `${role}: ${content}`),
  answers: completions.map(({ text, model }) => (model ? `${text} (${model})` : text)),
  said: [
    ...votes.map(({ annotator, outcome, bothBad, comment }) => ({
      ...{ annotator, outcome },
      ...(bothBad ? { bothBad } : {}),
      ...(comment ? { comment } : {}),
    })),
    ...ratings.map(({ annotator, completion, score }) => ({ annotator, completion, score })),
    ...judgements.map(({ annotator, questionnaire, sides, answer, comment }) => ({
      ...{ annotator, questionnaire, sides, ...answer },
      ...(comment ? { comment } : {}),
    })),
  ],
});

const asked = ({ warnings }: ImportReceipt) =>
  warnings
    .filter(({ weight }) => weight !== "note")
    .map(({ code, values }) => (values.column === undefined ? code : `${code} ${values.column}`));

describe("a file in a shape of the field", () => {
  it.each(samples)("is recognised with its reason and yields all that it says: $name", async (sample) => {
    const { receipt, rows } = await taken(sample.rows);
    expect(receipt.badRows).toEqual([]);
    expect(receipt.reason).toBe(sample.reason);
    expect(rows.map(inShort)).toEqual(sample.yields);
    expect(asked(receipt).toSorted()).toEqual((sample.notTaken ?? []).toSorted());
  });

  const refusals = samples.flatMap(({ name, rows, refused = [] }) =>
    refused.map(({ row, field, reason }) => ({ name, rows, row, field, reason })),
  );
  it.each(refusals)("refuses what its shape can't hold, by line, place and cure: $name, $reason", async (sample) => {
    const { receipt } = await taken([...sample.rows, sample.row]);
    expect(receipt.badRows).toMatchObject([
      { line: sample.rows.length + 1, field: sample.field, reason: sample.reason, message: expect.stringMatching(/./) },
    ]);
  });
});
