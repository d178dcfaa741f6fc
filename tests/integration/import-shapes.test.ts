import type { ImportReceipt, ImportView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parquetOf } from "../../packages/datasets/src/read/parquet.fixture.ts";
import { zipOf } from "../../packages/datasets/src/read/zip.fixture.ts";
import { type Sample, samples } from "../../packages/datasets/src/shapes/samples.fixture.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

/** Sends a file as a person does who agrees to whatever the receipt says of it. */
async function importAsRead(projectId: string, file: Buffer | readonly object[]) {
  const receipt = (await receiptOf(admin, projectId, {}, file)).json<ImportReceipt>();
  const { format, question, mapping, digest } = receipt;
  const query = { format, question, receipt: digest, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
  const response = await importUnseen(admin, projectId, query, file);
  if (response.statusCode !== 201) throw new Error(response.body);
  return { receipt, imported: response.json<ImportView>() };
}

interface RawRow {
  readonly answer?: { ranks?: (number | null)[] };
  readonly answers?: Record<string, { ranks?: (number | null)[] }>;
  readonly shown_order: readonly number[];
  readonly completions: readonly { text: string }[];
}

/** What was said of each answer by its text, wherever it stood. */
function ranksByText({ answer, answers, shown_order, completions }: RawRow) {
  const ranks = answer?.ranks ?? Object.values(answers ?? {})[0]?.ranks ?? [];
  return Object.fromEntries(shown_order.map((side, place) => [completions[side]?.text, ranks[place]]));
}

const saidIn = ({ yields }: Sample): number =>
  yields.reduce((sum: number, row) => sum + ("said" in row && Array.isArray(row.said) ? row.said.length : 0), 0);

describe("a published shape through the API", () => {
  it.each(samples)("is imported with all its judgements, once: $name", async (sample) => {
    const projectId = await newProject(admin, sample.name.slice(0, 60), 1);
    const { receipt, imported } = await importAsRead(projectId, sample.rows);
    expect(receipt.reason).toBe(sample.reason);
    expect(imported).toMatchObject({ judgements: saidIn(sample), duplicates: 0 });
    if (saidIn(sample) > 0) expect(await exportRows(admin, projectId, "judgements")).toHaveLength(saidIn(sample));
    // A cast of each kind: a ranking, aspects, a tree.
    if (!["Nectar", "UltraFeedback, raw", "OpenAssistant, a tree"].includes(sample.name)) return;
    const again = await importAsRead(projectId, sample.rows);
    expect(again.imported).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
  });

  it("keeps each ranking of the same answers by what it says, in whatever order they stood", async () => {
    const projectId = await newProject(admin, "Rankings", 1);
    await importAsRead(projectId, [
      { prompt: "p", responses: ["A", "B", "C"], ranks: [1, 2, 3], annotator: "ann" },
      { prompt: "p", responses: ["C", "A", "B"], ranks: [3, 1, 1], annotator: "bob" },
    ]);
    const { imported } = await importAsRead(projectId, [
      { prompt: "p", responses: ["B", "C", "A"], ranks: [2, 2, 1], annotator: "cid" },
    ]);
    expect(imported).toMatchObject({ tasks: 0, judgements: 1 });
    const rows = await exportRows(admin, projectId, "judgements");
    const said = (rows as unknown as RawRow[]).map(ranksByText);
    expect(said).toHaveLength(3);
    expect(said).toEqual(
      expect.arrayContaining([
        { A: 1, B: 2, C: 3 },
        { A: 1, B: 1, C: 2 },
        { A: 1, B: 2, C: 2 },
      ]),
    );
  });

  it("is imported from a zip of a Hugging Face folder of Parquet, each row in its split", async () => {
    const projectId = await newProject(admin, "Folder", 1);
    const bytes = (prompt: string) =>
      parquetOf({ prompt: [prompt], chosen: [`${prompt} better`], rejected: [`${prompt} worse`] });
    const { receipt, imported } = await importAsRead(
      projectId,
      zipOf([
        { name: "README.md", bytes: Buffer.from("A card") },
        { name: "data/train-00000-of-00001.parquet", bytes: bytes("one") },
        { name: "data/test-00000-of-00001.parquet", bytes: bytes("two") },
      ]),
    );
    expect(receipt).toMatchObject({ format: "trl-preference", counts: { rows: 2, votes: 2, badRows: 0 } });
    expect(imported).toMatchObject({ judgements: 2, prompts: 2 });
    const rows = await exportRows(admin, projectId, "trl-preference");
    expect(rows.map(({ split }) => split).toSorted()).toEqual(["test", "train"]);
  });
});
