import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DeletionView, Dependants, JudgementReceipt, ModelVersionView } from "@touchstone/contracts";
import { freezeLabelSet, LocalFileStore, streamLabelSet } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { importFile } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { png } from "../harness/made-media.ts";
import { uploadMedia } from "../harness/upload-media.ts";
import { invite, newTenant, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
let workspaceId: string;
const people: Visitor[] = [];
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  workspaceId = tenant.workspaceId;
  for (const email of ["ann@example.org", "ben@example.org"]) people.push(await invite(admin, "annotator", email));
  stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
});
afterAll(() => api.close());

const db = () => api.server.database;
const pathOf = (answer: { json<T>(): T }) => `/api${answer.json<{ path: string }>().path}`;

async function projectOf(pairs: number, overlap = 2, name = `gone ${randomUUID().slice(0, 8)}`) {
  const made = await admin.send("POST", "/api/projects", { name, overlap, repeatShare: 0 });
  const projectId = made.json<{ id: string }>().id;
  const rows = Array.from({ length: pairs }, (_, i) => ({ prompt: `question ${i}`, completions: ["one", "two"] }));
  await importFile(admin, projectId, { format: "prompts" }, rows);
  return { projectId, name };
}

async function judge(projectId: string, who: Visitor | undefined): Promise<{ taskId: string; id: string }> {
  if (!who) throw new Error("nobody");
  const task = await claimOne(who, projectId);
  const answer = await who.send("POST", "/api/judgements", submissionFor(task));
  expect(answer.statusCode, answer.body).toBe(201);
  const { judgementId: id, next } = answer.json<JudgementReceipt>();
  if (next) await who.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
  return { taskId: task.taskId, id };
}

const dependants = async (projectId: string) =>
  (await admin.send("GET", `/api/projects/${projectId}/dependants`)).json<Dependants>();
const remove = (projectId: string, body: object, who = admin) =>
  who.send("POST", `/api/projects/${projectId}/deletion`, body);
const prompts = (projectId: string, body: object) =>
  admin.send("POST", `/api/projects/${projectId}/prompts/deletion`, body);
const preview = async (projectId: string, ids: string[]) =>
  (await prompts(projectId, { selection: { ids }, preview: true })).json<{ dependants: Dependants }>().dependants;

/** Deletes the prompts of these items as somebody does who has just read what depends on them. */
async function deletePromptsOf(projectId: string, ids: string[]): Promise<Dependants> {
  const seen = await preview(projectId, ids);
  const done = await prompts(projectId, { selection: { ids }, prompts: seen.counts.prompts, stamp: seen.stamp });
  expect(done.statusCode, done.body).toBe(200);
  return seen;
}

async function untilDone(): Promise<void> {
  await expect.poll(() => db().deletion.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
}

/** Tables of which a row names this project or one of its rows, and how many. */
async function leftOf(projectId: string): Promise<Record<string, number>> {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND a.attname = 'project_id' AND c.relname <> 'deletion' ORDER BY 1`;
  const left: Record<string, number> = {};
  for (const { name } of rows) {
    const [row] = await db().$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${name}" WHERE project_id = $1::uuid`,
      projectId,
    );
    if (row && row.count > 0) left[name] = row.count;
  }
  return left;
}

describe("a project", () => {
  it("names all that depends on it, goes with all of it and leaves its models, which say what they came from", async () => {
    const { projectId, name } = await projectOf(3);
    const other = await projectOf(1);
    await judge(projectId, people[0]);
    await judge(projectId, people[0]);
    await judge(projectId, people[1]);
    await uploadMedia(admin, projectId, "a.png", png(8, 8, [0, 0, 0]));
    await admin.send("POST", `/api/projects/${projectId}/views`, { name: "Mine", filter: {} });
    await admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    const set = await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    const run = await db().run.create({
      data: {
        workspaceId,
        projectId,
        kind: "sft",
        name: "Tune",
        state: "succeeded",
        spec: {},
        seed: 1,
        labelSetId: set.id,
      },
    });
    const kept = `runs/${run.id}/1/model/weights.bin`;
    const files = new LocalFileStore(api.filesDir);
    await files.put(kept, new Uint8Array([1]));
    await files.put(`runs/${run.id}/1/7/state.bin`, new Uint8Array([2]));
    const model = await db().modelVersion.create({
      data: {
        ...{ workspaceId, projectId, kind: "policy", name: "Tuned", sha256: "a", parameters: 1, spec: {} },
        ...{ runId: run.id, labelSetId: set.id, files: [{ path: kept, sha256: "a", bytes: 1 }] },
      },
    });
    await db().metric.create({ data: { workspaceId, runId: run.id, name: "loss", step: 1, value: 1 } });
    const held = await claimOne(people[1] as Visitor, projectId);

    const seen = await dependants(projectId);
    expect(seen).toMatchObject({
      project: { id: projectId, name },
      counts: {
        ...{
          prompts: 3,
          answers: 6,
          tasks: 3,
          judgements: 3,
          people: 2,
          held: 1,
          inquiries: 0,
          media: 1,
          guidelines: 1,
        },
        ...{ imports: 1, exports: 1, views: 1, schedules: 0, links: 0, onlyHere: 0 },
      },
      labelSets: [{ id: set.id, judgements: 3, going: 3 }],
      runs: [{ id: run.id, name: "Tune", underWay: false }],
      models: [{ id: model.id, name: "Tuned" }],
      evaluations: [],
    });
    expect((await remove(projectId, { name: `not ${name}`, stamp: seen.stamp })).json()).toMatchObject({
      reason: "deletionUnconfirmed",
    });
    expect((await remove(projectId, { name, stamp: "of yesterday" })).json()).toMatchObject({
      code: "conflict",
      reason: "dependantsOutdated",
    });
    expect((await remove(projectId, { name, stamp: seen.stamp }, stranger)).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${projectId}/dependants`)).statusCode).toBe(404);
    expect(await db().project.count({ where: { id: projectId, deletedAt: null } })).toBe(1);

    const done = await remove(projectId, { name, stamp: seen.stamp });
    expect(done.statusCode, done.body).toBe(202);
    expect(done.json<DeletionView>()).toMatchObject({ kind: "project", name, counts: { judgements: 3 }, by: "Ada" });
    const reads = ["", "/figures", "/items", "/judgements", "/runs"].map((path) => `/api/projects/${projectId}${path}`);
    for (const path of [...reads, `/api/items/${held.taskId}`]) {
      expect((await admin.send("GET", path)).statusCode, path).toBe(404);
    }
    const late = await people[1]?.send("POST", "/api/judgements", submissionFor(held));
    expect(late?.statusCode).toBe(404);
    expect(["projectDeleted", "taskDeleted"]).toContain(late?.json<{ reason: string }>().reason);
    await untilDone();
    const outbox = await people[1]?.send("POST", "/api/judgements", submissionFor(held));
    expect(outbox?.json()).toMatchObject({ code: "not_found", reason: "taskDeleted" });

    expect(await leftOf(projectId)).toEqual({});
    expect(existsSync(join(api.filesDir, "media", workspaceId, projectId))).toBe(false);
    expect(
      readdirSync(join(api.filesDir, "runs", run.id, "1"), { recursive: true }).filter((path) =>
        /\./.test(String(path)),
      ),
    ).toEqual(["model/weights.bin"]);
    const { items } = (await admin.send("GET", "/api/models")).json<{ items: ModelVersionView[] }>();
    expect(items.find(({ id }) => id === model.id)).toMatchObject({
      ...{ projectId: null, runId: null, labelSetId: null, trainer: "sft" },
      deletedOrigin: {
        project: name,
        run: { number: 1, name: "Tune" },
        labelSet: { id: set.id, sha256: set.sha256, judgements: 3 },
      },
    });
    expect((await admin.send("GET", `/api/models/${model.id}/lineage`)).statusCode).toBe(200);
    const audit = (await admin.send("GET", "/api/audit?limit=5")).json<{
      items: { action: string; detail: object }[];
    }>();
    expect(audit.items.find(({ action }) => action === "project.deleted")?.detail).toMatchObject({
      name,
      judgements: 3,
      people: 2,
    });
    expect((await admin.send("GET", `/api/projects/${other.projectId}`)).statusCode).toBe(200);
  });

  it("that was the only one of those whom an open link led there leaves them none, and not all", async () => {
    const { projectId, name } = await projectOf(2);
    const elsewhere = await projectOf(2);
    const open = { kind: "open", projectId, capacity: 5, nameAlone: true, consent: "Agreed?" };
    const link = pathOf(await admin.send("POST", "/api/links", open));
    const guest = new Visitor(api.server);
    await guest.send("POST", link, { name: "Hal", consent: true });
    const work = async () => (await guest.send("GET", "/api/work")).json<{ items: { projectId: string }[] }>().items;
    expect((await work()).map((item) => item.projectId)).toEqual([projectId]);
    const { counts, stamp } = await dependants(projectId);
    expect(counts).toMatchObject({ links: 1, onlyHere: 1 });
    expect((await remove(projectId, { name, stamp })).statusCode).toBe(202);
    expect(await work()).toEqual([]);
    await untilDone();
    expect(await db().projectAccess.count({ where: { projectId } })).toBe(0);
    expect(await work()).toEqual([]);
    expect((await guest.send("POST", `/api/work/${elsewhere.projectId}/claims`, { count: 1 })).statusCode).toBe(404);
    const media = await uploadMedia(admin, elsewhere.projectId, "b.png", png(4, 4, [9, 9, 9]));
    expect((await guest.send("GET", `/api/media/${media.json<{ id: string }>().id}`)).statusCode).toBe(404);
    expect((await new Visitor(api.server).send("GET", link)).statusCode).toBe(404);
  });

  it("with a run, an import or an export under way stays as it is, and that is named with the cure", async () => {
    const { projectId, name } = await projectOf(1);
    await db().run.create({
      data: { workspaceId, projectId, kind: "reward", name: "Rates", state: "queued", spec: {}, seed: 1 },
    });
    const { runs, stamp } = await dependants(projectId);
    expect(runs).toMatchObject([{ name: "Rates", underWay: true }]);
    const refusal = await remove(projectId, { name, stamp });
    expect(refusal.json()).toMatchObject({
      code: "conflict",
      reason: "runUnderWay",
      values: { number: 1, name: "Rates" },
    });
    await db().run.updateMany({ where: { projectId }, data: { state: "cancelled" } });
    const again = async () => remove(projectId, { name, stamp: (await dependants(projectId)).stamp });
    const leave = api.server.exportsUnderWay.enter(projectId);
    expect((await again()).json()).toMatchObject({ code: "conflict", reason: "exportUnderWay", values: { count: 1 } });
    leave();
    const importing = await api.server.databasePool.connect();
    await importing.query("SELECT pg_advisory_lock(hashtextextended('import ' || $1::text, 0))", [projectId]);
    expect((await again()).json()).toMatchObject({ code: "conflict", reason: "importUnderWay" });
    await importing.query("SELECT pg_advisory_unlock_all()");
    importing.release();
    expect((await admin.send("GET", `/api/projects/${projectId}`)).statusCode).toBe(200);
    expect(await db().deletion.count({ where: { projectId } })).toBe(0);
  });
});

describe("prompts", () => {
  it("go with what was made of them: tallies follow, and a frozen set keeps its hash, its count and says what is gone", async () => {
    const { projectId } = await projectOf(3);
    const first = await judge(projectId, people[0]);
    const second = await judge(projectId, people[0]);
    for (const who of people.slice(1)) for (let i = 0; i < 3; i += 1) await judge(projectId, who);
    const set = await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    const lines = await db().$queryRaw<{ id: string; line: string }[]>`
      SELECT id, id || ' ' || shown_order::text || ' ' || answer::text || E'\n' AS line FROM judgement WHERE project_id = ${projectId}::uuid ORDER BY id`;
    const reading = streamLabelSet(db(), set.id);
    await reading.next();
    const seen = await deletePromptsOf(projectId, [first.taskId]);
    expect(seen).toMatchObject({
      counts: { prompts: 1, answers: 2, tasks: 1, judgements: 2, people: 2 },
      labelSets: [{ id: set.id, judgements: 5, going: 2 }],
      further: 0,
    });
    await untilDone();
    // Whoever has begun to read the set is not given what is left for the whole.
    const rest = async () => {
      for await (const _ of reading);
    };
    await expect(rest()).rejects.toMatchObject({ reason: "labelsDeleted" });
    expect((await admin.send("GET", `/api/items/${first.taskId}`)).statusCode).toBe(404);
    expect((await admin.send("GET", `/api/items/${second.taskId}`)).statusCode).toBe(200);
    const of = `/api/label-sets/${set.id}`;
    expect((await admin.send("GET", `${of}/judgements`)).json()).toMatchObject({ deleted: 2, items: { length: 3 } });
    const sent = await admin.send("GET", `${of}/export?format=judgements`);
    expect(sent.headers).toMatchObject({ "label-set-sha256": set.sha256, "deleted-since": "2" });
    expect(sent.body.trim().split("\n")).toHaveLength(3);
    expect((await db().labelSet.findUniqueOrThrow({ where: { id: set.id } })).counts).toMatchObject({ judgements: 5 });
    const stones = await db().labelSetTombstone.findMany({ where: { labelSetId: set.id } });
    const hashed = new Map(lines.map(({ id, line }) => [id, createHash("sha256").update(line).digest("hex")]));
    expect(stones.map(({ judgementId, lineSha256 }) => hashed.get(judgementId) === lineSha256)).toEqual([true, true]);
    const forms: unknown[] = [];
    for await (const form of streamLabelSet(db(), set.id)) forms.push(form);
    expect(forms).toHaveLength(3);

    const tallies = await db().tally.findMany({ where: { projectId, total: { gt: 0 } }, orderBy: { total: "asc" } });
    expect(tallies.map(({ total, today }) => ({ total, today }))).toEqual([
      { total: 1, today: 1 },
      { total: 2, today: 2 },
    ]);
    expect((await admin.send("GET", `/api/projects/${projectId}/figures`)).json()).toMatchObject({
      judgements: { person: 3 },
    });
    expect((await brokenInvariants(db())).filter((broken) => !/promised/.test(broken))).toEqual([]);
  });

  it("are not deleted by a list that has gone stale, and judgements are not by anybody else", async () => {
    const { projectId } = await projectOf(2);
    const { taskId, id } = await judge(projectId, people[0]);
    const selection = { ids: [taskId] };
    const { stamp } = await preview(projectId, [taskId]);
    await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    const late = await prompts(projectId, { selection, prompts: 1, stamp });
    expect(late.json()).toMatchObject({ code: "conflict", reason: "dependantsOutdated" });
    const unsure = await prompts(projectId, { selection, prompts: 2, stamp });
    expect(unsure.json()).toMatchObject({ reason: "promptsUnconfirmed", values: { count: 1 } });
    const [baseline, candidate] = await db().modelVersion.createManyAndReturn({
      data: ["Old", "New"].map((of) => ({
        workspaceId,
        kind: "policy" as const,
        name: of,
        files: [],
        sha256: of,
        parameters: 1,
        spec: {},
      })),
    });
    const compared = {
      candidateId: candidate?.id ?? null,
      baselineId: baseline?.id ?? "",
      prompts: 1,
      overlap: 2,
      seed: 1,
    };
    const evaluation = await db().evaluation.create({
      data: { workspaceId, projectId, state: "judging", ...compared },
    });
    await db().task.update({ where: { id: taskId }, data: { evaluationId: evaluation.id } });
    const asking = await preview(projectId, [taskId]);
    expect(asking.evaluations).toMatchObject([{ candidate: "New", baseline: "Old", tasks: 1 }]);
    const asked = await prompts(projectId, { selection, prompts: 1, stamp: asking.stamp });
    expect(asked.json()).toMatchObject({ code: "conflict", reason: "evaluationUnderWay", values: { name: "New" } });
    expect(await db().judgement.count({ where: { id } })).toBe(1);
    await expect(db().$executeRaw`DELETE FROM judgement WHERE id = ${id}::uuid`).rejects.toThrow("append-only");
    await expect(
      db().$transaction([
        db().$executeRaw`SELECT set_config('touchstone.deletion', ${randomUUID()}, true)`,
        db().$executeRaw`DELETE FROM judgement WHERE id = ${id}::uuid`,
      ]),
    ).rejects.toThrow("append-only");
  });
});
