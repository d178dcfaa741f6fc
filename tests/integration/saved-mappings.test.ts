import type { ImportReceipt, ImportView, SavedMappingView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
});
afterAll(() => api.close());

const rows = [
  { one: "A", two: "Which?", three: "B", four: "C", area: "law" },
  { one: "D", two: "Why?", three: "E", four: "F", area: "art" },
];
const mapping = { prompt: "two", answers: { columns: ["one", "three", "four"] }, metadata: ["area"] };

describe("a saved mapping", () => {
  it("reads the next file with exactly its columns by itself, is renamed, refused twice under a name, and deleted", async () => {
    const project = await newProject(admin, "Saved", 3);
    const url = `/api/projects/${project}/mappings`;
    const header = ["area", "four", "one", "three", "two"];
    const together = { way: "some", pairs: 2, seed: 5, atOnce: null };
    const reading = { format: "columns", mapping, question: "preference", together };
    const made = await admin.send("POST", url, { name: "Mine", header, reading });
    expect(made.statusCode).toBe(201);
    const { id } = made.json<SavedMappingView>();

    const read = (await receiptOf(admin, project, {}, rows)).json<ImportReceipt>();
    expect(read).toMatchObject({ reason: "saved", saved: { id, name: "Mine" }, mapping, together });
    expect(read.counts).toMatchObject({ tasks: 4, answers: 6 });
    const unsaved = (await receiptOf(admin, project, { bySaved: "false" }, rows)).json<ImportReceipt>();
    expect(unsaved.saved).toBeNull();
    const more = (await receiptOf(admin, project, {}, [{ ...rows[0], five: 1 }])).json<ImportReceipt>();
    expect(more.saved).toBeNull();

    expect((await admin.send("POST", url, { name: "Mine", header, reading })).json()).toMatchObject({
      ...{ status: 409, reason: "mappingNameTaken" },
    });
    const wrong = { ...reading, mapping: { ...mapping, aspects: ["area"] } };
    expect((await admin.send("POST", url, { name: "Wrong", header, reading: wrong })).json()).toMatchObject({
      code: "invalid_mapping",
    });
    expect((await admin.send("PATCH", `/api/mappings/${id}`, { name: "Ours" })).json()).toMatchObject({ name: "Ours" });
    expect((await stranger.send("PATCH", `/api/mappings/${id}`, { name: "Theirs" })).statusCode).toBe(404);
    expect((await stranger.send("DELETE", `/api/mappings/${id}`)).statusCode).toBe(404);
    expect((await admin.send("DELETE", `/api/mappings/${id}`)).statusCode).toBe(204);
    expect((await admin.send("GET", url)).json()).toEqual({ items: [] });
  });
});

describe("how answers become tasks", () => {
  const query = { format: "columns", mapping: JSON.stringify(mapping), question: "preference" };
  const bring = async (project: string, way: Record<string, string>) => {
    const receipt = (await receiptOf(admin, project, { ...query, ...way }, rows)).json<ImportReceipt>();
    const response = await importUnseen(admin, project, { ...query, ...way, receipt: receipt.digest }, rows);
    if (response.statusCode !== 201) throw new Error(response.body);
    return { receipt, imported: response.json<ImportView>() };
  };

  it("is imported as it was previewed, and a wider way adds the pairs that are not there yet", async () => {
    const project = await newProject(admin, "Ways", 1);
    const chain = await bring(project, { way: "chain" });
    expect(chain.receipt.tasks.map(({ completions }) => completions.map(({ text }) => text).join(""))).toEqual([
      ...["AB", "BC", "DE", "EF"],
    ]);
    expect([chain.receipt.counts.tasks, chain.imported.tasks]).toEqual([4, 4]);
    expect((await bring(project, { way: "all" })).imported.tasks).toBe(2);
    expect((await bring(project, { way: "some", pairs: "1", seed: "9" })).imported.tasks).toBe(0);
  });

  it("is refused by name where the questionnaire shows no pair, or not so many", async () => {
    const project = await newProject(admin, "Refused", 1);
    const refusal = async (wish: Record<string, string>) =>
      (await receiptOf(admin, project, { ...query, ...wish }, rows)).json<{ reason: string }>().reason;
    expect(await refusal({ question: "rating", way: "chain" })).toBe("pairsOfNoPair");
    expect(await refusal({ question: "imported-ranking", atOnce: "1" })).toBe("atOnceOutside");
    expect(await refusal({ pairs: "2" })).toBe("pairsUndrawn");
    expect(await refusal({ question: "imported-aspects" })).toBe("noQuestionnaire");
  });
});

describe("roles that are pointed to", () => {
  it("bring a ranking and aspects as judgements of the file’s people, and metadata that comes out again", async () => {
    const project = await newProject(admin, "Roles", 1);
    const ranked = {
      format: "columns",
      mapping: JSON.stringify({ ...mapping, ranks: { columns: ["r1", "r2", "r3"] }, annotator: "who" }),
    };
    const file = [{ ...rows[0], r1: 2, r2: 1, r3: 2, who: "ann" }];
    const receipt = (await receiptOf(admin, project, ranked, file)).json<ImportReceipt>();
    expect(receipt).toMatchObject({ question: "imported-ranking", counts: { others: 1, tasks: 1 } });
    const { question, digest } = receipt;
    const imported = await importUnseen(admin, project, { ...ranked, question, receipt: digest }, file);
    expect(imported.json()).toMatchObject({ tasks: 1, judgements: 1, annotators: 1 });
    const rated = {
      format: "columns",
      mapping: JSON.stringify({ prompt: "p", completion: "x", aspects: ["clear", "kind"] }),
    };
    const scores = [{ p: "q", x: "A", clear: 4, kind: 0 }];
    const aspects = (await receiptOf(admin, project, rated, scores)).json<ImportReceipt>();
    expect(aspects).toMatchObject({ question: "imported-aspects", mapping: { aspectScale: { from: 0, steps: 5 } } });
    const told = await importUnseen(
      admin,
      project,
      { ...rated, mapping: JSON.stringify(aspects.mapping), question: aspects.question, receipt: aspects.digest },
      scores,
    );
    expect(told.json()).toMatchObject({ judgements: 1 });
    const raw = await exportRows(admin, project, "judgements");
    expect(raw.map(({ answer, metadata }) => ({ answer, metadata }))).toEqual(
      expect.arrayContaining([
        { answer: { ranks: [2, 1, 2] }, metadata: { area: "law" } },
        { answer: { ratings: { clear: [5], kind: [1] } }, metadata: undefined },
      ]),
    );
    // Rows that no strict reader takes have it as the text of its JSON.
    const kept = JSON.stringify({ area: "law" });
    const pairs = await exportRows(admin, project, "trl-preference");
    expect(pairs.map(({ metadata }) => metadata)).toEqual([kept, kept]);
    expect(await exportRows(admin, project, "sft-messages")).toMatchObject([{ metadata: kept }]);
  });
});
