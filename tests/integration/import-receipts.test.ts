import { gzipSync } from "node:zlib";
import type { ImportDetail, ImportListItem, ImportReceipt } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

const trl = { format: "trl-preference" };
const row = (at: number, more: object = {}) => ({
  prompt: `Which is number ${at}?`,
  chosen: `It is ${at}, as you said.`,
  rejected: "I cannot say.",
  annotator: "w1",
  ...more,
});
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(at));
const lines = (values: readonly object[]) => Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
const codes = ({ warnings }: ImportReceipt) => warnings.map(({ code }) => code);

async function bringIn(projectId: string, query: Record<string, string>, file: Buffer | object[]) {
  const response = await importFile(admin, projectId, { fileName: "votes.jsonl", ...query }, file);
  expect(response.statusCode).toBe(201);
  return response.json<ImportListItem>();
}
const receipt = async (projectId: string, file: Buffer | object[], query: Record<string, string> = trl) =>
  (await receiptOf(admin, projectId, query, file)).json<ImportReceipt>();
const detail = async (id: string) => (await admin.send("GET", `/api/imports/${id}`)).json<ImportDetail>();

describe("the same file twice", () => {
  it("is said before it is imported, by whom and when it came, and adds nothing; after an undo it is new again", async () => {
    const projectId = await newProject(admin, "twice");
    const file = lines(rows(12));
    expect((await receipt(projectId, file)).there).toBeUndefined();
    const first = await bringIn(projectId, trl, file);
    const again = await receipt(projectId, file);
    expect(again.there).toEqual({
      rows: 12,
      of: 12,
      import: { id: first.id, at: first.createdAt, by: expect.any(String), fileName: "votes.jsonl" },
    });
    expect(again.warnings[0]).toMatchObject({ code: "allThere", weight: "note", values: { count: 12 } });
    expect(await bringIn(projectId, trl, file)).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
    for (const { id } of (await admin.send("GET", `/api/projects/${projectId}/imports`)).json<{
      items: ImportListItem[];
    }>().items) {
      expect((await admin.send("DELETE", `/api/imports/${id}`)).statusCode).toBe(200);
    }
    // Nothing is left, so nothing can be there.
    expect((await receipt(projectId, file)).there).toBeUndefined();
    expect(await bringIn(projectId, trl, file)).toMatchObject({ prompts: 12, judgements: 12 });
  });

  it("is known by its rows where its bytes are others: sorted, packed, written as CSV; and partly", async () => {
    const projectId = await newProject(admin, "by rows");
    await bringIn(projectId, trl, rows(10));
    const turned = lines(rows(10).toReversed());
    expect((await receipt(projectId, turned)).there).toEqual({ rows: 10, of: 10, import: null });
    expect((await receipt(projectId, gzipSync(turned))).there).toMatchObject({ rows: 10, of: 10 });
    const csv = [
      "prompt,chosen,rejected,annotator",
      ...rows(10).map((one) =>
        Object.values(one)
          .map((cell) => `"${cell}"`)
          .join(","),
      ),
    ];
    expect((await receipt(projectId, Buffer.from(csv.join("\n")))).there).toMatchObject({ rows: 10, of: 10 });
    const more = await receipt(projectId, [...rows(14), { prompt: "Bad?" }]);
    expect(more.there).toEqual({ rows: 10, of: 14, import: null });
    expect(codes(more)).toContain("someThere");
    expect(more.warnings[0]?.values).toEqual({ count: 10, of: 14, fresh: 4 });
  });

  it("is new as far as anything of a row is: another voice, another answer, another question, another item", async () => {
    const projectId = await newProject(admin, "new in part");
    await bringIn(projectId, trl, rows(1));
    const there = async (one: object, query: Record<string, string> = trl) => {
      const told = await receipt(projectId, [one], query);
      const imported = await importFile(admin, projectId, query, [one]);
      const { prompts, completions, tasks, judgements } = imported.json<ImportListItem>();
      // What is said before is what comes of it.
      expect(told.there?.rows === 1).toBe(prompts + completions + tasks + judgements === 0);
      return told.there?.rows;
    };
    expect(await there(row(0))).toBe(1);
    expect(await there(row(0, { annotator: "w2" }))).toBe(0);
    expect(await there(row(0, { annotator: "w2" }))).toBe(1);
    expect(await there(row(0, { rejected: "Nothing." }))).toBe(0);
    expect(await there(row(0), { ...trl, question: "rating" })).toBe(0);
    expect(await there(row(0, { external_id: "a" }))).toBe(0);
    expect(await there(row(0, { external_id: "a" }))).toBe(1);
    const ranked = { prompt: "Rank.", responses: ["a", "b", "c"], ranks: [1, 2, 3] };
    expect(await there(ranked, { format: "ranked" })).toBe(0);
    expect(await there(ranked, { format: "ranked" })).toBe(1);
    expect(await there({ prompt: "Alone?" }, { format: "prompts" })).toBe(0);
    expect(await there({ prompt: "Alone?" }, { format: "prompts" })).toBe(1);
  });

  it("holds for an export of this very project", async () => {
    const projectId = await newProject(admin, "own export");
    await bringIn(projectId, trl, rows(3));
    const raw = await admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    const told = await receipt(projectId, Buffer.from(raw.body), { format: "judgements" });
    expect(told.there).toMatchObject({ rows: 3, of: 3 });
  });
});

describe("the receipt of an import", () => {
  it("is kept with it, without a word of its rows or of people, and goes with its undo", async () => {
    const projectId = await newProject(admin, "kept");
    const personal = { chosen: "Write to jane.doe@example.org, I am ChatGPT.", annotator: "ada.lovelace@example.org" };
    const bad = { prompt: "Zanzibar?", chosen: "One.", rejected: "Two.", margin: "Timbuktu" };
    const file = lines([row(0), row(1, personal), row(0), bad]);
    const before = await receipt(projectId, file);
    const one = await bringIn(projectId, { ...trl, leaveOut: "true" }, file);
    const { import: item, receipt: kept, projectId: of } = await detail(one.id);
    expect([item.id, of]).toEqual([one.id, projectId]);
    expect(kept).toMatchObject({
      version: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      leftOut: true,
      counts: before.counts,
      findings: {
        repeated: { rows: { count: 1, lines: [3] } },
        named: { answers: { count: 1, lines: [2] }, names: [{ name: "ChatGPT" }] },
        personal: { rows: { count: 1, lines: [2] }, kinds: [{ kind: "email", examples: ["j…@…org"] }] },
        leftOut: [{ reason: "negativeMargin", field: "margin", count: 1, lines: [4] }],
      },
    });
    expect(JSON.stringify(kept)).not.toMatch(/jane|ada|lovelace|number 0|Zanzibar|Timbuktu|cannot say/);
    expect((await admin.send("DELETE", `/api/imports/${one.id}`)).statusCode).toBe(200);
    expect((await admin.send("GET", `/api/imports/${one.id}`)).statusCode).toBe(404);
  });

  it("is no other workspace's", async () => {
    const projectId = await newProject(admin, "mine");
    const one = await bringIn(projectId, trl, rows(1));
    const { admin: other } = await newTenant(api.server, "eve@example.org");
    expect((await other.send("GET", `/api/imports/${one.id}`)).statusCode).toBe(404);
  });
});

describe("what people said in a file", () => {
  const pair = (prompt: string) => ({ prompt, answer_a: "One.", answer_b: "Two." });

  it.each([
    [
      "graded, tied and both bad, with reasons, by annotators of a list",
      [
        {
          ...pair("Graded?"),
          votes: [
            { worker: "ada@example.org", value: "a", reason: "Much clearer." },
            { worker: "bob@example.org", value: "tie", reason: "The same." },
            { worker: "eve@example.org", value: "both bad" },
          ],
        },
      ],
      ["Much clearer.", "The same.", ""],
      [{ choice: "graded", step: 2 }, { choice: "graded", step: 4 }, { choice: "both-bad" }],
    ],
    [
      "one row a vote, with its reason",
      [{ ...pair("Row?"), winner: "b", worker: "ada@example.org", reason: "Right." }],
      ["Right."],
      [{ choice: "graded", step: 6 }],
    ],
    [
      "rated, with reasons",
      [{ prompt: "Rated?", response: "So.", score: 4, rater: "ada@example.org", rationale: "Nearly." }],
      ["Nearly."],
      [{ choice: "rated", score: 4 }],
    ],
    [
      "ranked, with a reason",
      [
        {
          prompt: "Ranked?",
          responses: ["a", "b", "c"],
          ranks: [2, 1, 2],
          annotator: "ada@example.org",
          comment: "By far.",
        },
      ],
      ["By far."],
      [{ ranks: [2, 1, 2] }],
    ],
  ])("is kept: %s", async (name, file, comments, said) => {
    const projectId = await newProject(admin, name);
    const { format, mapping, question } = await receipt(projectId, file, {});
    const query = { format, question, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
    await bringIn(projectId, query, file);
    const judged = await exportRows(admin, projectId, "judgements");
    expect(judged.map(({ comment }) => comment)).toEqual(comments);
    expect(judged.map(({ answer }) => answer)).toEqual(said);
    expect(judged.every(({ source }) => source === "imported")).toBe(true);
    expect(JSON.stringify(judged)).not.toMatch(/@example/);
    expect(judged.every(({ annotator_hash: hash }) => /^[0-9a-f]{16}$/.test(String(hash)))).toBe(true);
  });
});
