import type { LeasedTask } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

const trl = { format: "trl-preference" };
const message = (role: string, content: string) => ({ role, content });
const pairMapping = JSON.stringify({
  prompt: "q",
  aId: "a.id",
  bId: "b.id",
  a: "a.text",
  b: "b.text",
  votes: { list: "votes", annotator: "who", value: "said" },
  values: { a: ["a"], b: ["b"], tie: ["tie"] },
});

async function claim(projectId: string): Promise<LeasedTask[]> {
  const response = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
  return response.json<{ tasks: LeasedTask[] }>().tasks;
}

describe("an import", () => {
  it("keeps each vote as a judgement of an imported annotator that fills a slot, and opens the rest to people", async () => {
    const projectId = await newProject(admin, "slots", 2);
    const rows = [
      { prompt: "Sky?", chosen: "blue", rejected: "green", margin: 1, annotator: "w1" },
      { prompt: "Sea?", chosen: "wet", rejected: "dry", annotator: "w1" },
      { prompt: "Sea?", chosen: "dry", rejected: "wet", annotator: "w2" },
    ];
    const imported = await importFile(admin, projectId, { ...trl, fileName: "votes.jsonl" }, rows);
    expect(imported.statusCode).toBe(201);
    expect(imported.json()).toMatchObject({
      rows: 3,
      prompts: 2,
      completions: 4,
      tasks: 2,
      judgements: 3,
      annotators: 2,
    });
    const listed = await admin.send("GET", `/api/projects/${projectId}/imports`);
    expect(listed.json()).toMatchObject({ items: [{ fileName: "votes.jsonl", rows: 3, format: "trl-preference" }] });

    // Both votes on “Sea?” are one full task though the second row has its sides the other way round.
    const tasks = await claim(projectId);
    expect(tasks.map((task) => task.prompt.messages[0]?.content)).toEqual(["Sky?"]);
    const exported = await exportRows(admin, projectId, "trl-preference");
    const sea = exported.filter((row) => JSON.stringify(row.prompt).includes("Sea?"));
    expect(new Set(sea.map((row) => row.chosen_id))).toEqual(new Set(sea.map((row) => row.rejected_id)));
    expect(sea.map(({ chosen }) => chosen)).toEqual([[message("assistant", "wet")], [message("assistant", "dry")]]);
  });

  it("of many rows leaves statistics of them, so that what is read next is planned by what is there", async () => {
    const projectId = await newProject(admin, "statistics");
    const counted = async () => {
      const found = await api.server.databasePool.query<{ rows: number }>(
        "SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'judgement' AND relnamespace = 'public'::regnamespace",
      );
      return found.rows[0]?.rows ?? 0;
    };
    const before = await counted();
    const rows = Array.from({ length: 1_000 }, (_, row) => ({ prompt: `Q${row}?`, chosen: `a${row}`, rejected: "b" }));
    const imported = await importFile(admin, projectId, trl, rows);
    expect(imported.json()).toMatchObject({ rows: 1_000, judgements: 1_000 });
    expect(await counted()).toBeGreaterThanOrEqual(Math.max(0, before) + 1_000);
  });

  it("adds nothing when the same file comes a second time", async () => {
    const projectId = await newProject(admin, "twice");
    const rows = [
      {
        q: "p",
        a: { id: "1", text: "A" },
        b: { id: "2", text: "B" },
        votes: [
          { who: "w", said: "a" },
          { who: "v", said: "tie" },
        ],
      },
    ];
    await importFile(admin, projectId, { format: "columns", mapping: pairMapping }, rows);
    const before = await exportRows(admin, projectId, "judgements");
    const again = await importFile(admin, projectId, { format: "columns", mapping: pairMapping }, rows);
    expect(again.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0, duplicates: 2 });
    expect(await exportRows(admin, projectId, "judgements")).toEqual(before);
  });

  it("turns a vote on a pair that is known the other way round, and fills in a text that was absent", async () => {
    const projectId = await newProject(admin, "turned", 5);
    const first = [{ q: "p", a: { id: "1", text: null }, b: { id: "2", text: "B" }, votes: [{ who: "w", said: "a" }] }];
    const second = [
      { q: "p", a: { id: "2", text: null }, b: { id: "1", text: "A" }, votes: [{ who: "v", said: "a" }] },
    ];
    await importFile(admin, projectId, { format: "columns", mapping: pairMapping }, first);
    expect(await claim(projectId)).toEqual([]);
    const imported = await importFile(admin, projectId, { format: "columns", mapping: pairMapping }, second);
    expect(imported.json()).toMatchObject({ tasks: 0, completions: 0, judgements: 1 });
    const exported = await exportRows(admin, projectId, "trl-preference");
    expect(exported.map(({ chosen }) => chosen)).toEqual([[message("assistant", "A")], [message("assistant", "B")]]);
  });

  it("asks people about candidates without votes: each against its neighbours, or each alone", async () => {
    const candidates = [{ prompt: "Tell a story.", completions: ["one", "two", "three", "four"], language: "en" }];
    const ranked = await newProject(admin, "ring");
    const pairs = await importFile(admin, ranked, { format: "prompts" }, candidates);
    expect(pairs.json()).toMatchObject({ prompts: 1, completions: 4, tasks: 4, judgements: 0 });
    const tasks = await api.server.database.task.findMany({ where: { projectId: ranked } });
    const met = tasks.flatMap((task) => task.completionIds);
    expect(met).toHaveLength(8);
    expect(new Set(met).size).toBe(4);
    const rated = await newProject(admin, "alone");
    const alone = await importFile(admin, rated, { format: "prompts", question: "rating" }, candidates);
    expect(alone.json()).toMatchObject({ tasks: 4 });
    expect((await claim(rated))[0]?.questions[0]?.kind).toBe("rating");
  });

  it("keeps the tasks of rows that are only to be kept from people", async () => {
    const projectId = await newProject(admin, "kept");
    await importFile(admin, projectId, { ...trl, open: "false" }, [{ prompt: "p", chosen: "a", rejected: "b" }]);
    expect(await claim(projectId)).toEqual([]);
  });

  it("keeps prompts of one cluster in one split", async () => {
    const projectId = await newProject(admin, "clusters");
    const rows = Array.from({ length: 40 }, (_, index) => ({ prompt: `p${index}`, cluster: `c${index % 8}` }));
    await importFile(admin, projectId, { format: "prompts" }, rows);
    const prompts = await api.server.database.prompt.findMany({ where: { projectId } });
    const splits = new Map<string, Set<string>>();
    for (const { cluster, split } of prompts) splits.set(cluster, (splits.get(cluster) ?? new Set()).add(split));
    expect([...splits.values()].map((seen) => seen.size)).toEqual(Array(8).fill(1));
  });

  it("keeps a published split, for what comes to its clusters later too, and refuses to move one", async () => {
    const projectId = await newProject(admin, "published splits");
    const splitsBy = (mapping: object) => ({
      format: "columns",
      mapping: JSON.stringify({ prompt: "q", a: "x", b: "y", cluster: "c", ...mapping }),
    });
    const published = Array.from({ length: 12 }, (_, index) => {
      const cluster = index % 6;
      return { q: `p${index}`, x: "A", y: "B", c: `c${cluster}`, s: ["train", "validation", "test"][cluster % 3] };
    });
    expect((await importFile(admin, projectId, splitsBy({ split: "s" }), published)).statusCode).toBe(201);
    const later = published.map(({ s: _, ...row }) => ({ ...row, q: `later ${row.q}` }));
    expect((await importFile(admin, projectId, splitsBy({}), later)).statusCode).toBe(201);
    const prompts = await api.server.database.prompt.findMany({ where: { projectId } });
    expect(prompts).toHaveLength(24);
    const placed = new Map(published.map(({ c, s }) => [c, s]));
    for (const { cluster, split } of prompts) expect(split).toBe(placed.get(cluster));
    const moved = [{ q: "new", x: "A", y: "B", c: "c0", s: "test" }];
    const refused = await importFile(admin, projectId, splitsBy({ split: "s" }), moved);
    expect(refused.json()).toMatchObject({ code: "invalid_line", detail: expect.stringMatching(/lies in train/) });
  });
});
