import type { ImportReceipt } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { samples } from "./samples.fixture.ts";

const taken = (rows: readonly object[]) => takenOf(rows.map((row) => JSON.stringify(row)).join("\n"));

async function takenOf(lines: string): Promise<{ receipt: ImportReceipt; rows: ImportRow[] }> {
  async function* read() {
    yield Buffer.from(`${lines}\n`);
  }
  const { receipt, source } = await makeReceipt({ read, sha256: "" }, { source: null, asked: null, overlap: 3 });
  const imported: ImportRow[] = [];
  const isReadable = !receipt.warnings.some(({ code }) => code === "unreadable");
  if (isReadable) for await (const row of readImport(read(), source, { leaveOut: true })) imported.push(row);
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

  it.each([
    [
      "messages of OpenAssistant, a row each",
      { message_id: "2", parent_id: "1", text: "A", role: "assistant", rank: 0, message_tree_id: "1", lang: "en" },
      { format: "oasst", field: "text", reason: "oasstMessage" },
    ],
    [
      "Argilla's records, flattened",
      {
        ...{ id: "r1", _server_id: "s", prompt: "p", "response-1": "A", "response-2": "B" },
        ...{ "best.responses": ["response-1"], "best.responses.users": ["u"], "best.responses.status": ["submitted"] },
      },
      { format: "argilla", field: "best.responses.users", reason: "argillaFlat" },
    ],
  ])("refuses whole files that it can't take apart by their name, with the cure: %s", async (_name, row, expected) => {
    const { receipt, rows } = await taken([row, row]);
    const { format, ...bad } = expected;
    expect([receipt.format, rows, receipt.counts]).toMatchObject([format, [], { rows: 2, badRows: 2 }]);
    expect(receipt.badRows[0]).toMatchObject({ line: 1, ...bad });
  });

  const ranked = '{"prompt":"p","responses":["A","B","C"],"ranks":[1,2,3]}';
  it.each([
    [
      "a number beyond any",
      '{"prompt":"p","responses":["A","B","C"],"ranks":[1,2,1e400]}',
      "ranks.2",
      "rankForm",
      "1e400",
    ],
    [
      "half a character",
      '{"prompt":"p","responses":["A","B","\\ud800"],"ranks":[1,2,3]}',
      "responses.2",
      "halfSurrogate",
      "",
    ],
    ["a text where lists are", '{"prompt":"p","responses":"A","ranks":[1,2,3]}', "responses", "textList", ""],
    ["a list where texts are", '{"prompt":["p"],"responses":["A","B"],"ranks":[1,2]}', "prompt.0", "messageEntry", ""],
  ])(
    "refuses a row with %s by its line, place and value, and takes the others",
    async (_, row, field, reason, said) => {
      const { receipt, rows } = await takenOf([ranked, ranked, row].join("\n"));
      expect(receipt.badRows).toMatchObject([{ line: 3, field, reason, message: expect.stringContaining(said) }]);
      expect(rows).toHaveLength(2);
    },
  );

  it("reads no further than NaN, and says its line and the cure", async () => {
    const { receipt } = await takenOf(`${ranked}\n{"prompt":"p","responses":["A","B"],"ranks":[1,NaN]}\n`);
    expect(receipt.warnings).toMatchObject([
      { code: "unreadable", weight: "stop", issue: { path: "lines.2", reason: "jsonNotANumber" } },
      {},
    ]);
  });

  it("refuses an id that names two answers of one prompt", async () => {
    const reply = (text: string) => ({ message_id: "same", text, role: "assistant" });
    const tree = (text: string) => ({
      message_tree_id: "t",
      prompt: { text: "p", role: "prompter", replies: [reply(text)] },
    });
    const { receipt } = await taken([tree("A"), tree("B")]);
    expect(receipt.badRows).toMatchObject([{ line: 2, reason: "answerWithTwoTexts", values: { id: "same", line: 1 } }]);
  });
});
