import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ExportFormat, type ModelVersionView, type PersonDependants, routeNames, routes } from "@touchstone/contracts";
import {
  freezeLabelSet,
  LocalFileStore,
  pendingRuns,
  storedFiles,
  takeNextRun,
  takeRun,
  textColumns,
} from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, projectAsking, sendAnswers } from "../harness/asked-project.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { foundIn } from "../harness/copied-tables.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { mark, plant, wordFor } from "../harness/planted-person.ts";
import { sampleRequest } from "../harness/sample-requests.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";
import { writeLabelSetFiles } from "../harness/write-label-set-files.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let projectId: string;
let elsewhere: string;
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  workspaceId = tenant.workspaceId;
  const questions = [
    { name: "better", kind: "preference" },
    { name: "why", kind: "text" },
  ];
  const rows = Array.from({ length: 20 }, (_, i) => ({ prompt: `question ${i}`, completions: ["one", "two"] }));
  projectId = await projectAsking(admin, questions, rows, 2);
  elsewhere = await newProject(admin, "Elsewhere");
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
});
afterAll(() => api.close());

const db = () => api.server.database;

interface Person {
  readonly visitor: Visitor;
  readonly memberId: string;
  readonly userId: string;
  readonly name: string;
}

/** Somebody who has done, and written, one of everything that a person can. */
async function atWork(name: string): Promise<Person> {
  const email = `${name}@example.org`;
  const visitor = await invite(admin, "admin", email);
  const { id: memberId } = (await visitor.send("GET", "/api/session")).json<{ member: { id: string } }>().member;
  const { userId } = await db().member.findUniqueOrThrow({ where: { id: memberId } });
  for (const value of ["their words", "their words"]) {
    const task = await claimOne(visitor, projectId);
    const answers = { better: { choice: "graded", step: 2 }, why: { text: value } };
    expect(await sendAnswers(visitor, task, answers)).toMatchObject({ status: 201 });
  }
  const skipped = await claimOne(visitor, projectId);
  const asked = { taskId: skipped.taskId, text: "May I?", idempotencyKey: randomUUID() };
  expect((await visitor.send("POST", `/api/work/${projectId}/inquiries`, asked)).statusCode).toBeLessThan(300);
  const { id, token } = skipped.lease;
  const left = await visitor.send("POST", `/api/leases/${id}/skip`, { leaseToken: token, comment: "no" });
  expect(left.statusCode, left.body).toBeLessThan(300);
  await claimOne(visitor, projectId);
  // A question of somebody else's, answered by them.
  const task = await db().task.findFirstOrThrow({ where: { projectId } });
  const { memberId: adaId } = await db().session.findFirstOrThrow({ where: { member: { name: "Ada" } } });
  const data = { workspaceId, projectId, taskId: task.id, text: "Why?", idempotencyKey: randomUUID() };
  const inquiry = await db().inquiry.create({ data: { ...data, memberId: adaId } });
  await visitor.send("POST", `/api/projects/${projectId}/inquiries/${inquiry.id}/answer`, { text: "So." });
  const view = await visitor.send("POST", `/api/projects/${projectId}/views`, { name: `v ${name}`, filter: {} });
  expect(view.statusCode, view.body).toBe(201);
  const frozen = await visitor.send("POST", `/api/projects/${projectId}/label-sets`, { selection: { filter: {} } });
  expect(frozen.statusCode, frozen.body).toBe(200);
  await visitor.send("POST", "/api/tokens", { name: "script", role: "annotator" });
  await visitor.send("POST", "/api/links", { kind: "invitation", role: "annotator", note: "for a friend" });
  await importFile(visitor, elsewhere, { format: "prompts", fileName: "a.jsonl" }, [
    { prompt: `of ${name}`, completions: ["one", "two"] },
  ]);
  const ofFile = { workspaceId, projectId: elsewhere, memberId };
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().spooledFile.create({ data: { ...ofFile, origin: "upload", name: "b.jsonl", expiresAt } });
  await db().importJob.create({
    data: { ...ofFile, fileId: randomUUID(), fileName: "b.jsonl", query: {}, state: "done", bytes: 1 },
  });
  await db().projectArchive.create({
    data: { workspaceId, direction: "in", state: "failed", name: "c.zip", askedById: memberId },
  });
  const sha256 = randomUUID();
  const model = { kind: "policy" as const, name: "One", files: [], sha256, parameters: 1, spec: {} };
  const { id: modelVersionId } = await db().modelVersion.create({ data: { ...model, workspaceId } });
  await db().modelPromotion.create({
    data: {
      workspaceId,
      projectId: elsewhere,
      kind: "policy",
      modelVersionId,
      cause: "person",
      reason: "better",
      promotedById: memberId,
      endedAt: new Date(),
    },
  });
  const brought = await db().task.findFirstOrThrow({ where: { projectId: elsewhere }, orderBy: { id: "desc" } });
  const what = { kind: "items", selection: { ids: [brought.id] } };
  // Their work elsewhere is left out, and somebody noted why.
  await db().leftOut.create({
    data: { workspaceId, projectId: elsewhere, memberId, actId: randomUUID(), reason: "other", note: "of them" },
  });
  const leftOut = await visitor.send("POST", `/api/projects/${elsewhere}/left-out`, {
    what,
    reason: "trial",
    note: "x",
  });
  expect(leftOut.statusCode, leftOut.body).toBe(200);
  // An act in the name of the token is told with its name.
  await plant(api.databaseUrl, { memberId, userId: userId ?? "", mark: `${mark}${name}` });
  const { name: planted } = await db().member.findUniqueOrThrow({ where: { id: memberId } });
  return { visitor, memberId, userId: userId ?? "", name: planted };
}

const dependantsOf = async (id: string) =>
  (await admin.send("GET", `/api/members/${id}/dependants`)).json<PersonDependants>();

async function erase({ memberId, name }: Person, what: "identity" | "all"): Promise<PersonDependants> {
  const seen = await dependantsOf(memberId);
  const sent = await admin.send("POST", `/api/members/${memberId}/erasure`, { what, name, stamp: seen.stamp });
  expect(sent.statusCode, sent.body).toBe(202);
  return seen;
}

async function untilDone(): Promise<void> {
  await expect.poll(() => db().erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
}

const hex = (line: string) => createHash("sha256").update(line).digest("hex");

describe("every column and file", () => {
  it("of text says what it holds of a person and how that is erased", async () => {
    const rows = await db().$queryRaw<{ table: string; column: string }[]>`
      SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
      JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'
        AND (c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'tsvector') OR c.udt_name IN ('_text', '_varchar', '_jsonb'))
      ORDER BY 1, 2`;
    const declared = (table: string, column: string) => textColumns[table]?.[column] !== undefined;
    const missing = rows.filter(({ table, column }) => !declared(table, column));
    expect(
      missing.map(({ table, column }) => `${table}.${column}`),
      "Say in packages/persistence/src/erasure/columns.ts, under its table, what each of these columns holds of a person (identity, words, material or nothing) and what erasing does to it; one of identity or words is then planted by tests/harness/planted-person.ts and erased by erasure/begin.ts, rest.ts or the functions of migration erasure.",
    ).toEqual([]);
    const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
    const gone = Object.entries(textColumns).flatMap(([table, columns]) =>
      Object.keys(columns).flatMap((column) => (there.has(`${table}.${column}`) ? [] : [`${table}.${column}`])),
    );
    expect(gone, "These are declared in erasure/columns.ts, and no table has them.").toEqual([]);
  });
});

describe("somebody who is erased", () => {
  it("with judgements and texts is found in no table, export, page or file, and sets keep their hash", async () => {
    const noa = await atWork("noa");
    const mei = await atWork("mei");
    const set = await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    const lines = await db().$queryRaw<{ id: string; line: string }[]>`
      SELECT j.id, j.id || ' ' || j.shown_order::text || ' ' || j.answer::text || E'\n' AS line
      FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id
      WHERE i.label_set_id = ${set.id}::uuid AND j.member_id = ${mei.memberId}::uuid`;
    expect(lines).toHaveLength(2);
    const spec = { workspaceId, projectId, spec: {}, seed: 1, labelSetId: set.id };
    const underWay = await db().run.create({ data: { ...spec, kind: "reward", name: "At work", state: "running" } });
    const done = await db().run.create({ data: { ...spec, kind: "sft", name: "Done", state: "succeeded" } });
    const files = new LocalFileStore(api.filesDir);
    await files.put(`runs/${done.id}/1/model/model.safetensors`, new Uint8Array([1]));
    await files.put(`features/${workspaceId}/${projectId}/${"0".repeat(64)}`, new Uint8Array(4));
    const model = await db().modelVersion.create({
      data: {
        ...{ workspaceId, projectId, kind: "policy", name: "Tuned", files: [], sha256: "a", parameters: 1, spec: {} },
        ...{ runId: done.id, labelSetId: set.id },
      },
    });

    const asks = { workspaceId, projectId, baselineId: model.id, prompts: 1, overlap: 2, seed: 1 };
    const evaluation = await db().evaluation.create({ data: { ...asks, state: "judging", name: "Both" } });
    const [pair] = lines;
    await db().task.updateMany({
      where: { judgements: { some: { id: pair?.id ?? "" } } },
      data: { evaluationId: evaluation.id },
    });

    const fileOfSet = `/api/label-sets/${set.id}/files/judgements.jsonl`;
    await admin.send("POST", `/api/label-sets/${set.id}/files`, { name: "judgements.jsonl" });
    await writeLabelSetFiles(api);
    expect(storedWith(wordFor(`${mark}mei`, "judgement", "answer"))).toHaveLength(1);

    const seen = await dependantsOf(mei.memberId);
    expect(seen).toMatchObject({
      evaluations: [{ id: evaluation.id, candidate: "Both", judgements: 1 }],
      member: { id: mei.memberId, name: mei.name, kind: "person" },
      elsewhere: false,
      counts: { judgements: 2, skips: 1, held: 1, inquiries: 1, answers: 1, notes: 2, views: 1, imports: 1, tokens: 1 },
      projects: [{ id: projectId, judgements: 2 }],
      // Theirs, which they froze themselves, is one more.
      labelSets: expect.arrayContaining([
        expect.objectContaining({ id: set.id, sha256: set.sha256, judgements: 4, going: 2 }),
      ]),
      runs: [
        { id: underWay.id, underWay: true },
        { id: done.id, underWay: false },
      ],
      models: [{ id: model.id, name: "Tuned" }],
    });
    const send = (body: object, who = admin) => who.send("POST", `/api/members/${mei.memberId}/erasure`, body);
    const draft = { what: "all", name: mei.name, stamp: seen.stamp };
    expect((await send({ ...draft, name: "Mai" })).json()).toMatchObject({ reason: "erasureUnconfirmed" });
    expect((await send({ ...draft, stamp: "of yesterday" })).json()).toMatchObject({ reason: "dependantsOutdated" });
    const stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
    expect((await send(draft, stranger)).statusCode).toBe(404);
    const { memberId: adaId } = await db().session.findFirstOrThrow({
      where: { member: { name: "Ada", workspaceId } },
    });
    const self = await admin.send("POST", `/api/members/${adaId}/erasure`, draft);
    expect(self.json()).toMatchObject({ reason: "erasesSelf" });
    expect(await db().erasure.count()).toBe(0);

    const accepted = await send(draft);
    expect(accepted.statusCode, accepted.body).toBe(202);
    // Who they were is gone at once; the work follows.
    expect((await mei.visitor.send("GET", "/api/session")).statusCode).toBe(401);
    await untilDone();

    const sought = [mei.memberId, mei.userId, "mei@example.org", mei.name, `${mark}mei`];
    expect(await foundIn(api.databaseUrl, sought)).toEqual([]);
    // No worker has been there since: what was written before is gone, and what it writes next is without them.
    expect(sought.flatMap(storedWith)).toEqual([]);
    expect((await admin.send("GET", fileOfSet)).statusCode).not.toBe(200);
    await writeLabelSetFiles(api);
    expect((await admin.send("GET", fileOfSet)).body).toContain(wordFor(`${mark}noa`, "judgement", "answer"));
    expect(sought.flatMap(storedWith)).toEqual([]);
    // Of whoever is still there, all stays.
    const ofNoa = (await foundIn(api.databaseUrl, [`${mark}noa`])).join("\n");
    expect(plantedWords("noa").filter((word) => !ofNoa.includes(word) && !word.endsWith("document"))).toEqual([]);

    const { sha256, counts } = await db().labelSet.findUniqueOrThrow({ where: { id: set.id } });
    expect([sha256, counts]).toEqual([set.sha256, expect.objectContaining({ judgements: 4 })]);
    const tombstones = await db().labelSetTombstone.findMany({ where: { labelSetId: set.id } });
    const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
    expect(tombstones.map(({ judgementId: id, lineSha256, why }) => ({ id, lineSha256, why })).sort(byId)).toEqual(
      lines.map(({ id, line }) => ({ id, lineSha256: hex(line), why: "erased" })).sort(byId),
    );
    const page = (await admin.send("GET", `/api/label-sets/${set.id}/judgements`)).json<object>();
    expect(page).toMatchObject({ erased: { judgements: 2 } });
    const exported = await admin.send("GET", `/api/label-sets/${set.id}/export?format=judgements`);
    expect([exported.statusCode, exported.headers["deleted-since"], exported.headers["erased-since"]]).toEqual([
      200,
      "2",
      "2",
    ]);
    // Files in a folder's zip are stored as they are.
    const folder = await admin.send("GET", `/api/label-sets/${set.id}/export?format=judgements&container=folder`);
    expect(folder.body).toContain("since it was frozen: 2, 2 of them with whoever made them.");
    const rated = await db().evaluation.findUniqueOrThrow({ where: { id: evaluation.id } });
    expect(rated).toMatchObject({ erasedJudgements: 1, erasedAt: expect.any(Date) });
    const ended = await db().run.findUniqueOrThrow({ where: { id: underWay.id } });
    expect(ended).toMatchObject({ state: "failed", error: { reason: "labelsErased" } });
    const run = (await admin.send("GET", `/api/runs/${done.id}`)).json<{ erased: object }>();
    expect(run.erased).toMatchObject({ judgements: 2 });
    const { items } = (await admin.send("GET", "/api/models")).json<{ items: ModelVersionView[] }>();
    expect(items.find(({ id }) => id === model.id)?.erased).toMatchObject({ judgements: 2 });
    expect(await brokenInvariants(db(), { outboxDrained: true })).toEqual([]);

    // What is left of the other is erased too, so that nothing planted is expected anywhere.
    await erase(noa, "all");
    await untilDone();
    expect(await foundIn(api.databaseUrl, [mark, noa.memberId, ...sought])).toEqual([]);
    const answers = await everyAnswer();
    for (const [where, body] of answers) expect(body.toLowerCase(), where).not.toMatch(new RegExp(`${mark}|mei@|noa@`));
    expect(answers.size).toBeGreaterThan(30);
    await writeLabelSetFiles(api);
    for (const path of stored()) {
      expect(
        storedFiles.some((kind) => kind.path.test(path)),
        `Say in erasure/files.ts what ${path} holds of a person.`,
      ).toBe(true);
    }
    expect(storedWith(mark)).toEqual([]);
    expect(stored().filter((path) => path.startsWith("features/"))).toEqual([]);
    const audit = (await admin.send("GET", "/api/audit?limit=100")).json<{
      items: { action: string; detail: object }[];
    }>();
    const told = audit.items.filter(({ action }) => action === "member.erased");
    expect(told.map(({ detail }) => detail)).toMatchObject([
      { erased: "all" },
      { erased: "all", judgements: 2, models: 1 },
    ]);
  });

  it("by who they are alone leaves the work, which nobody finds by them any more", async () => {
    const ivo = await atWork("ivo");
    const set = await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    const former = await annotatorsIn(set.id);
    // While they are erased a run would read what is there for another moment only: it waits, and one elsewhere does not.
    const holder = new pg.Client({ connectionString: api.databaseUrl });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT pg_advisory_xact_lock(hashtextextended('freezing ' || $1::text, 0))", [projectId]);
    await erase(ivo, "identity");
    const launched = { workspaceId, kind: "reward", spec: {}, seed: 1, state: "queued" } as const;
    const here = await db().run.create({ data: { ...launched, projectId, name: "Launched meanwhile" } });
    const there = await db().run.create({ data: { ...launched, projectId: elsewhere, name: "Elsewhere" } });
    await expect.poll(async () => (await takeRun(db(), there.id))?.id ?? null).toBe(there.id);
    expect([await takeRun(db(), here.id), await takeNextRun(db(), here.id)]).toEqual([null, null]);
    expect(await pendingRuns(db(), [here.id])).toEqual([]);
    await holder.query("ROLLBACK");
    await holder.end();
    await untilDone();
    expect(await pendingRuns(db(), [here.id])).toMatchObject([{ id: here.id }]);
    expect((await takeNextRun(db(), here.id))?.id).toBe(here.id);
    await db().run.deleteMany({ where: { id: { in: [here.id, there.id] } } });
    expect(await foundIn(api.databaseUrl, [ivo.memberId, ivo.userId, ivo.name, "ivo@example.org"])).toEqual([]);
    const left = (await foundIn(api.databaseUrl, [`${mark}ivo`])).join("\n");
    const still = (words: string[]) => words.filter((word) => left.includes(word));
    expect(still(plantedWords("ivo", "identity"))).toEqual([]);
    expect(still(plantedWords("ivo", "words"))).toEqual(plantedWords("ivo", "words"));
    const again = await freezeLabelSet(db(), { workspaceId, projectId, includeSimulated: false });
    expect([again.id, again.sha256]).toEqual([set.id, set.sha256]);
    const latter = await annotatorsIn(set.id);
    expect(latter.size).toBe(former.size);
    expect([...latter].filter((name) => former.has(name))).toHaveLength(former.size - 1);
    expect(await brokenInvariants(db(), { outboxDrained: true })).toEqual([]);
    const named = (await admin.send("GET", "/api/members?limit=100")).body;
    expect(named).not.toContain("erased-");
  });

  it("came with a file: their name goes from their votes, and the file makes a new annotator of it", async () => {
    const made = await admin.send("POST", "/api/projects", { name: "Votes", overlap: 1, repeatShare: 0 });
    const { id } = made.json<{ id: string }>();
    const rows = [
      {
        prompt: "Why?",
        chosen: "Because.",
        rejected: "No.",
        annotator: "Zhou Yi",
      },
    ];
    expect((await importFile(admin, id, { format: "trl-preference" }, rows)).statusCode).toBe(201);
    const zhou = await db().member.findFirst({ where: { workspaceId, kind: "imported" } });
    if (!zhou) throw new Error("nobody came with the file");
    await erase({ visitor: admin, memberId: zhou.id, userId: "", name: zhou.name }, "all");
    await untilDone();
    expect(await foundIn(api.databaseUrl, [zhou.id, "Zhou Yi"])).toEqual([]);
    expect(await db().judgement.count({ where: { projectId: id } })).toBe(0);
    expect(await brokenInvariants(db(), { outboxDrained: true })).toEqual([]);
  });
});

/** Files of the store, by their path in it. */
const stored = () =>
  readdirSync(api.filesDir, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(api.filesDir, path)).isFile());
const storedWith = (word: string) => stored().filter((path) => readFileSync(join(api.filesDir, path)).includes(word));

/** What was planted of somebody, where who they are is held, or what they wrote, or both. */
function plantedWords(name: string, of?: "identity" | "words"): string[] {
  return Object.entries(textColumns).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, { holds }]) =>
      (of === undefined ? holds === "identity" || holds === "words" : holds === of) && column !== "subject"
        ? [wordFor(`${mark}${name}`, table, column)]
        : [],
    ),
  );
}

async function annotatorsIn(labelSetId: string): Promise<Set<string>> {
  const { body } = await admin.send("GET", `/api/label-sets/${labelSetId}/export?format=judgements`);
  const rows = body.split("\n").filter((line) => line !== "");
  return new Set(rows.map((line) => JSON.parse(line).annotator_hash as string));
}

/** What the first word of a path below /api is about, where it is not the table's own name in the plural. */
const tableOf: Readonly<Record<string, string>> = {
  ...{ work: "project", items: "task", skips: "lease", models: "model_version", "label-sets": "label_set" },
  views: "saved_view",
};

/** What an admin is answered by every route that reads, about some things of its kind, and by every export. */
async function everyAnswer(): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  const idsOf = async (path: string): Promise<string[]> => {
    const noun = path.split("/")[2] ?? "";
    const table = tableOf[noun] ?? noun.replace(/s$/, "");
    const { rows: known } = await client.query("SELECT to_regclass($1) AS there", [table]);
    if (!path.includes(":id") || known[0]?.there === null) return [randomUUID()];
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM "${table}" ORDER BY id DESC LIMIT 3`);
    return rows.map(({ id }) => id);
  };
  const found = new Map<string, string>();
  for (const name of routeNames) {
    const route = routes[name];
    if (route.method !== "GET" || name === "openSocket") continue;
    for (const id of await idsOf(route.path)) {
      const { url } = sampleRequest(name, route, id);
      const answer = await admin.send("GET", url);
      if (answer.statusCode === 200) found.set(url, answer.body);
    }
  }
  await client.end();
  for (const format of ExportFormat.options) {
    const url = `/api/projects/${projectId}/exports?format=${format}`;
    found.set(url, (await admin.send("GET", url)).body);
  }
  return found;
}
