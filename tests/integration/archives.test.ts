import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import type { ArchiveView } from "@touchstone/contracts";
import { archiveTables, freezeLabelSet } from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { filledProject } from "../harness/filled-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { archiveOf, bringArchive, packed, sendArchive, unpacked, workOnArchives } from "../harness/work-on-archives.ts";

let source: TestApi;
let target: TestApi;
let ada: Visitor;
let eve: Visitor;
let from: string;
let to: string;
let projectId: string;
let labelSetId: string;
let archive: Buffer;
let parts: Map<string, Buffer>;

beforeAll(async () => {
  [source, target] = await Promise.all([openApi(), openApi()]);
  const [one, other] = await Promise.all([
    newTenant(source.server, "ada@example.org"),
    newTenant(target.server, "eve@example.org"),
  ]);
  [ada, from, eve, to] = [one.admin, one.workspaceId, other.admin, other.workspaceId];
  ({ projectId, labelSetId } = await filledProject(source, ada, from));
  archive = await archiveOf(source, ada, projectId);
  parts = await unpacked(archive);
}, 60_000);
afterAll(() => Promise.all([source.close(), target.close()]));

type Row = Record<string, unknown>;
const rowsOf = (name: string): Row[] =>
  gunzipSync(parts.get(`tables/${name}.jsonl.gz`) ?? gzipSync(""))
    .toString()
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

/** Each row of a table in COPY's own words, in an order that hangs on what is in it alone. */
async function copied(url: string, table: string, but: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TimeZone = 'UTC'");
    const { rows } = await client.query<{ row: string }>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM "${table}" t ORDER BY 1`,
      [but],
    );
    return rows.map(({ row }) => row);
  } finally {
    await client.end();
  }
}

/** What may differ between there and here; all else is equal to the letter. */
const differs: Readonly<Record<string, readonly string[]>> = {
  journal: ["id"],
  lease: ["token"],
  model_version: ["number"],
  run: ["state", "finished_at"],
};

describe("the copy of a whole project", () => {
  it("says of every table whether its rows travel", async () => {
    const rows = await source.server.database.$queryRaw<{ table: string }[]>`
      SELECT table_name AS table FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY 1`;
    expect(
      Object.keys(archiveTables).sort(),
      "Say in packages/persistence/src/archives/tables.ts whether rows of each table travel with their project, or why they stay; fill those that do in tests/harness/filled-project.ts.",
    ).toEqual(rows.map(({ table }) => table).sort());
  });

  it("has rows of every table that travels, and nothing by which anybody signs in or is written to", () => {
    const manifest = JSON.parse(String(parts.get("manifest.json")));
    const travelling = Object.keys(archiveTables).filter((table) => archiveTables[table]?.travels);
    expect(travelling.filter((table) => !(manifest.tables[table]?.rows > 0))).toEqual([]);
    const told = JSON.stringify(travelling.map((table) => rowsOf(table)));
    expect(told).not.toMatch(/@example\.org|"Ada"|\$argon2/);
    const members = rowsOf("member");
    expect(members.map(({ kind, role }) => [kind, role])).toEqual(members.map(() => ["imported", "annotator"]));
    expect(members.map(({ name }) => name)).toContain("Zhou Yi");
    expect(rowsOf("lease").map(({ token }) => token)).toEqual(rowsOf("lease").map(() => ""));
    expect(manifest.contents).toMatchObject({ media: 2, models: 2, missingFiles: 0 });
    expect(Object.keys(manifest.stays)).toEqual(expect.arrayContaining(["user", "schedule", "webhook", "checkpoint"]));
  });

  it("is sent as HTTP has it, to admins alone, and told of in the audit", async () => {
    const url = `/api/projects/${projectId}/archive/file`;
    const etag = `"${createHash("sha256").update(archive).digest("hex")}"`;
    const head = await ada.send("GET", url, undefined, { range: "bytes=0-3" });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([206, "PK\u0003\u0004", etag]);
    expect((await ada.send("GET", url, undefined, { "if-none-match": etag })).statusCode).toBe(304);
    const { archive: view } = (await ada.send("GET", `/api/projects/${projectId}/archive`)).json<{
      archive: ArchiveView;
    }>();
    expect(view).toMatchObject({
      state: "ready",
      bytes: archive.length,
      sha256: etag.slice(1, -1),
      rows: view.totalRows,
    });
    const audit = (await ada.send("GET", "/api/audit")).json<{ items: { action: string }[] }>();
    expect(audit.items.map(({ action }) => action).filter((action) => action.startsWith("archive."))).toEqual([
      ...["archive.taken", "archive.asked"],
    ]);
  });
});

/** The archive with something done to its parts; the list of hashes as it was, or written anew. */
async function changed(change: (parts: Map<string, Buffer>) => void, relisted = false): Promise<Buffer> {
  const copy = new Map(parts);
  change(copy);
  if (relisted) {
    const manifest = JSON.parse(String(copy.get("manifest.json")));
    for (const [table, part] of Object.entries<Row>(manifest.tables)) {
      const bytes = copy.get(`tables/${table}.jsonl.gz`) ?? Buffer.alloc(0);
      part.sha256 = createHash("sha256").update(bytes).digest("hex");
      part.bytes = bytes.length;
    }
    copy.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
  }
  return packed(copy);
}

const editManifest = (edit: (manifest: Row) => void) => (copy: Map<string, Buffer>) => {
  const manifest = JSON.parse(String(copy.get("manifest.json")));
  edit(manifest);
  copy.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
};
const editRow = (table: string, edit: (row: Row) => unknown) => (copy: Map<string, Buffer>) => {
  const [first, ...rest] = rowsOf(table);
  const lines = [edit(first ?? {}), ...rest].map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`);
  copy.set(`tables/${table}.jsonl.gz`, gzipSync(lines.join("")));
};

describe("an archive that is brought", () => {
  const elsewhere = "0198a000-0000-7000-8000-000000000001";
  const judgements = "tables/judgement.jsonl.gz";
  it.each<[string, string, () => Promise<Buffer>]>([
    ["half a file", "archiveDamaged", async () => archive.subarray(0, archive.length / 2)],
    [
      "a name that leads out",
      "archiveUnknownPart",
      () => changed((copy) => copy.set("../../etc/passwd", Buffer.from("x"))),
    ],
    [
      "a part that is not on the list",
      "archiveUnknownPart",
      () => changed((copy) => copy.set("media/more", Buffer.from("x"))),
    ],
    ["a part less", "archivePartMissing", () => changed((copy) => copy.delete(judgements))],
    ["a part that was changed", "archivePartChanged", () => changed((copy) => copy.set(judgements, gzipSync("{}\n")))],
    ["no list", "archiveForeign", () => changed((copy) => copy.delete("manifest.json"))],
    [
      "a list of something else",
      "archiveForeign",
      () => changed(editManifest((list) => Object.assign(list, { format: "x" }))),
    ],
    [
      "a later form",
      "archiveNewer",
      () => changed(editManifest((list) => Object.assign(list, { form: 2, version: "9.0" }))),
    ],
    [
      "a table that is not known here",
      "archiveNewer",
      () =>
        changed(
          editManifest((list) =>
            Object.assign(list.tables as Row, { tale: { rows: 1, bytes: 1, columns: ["id"], sha256: "a".repeat(64) } }),
          ),
        ),
    ],
    [
      "a row of another project",
      "archiveRowOutside",
      () =>
        changed(
          editRow("prompt", (row) => ({ ...row, project_id: elsewhere })),
          true,
        ),
    ],
    [
      "a row that hangs on another project's",
      "archiveRowOutside",
      () =>
        changed(
          editRow("completion", (row) => ({ ...row, prompt_id: elsewhere })),
          true,
        ),
    ],
    [
      "a row that is no JSON",
      "archiveRowUnread",
      () =>
        changed(
          editRow("prompt", () => "{"),
          true,
        ),
    ],
    [
      "a row without what it needs",
      "archiveRowUnread",
      () =>
        changed(
          editRow("judgement", (row) => ({ ...row, task_id: null })),
          true,
        ),
    ],
  ])("is refused with %s, and nothing of it is kept", async (_, reason, made) => {
    const brought = await bringArchive(target, eve, await made());
    expect(brought).toMatchObject({ state: "failed", projectId: null, problem: { reason } });
    expect(brought.problem?.detail.length).toBeGreaterThan(40);
    const db = target.server.database;
    const left = await Promise.all([db.project.count(), db.member.count(), db.prompt.count(), db.media.count()]);
    expect(left).toEqual([0, 1, 0, 0]);
    expect(await storedBelow(target.filesDir)).toEqual([]);
  });

  it("is refused at once where it is no zip", async () => {
    const sent = await sendArchive(eve, Buffer.from("{}\n"));
    expect([sent.statusCode, sent.json()]).toMatchObject([422, { reason: "archiveDamaged" }]);
    expect(await target.server.database.projectArchive.count({ where: { state: { not: "failed" } } })).toBe(0);
  });

  it("leaves nothing to see where its worker is killed in the middle, and the next one makes it whole", async () => {
    const db = target.server.database;
    const client = new pg.Client({ connectionString: target.databaseUrl });
    await client.connect();
    // Rows of the journal come late, after everything that people would see.
    await client.query("BEGIN");
    await client.query("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE");
    // Of an older version, which knew less: what it has no word of is as in any new project.
    const older = await changed((copy) => {
      const without = editRow("project", ({ blur: _, ...row }) => row);
      without(copy);
      copy.delete("tables/notice.jsonl.gz");
      editManifest((list) => {
        const tables = list.tables as Record<string, { columns: string[] }>;
        delete tables.notice;
        if (tables.project) tables.project.columns = tables.project.columns.filter((column) => column !== "blur");
      })(copy);
    }, true);
    const { id } = (await sendArchive(eve, older)).json<{ id: string }>();
    const script = fileURLToPath(new URL("../harness/archive-worker.ts", import.meta.url));
    const worker = spawn(process.execPath, ["--import", "tsx", script, target.databaseUrl, target.filesDir]);
    const ended = once(worker, "exit");
    const waits = () => db.$queryRaw`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'journal'::regclass`;
    await expect.poll(waits, { timeout: 30_000 }).toHaveLength(1);
    worker.kill("SIGKILL");
    await ended;
    await client.query("ROLLBACK");
    await client.end();
    await expect
      .poll(() => db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'INSERT INTO "journal"%'`)
      .toEqual([]);
    expect(await Promise.all([db.project.count(), db.prompt.count(), db.judgement.count(), db.media.count()])).toEqual([
      ...[0, 0, 0, 0],
    ]);
    expect((await eve.send("GET", `/api/archives/${id}`)).json()).toMatchObject({ state: "working", projectId: null });
    // As time passes: its heartbeat is old, and another worker takes it.
    await db.$executeRaw`UPDATE project_archive SET heartbeat_at = now() - interval '1 hour' WHERE id = ${id}::uuid`;
    await workOnArchives(target);
    expect((await eve.send("GET", `/api/archives/${id}`)).json()).toMatchObject({ state: "ready", projectId });
    expect((await db.project.findUniqueOrThrow({ where: { id: projectId } })).blur).toBe("marked");
    // Deleted for good, it can be brought again: nothing of it is in the way.
    await deleted(target, eve);
    expect(await storedBelow(target.filesDir)).toEqual(expect.not.arrayContaining([expect.stringContaining("media/")]));
    await db.modelVersion.deleteMany();
    await db.withdrawnLease.deleteMany();
    await db.member.deleteMany({ where: { kind: "imported" } });
    for (const path of await storedBelow(target.filesDir)) rmSync(join(target.filesDir, path));
  });

  it("becomes the same project, row by row and to the letter, with files, hashes and ids", async () => {
    // Somebody here has the name of one of theirs.
    const { externalId } = await source.server.database.member.findFirstOrThrow({ where: { name: "Zhou Yi" } });
    await target.server.database.member.create({
      data: { workspaceId: to, kind: "imported", role: "annotator", name: "Zhou Yi", externalId },
    });
    const brought = await bringArchive(target, eve, archive);
    expect(brought).toMatchObject({
      ...{ state: "ready", projectId, projectName: "Full “of” everything", problem: null },
      receipt: { people: { known: 0, renamed: 1 }, models: { made: 2, known: 0 }, version: "0.1.0" },
    });
    const derived = ["task_document", "task_facet", "running_number"];
    const tables = [...Object.keys(archiveTables).filter((table) => archiveTables[table]?.travels), ...derived];
    for (const table of tables) {
      if (table === "member") continue;
      const but = ["workspace_id", ...(differs[table] ?? [])];
      const [there, here] = await Promise.all([
        copied(source.databaseUrl, table, but),
        copied(target.databaseUrl, table, but),
      ]);
      const ofWorkspace = table === "running_number";
      expect(ofWorkspace ? here.filter((row) => row.includes(projectId)) : here, table).toEqual(
        ofWorkspace ? there.filter((row) => row.includes(projectId)) : there,
      );
      expect(here.length, table).toBeGreaterThan(0);
    }
    const ids = async ({ server }: TestApi) =>
      (await server.database.judgement.findMany({ select: { memberId: true }, distinct: ["memberId"] }))
        .map((j) => j.memberId)
        .sort();
    expect(await ids(target)).toEqual(await ids(source));
    const runs = await target.server.database.run.findMany({ orderBy: { number: "asc" } });
    expect(runs.map(({ name, number, state }) => [name, number, state])).toEqual([
      ["Done", 1, "succeeded"],
      ["Waits", 2, "cancelled"],
    ]);
    // Models are numbered on where the workspace stands, and so is the next one.
    const bare = { workspaceId: to, kind: "policy" as const, files: [], sha256: "next", parameters: 1, spec: {} };
    const next = await target.server.database.modelVersion.create({ data: { ...bare, name: "Next" } });
    const numbers = (await target.server.database.modelVersion.findMany()).map(({ number }) => number);
    expect([new Set(numbers).size, Math.max(...numbers)]).toEqual([3, next.number]);
    await target.server.database.modelVersion.delete({ where: { id: next.id } });
    const again = await freezeLabelSet(target.server.database, { workspaceId: to, projectId, includeSimulated: false });
    const there = await freezeLabelSet(source.server.database, {
      workspaceId: from,
      projectId,
      includeSimulated: false,
    });
    expect(again.sha256).toBe(there.sha256);
    const [exported, here] = await Promise.all(
      [ada, eve].map((who) => who.send("GET", `/api/label-sets/${labelSetId}/export?format=trl-preference`)),
    );
    expect(here?.statusCode).toBe(200);
    expect(here?.body.split("\n").length).toBe(exported?.body.split("\n").length);
    const media = await source.server.database.media.findMany();
    for (const { id } of media) {
      const [one, other] = await Promise.all([
        ada.send("GET", `/api/media/${id}`),
        eve.send("GET", `/api/media/${id}`),
      ]);
      expect(other.rawPayload.equals(one.rawPayload)).toBe(true);
    }
    // Models and their files, too; the archive that was brought is gone.
    expect((await storedBelow(target.filesDir)).filter((path) => !path.startsWith("media/")).sort()).toEqual([
      "models/base/model.safetensors",
      expect.stringMatching(/^runs\/.*\/model\/model\.safetensors$/),
    ]);
    const invariants = ({ server }: TestApi) => brokenInvariants(server.database, { outboxDrained: true });
    expect(await invariants(target)).toEqual(await invariants(source));
  });

  it("is refused where the project is there already, in whatever workspace, and while it is being deleted", async () => {
    expect(await bringArchive(target, eve, archive)).toMatchObject({
      problem: { reason: "archiveProjectThere", values: { name: "Full “of” everything" } },
    });
    const other = (await newTenant(target.server, "mia@example.org")).admin;
    expect(await bringArchive(target, other, archive)).toMatchObject({ problem: { reason: "archiveElsewhere" } });
    const db = target.server.database;
    await db.project.update({ where: { id: projectId }, data: { deletedAt: new Date() } });
    expect(await bringArchive(target, eve, archive)).toMatchObject({ problem: { reason: "archiveProjectGoing" } });
    await db.project.update({ where: { id: projectId }, data: { deletedAt: null } });
    // What it has in the store is its own still.
    expect((await storedBelow(target.filesDir)).filter((path) => path.startsWith("media/"))).toHaveLength(2);
  });
});

async function storedBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1));
}

/** The project, for good. */
async function deleted({ server }: TestApi, admin: Visitor): Promise<void> {
  const { name, stamp } = {
    ...(await server.database.project.findUniqueOrThrow({ where: { id: projectId } })),
    ...(await admin.send("GET", `/api/projects/${projectId}/dependants`)).json<{ stamp: string }>(),
  };
  const gone = await admin.send("POST", `/api/projects/${projectId}/deletion`, { name, stamp });
  expect(gone.statusCode, gone.body).toBe(202);
  await expect.poll(() => server.database.deletion.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
}

describe("where something of it is erased or deleted", () => {
  it("the copies that lie in the store go, their page says so, and the next is without it", async () => {
    const inStore = async () => (await storedBelow(source.filesDir)).filter((path) => path.startsWith("archives/"));
    expect(await inStore()).toHaveLength(1);
    const judge = await source.server.database.member.findFirstOrThrow({ where: { name: "bob@example.org" } });
    const { stamp } = (await ada.send("GET", `/api/members/${judge.id}/dependants`)).json<{ stamp: string }>();
    const sent = await ada.send("POST", `/api/members/${judge.id}/erasure`, { what: "all", name: judge.name, stamp });
    expect(sent.statusCode, sent.body).toBe(202);
    await expect
      .poll(() => source.server.database.erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 })
      .toBe(0);
    expect(await inStore()).toEqual([]);
    const page = (await ada.send("GET", `/api/projects/${projectId}/archive`)).json();
    expect(page).toMatchObject({ archive: { state: "removed", removedBecause: "erased", contents: null } });
    const refused = await ada.send("GET", `/api/projects/${projectId}/archive/file`);
    expect([refused.statusCode, refused.json()]).toMatchObject([409, { reason: "archiveRemoved" }]);
    parts = await unpacked(await archiveOf(source, ada, projectId));
    const told = JSON.stringify(
      [...parts.keys()].flatMap((name) => (name.endsWith(".gz") ? [gunzipSync(parts.get(name) ?? "").toString()] : [])),
    );
    expect(told).not.toContain(judge.id);
    expect(rowsOf("label_set_tombstone").filter(({ why }) => why === "erased").length).toBeGreaterThan(1);
  });

  it("comes back after its deletion to the people who are still there", async () => {
    const kept = await archiveOf(source, ada, projectId);
    await source.server.database.run.updateMany({ where: { state: "waiting" }, data: { state: "cancelled" } });
    await deleted(source, ada);
    expect((await storedBelow(source.filesDir)).filter((path) => path.startsWith("archives/"))).toEqual([]);
    expect(await bringArchive(source, ada, kept)).toMatchObject({
      state: "ready",
      projectId,
      receipt: { people: { made: 0 }, models: { made: 0, known: 2 } },
    });
    const cleo = await source.server.database.member.findFirstOrThrow({ where: { name: "cleo@example.org" } });
    expect(cleo.kind).toBe("person");
    expect(await source.server.database.judgement.count({ where: { projectId, memberId: cleo.id } })).toBeGreaterThan(
      0,
    );
  });
});
