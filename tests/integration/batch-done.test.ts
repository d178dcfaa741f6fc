import type { LeasedTask, NoticeList, ProjectFigures } from "@touchstone/contracts";
import { noticeDoneLots } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let people: Visitor[];
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  people = await Promise.all(["bea", "cal"].map((name) => invite(admin, "annotator", `${name}@example.org`)));
});
afterAll(() => api.close());

const rows = (count: number, of = "") =>
  Array.from({ length: count }, (_, n) => ({ prompt: `Which, ${of}${n}?`, completions: ["This.", "That."] }));

async function claim(visitor: Visitor, project: string): Promise<LeasedTask | undefined> {
  const claimed = await visitor.send("POST", `/api/work/${project}/claims`, { count: 1 });
  return claimed.json<{ tasks: LeasedTask[] }>().tasks[0];
}

async function judge(visitor: Visitor, task: LeasedTask | undefined): Promise<void> {
  const sent = await visitor.send("POST", "/api/judgements", {
    leaseId: task?.lease.id,
    leaseToken: task?.lease.token,
    idempotencyKey: crypto.randomUUID(),
    answer: { choice: "graded", step: 2 },
    timings: { visibleMs: 1_000, activeMs: 900 },
    client: { locale: "en", viewport: "1x1", input: "api" },
  });
  expect(sent.statusCode).toBe(201);
}

const notices = async () => (await admin.send("GET", "/api/notices")).json<NoticeList>();

describe("a lot of tasks that is done", () => {
  it("is told of once, when its last task has its last judgement, by whichever import it came", async () => {
    const project = await newProject(admin, "Two files", 2);
    await importFile(admin, project, { format: "prompts", fileName: "first.jsonl" }, rows(2));
    const [bea, cal] = people;
    if (!bea || !cal) throw new Error("nobody");
    for (let n = 0; n < 2; n++) await judge(bea, await claim(bea, project));
    await judge(cal, await claim(cal, project));
    // Every place is taken, and yet one is only held.
    const last = await claim(cal, project);
    expect(await noticeDoneLots(api.server.database, [project])).toBe(0);
    await judge(cal, last);
    const told = await vi.waitUntil(async () => {
      await noticeDoneLots(api.server.database, [project]);
      const { items, unread } = await notices();
      return items.length > 0 && { items, unread };
    });
    expect(told).toMatchObject({
      unread: 1,
      items: [{ project: "Two files", fileName: "first.jsonl", batch: 100, tasks: 2, judgements: 4, read: false }],
    });
    expect(await noticeDoneLots(api.server.database, [project])).toBe(0);

    // A second file of the same batch is a lot of its own.
    await importFile(admin, project, { format: "prompts", fileName: "second.jsonl" }, rows(1, "other "));
    expect(await noticeDoneLots(api.server.database, [project])).toBe(0);
    for (const one of [bea, cal]) await judge(one, await claim(one, project));
    await noticeDoneLots(api.server.database, [project]);
    expect((await notices()).items.map(({ fileName }) => fileName)).toEqual(["second.jsonl", "first.jsonl"]);
  });

  it("is read by each admin for themselves, up to what they have seen, and is nobody else's", async () => {
    const { items } = await notices();
    const second = await invite(admin, "admin", "dee@example.org");
    expect((await admin.send("POST", "/api/notices/read", { upTo: items[0]?.createdAt })).statusCode).toBe(204);
    expect(await notices()).toMatchObject({ unread: 0, items: [{ read: true }, { read: true }] });
    // An earlier window that says less takes nothing back.
    await admin.send("POST", "/api/notices/read", { upTo: "2020-01-01T00:00:00Z" });
    expect((await notices()).unread).toBe(0);
    // Who came later need not read what was before them.
    expect((await second.send("GET", "/api/notices")).json<NoticeList>()).toMatchObject({ unread: 0 });
    expect((await people[0]?.send("GET", "/api/notices"))?.statusCode).toBe(403);
    const { admin: stranger } = await newTenant(api.server, "eve@example.org");
    expect((await stranger.send("GET", "/api/notices")).json()).toEqual({ items: [], unread: 0 });
  });

  it("does not come while tasks wait with their batch, which is paused", async () => {
    const project = await newProject(admin, "Paused", 1);
    await importFile(admin, project, { format: "prompts" }, rows(2));
    const [bea] = people;
    if (!bea) throw new Error("nobody");
    await judge(bea, await claim(bea, project));
    const paused = await admin.send("PATCH", `/api/projects/${project}/batches`, { number: 100, state: "paused" });
    expect(paused.statusCode, paused.body).toBe(200);
    expect(await noticeDoneLots(api.server.database, [project])).toBe(0);
  });

  it("comes by the news of the judgements, without anybody asking", async () => {
    const project = await newProject(admin, "By itself", 1);
    await importFile(admin, project, { format: "prompts" }, rows(1));
    const [bea] = people;
    if (!bea) throw new Error("nobody");
    await judge(bea, await claim(bea, project));
    await vi.waitUntil(async () => (await notices()).items.some((one) => one.project === "By itself"), {
      timeout: 20_000,
    });
  });
});

describe("the progress of a project", () => {
  it("is told with an end and its interval once there is a rhythm, and says nothing before", async () => {
    const project = await newProject(admin, "In time", 1);
    await importFile(admin, project, { format: "prompts" }, rows(40));
    const [bea] = people;
    if (!bea) throw new Error("nobody");
    const figures = async () => (await admin.send("GET", `/api/projects/${project}/figures`)).json<ProjectFigures>();
    expect((await figures()).progress).toBeNull();
    for (let n = 0; n < 20; n++) await judge(bea, await claim(bea, project));
    // Just begun: one hour is no rhythm.
    await admin.send("PATCH", `/api/projects/${project}`, { description: "Looked at again." });
    expect((await figures()).progress).toEqual({ perActiveHour: 20, activeHours: 1, end: null });

    // As if four had come in each of five hours, five hours in a row.
    const { database } = api.server;
    await database.$executeRaw`ALTER TABLE judgement DISABLE TRIGGER USER`;
    await database.$executeRaw`
      UPDATE judgement j SET created_at = now() - make_interval(mins => 30 + 60 * (o.n % 5)::int)
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM judgement WHERE project_id = ${project}::uuid) o
      WHERE o.id = j.id`;
    await database.$executeRaw`ALTER TABLE judgement ENABLE TRIGGER USER`;
    await admin.send("PATCH", `/api/projects/${project}`, { description: "And again." });
    const { progress, missing } = await figures();
    expect(progress).toMatchObject({ perActiveHour: 4, activeHours: 5, end: { unit: "hour", units: 5 } });
    const left = missing.waiting + missing.underway;
    const hours = (at: string | null | undefined) => (Date.parse(at ?? "") - Date.now()) / 3_600_000;
    expect(hours(progress?.end?.value)).toBeCloseTo(left / 4, 1);
    expect(hours(progress?.end?.low)).toBeLessThan(left / 4);
    expect(hours(progress?.end?.high)).toBeGreaterThan(left / 4);
  });
});
