import { get, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { readImport, standardQuestionnaires } from "@touchstone/datasets";
import { importRows, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { insertTasks } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let own: OpenDatabase;
let address: string;
let crowd: Awaited<ReturnType<typeof newTenant>>;
let other: Visitor;
beforeAll(async () => {
  api = await openApi();
  own = openDatabase(api.databaseUrl, { connections: 2 });
  crowd = await newTenant(api.server, "ada@example.org");
  ({ admin: other } = await newTenant(api.server, "bea@example.org"));
  address = await api.server.listen({ port: 0, host: "127.0.0.1" });
  // Threads that are started from source take their time on a busy machine; here nobody waits for that with a lock in hand.
  await api.server.inject("/api/health/ready");
  await receiptOf(crowd.admin, await newProject(crowd.admin, "first"), listed, [rowOf(2)]);
});
afterAll(async () => {
  await own.close();
  await api.close();
});

const rowOf = (answers: number) => ({
  prompt: `Which of ${answers}?`,
  answers: Array.from({ length: answers }, (_, i) => `No. ${i}`),
});
const listed = { format: "columns", mapping: JSON.stringify({ prompt: "prompt", answers: { list: "answers" } }) };

/** Holds a project's row, as whoever changes it does, while something goes on. */
async function whileHeld(projectId: string, work: () => Promise<void>): Promise<void> {
  const holder = await own.pool.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM project WHERE id = $1 FOR UPDATE", [projectId]);
  try {
    await work();
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
}

/** Backends that wait for a lock with a statement like this. */
async function waiting(statement: string): Promise<number> {
  const { rowCount } = await own.pool.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
    [statement],
  );
  return rowCount ?? 0;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error("It did not come to that.");
}

const headers = () => ({ cookie: crowd.admin.cookie ?? "", "x-csrf-token": crowd.admin.csrfToken ?? "" });

describe("a tenant with an import and 25 exports that wait", () => {
  it("leaves another tenant every answer, and is told which of its exports were too many", async () => {
    const projectId = await newProject(crowd.admin, "crowded");
    await insertTasks(api.server.database, projectId, { tasks: 3, overlap: 1, batch: 100 });
    const elsewhere = await newProject(other, "elsewhere");
    await insertTasks(api.server.database, elsewhere, { tasks: 40, overlap: 1, batch: 100 });
    const crowded: Promise<{ statusCode: number; json(): unknown }>[] = [];
    await whileHeld(projectId, async () => {
      crowded.push(importUnseen(crowd.admin, projectId, listed, [rowOf(50)]));
      for (let nth = 0; nth < 25; nth += 1) {
        crowded.push(crowd.admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`));
      }
      // The import and the first of the exports that are let in; those behind it hold no connection.
      await until(async () => (await waiting("%")) >= 2);
      for (let nth = 0; nth < 10; nth += 1) {
        const answers = [
          await other.send("POST", `/api/work/${elsewhere}/claims`, { count: 1 }),
          await other.send("GET", `/api/projects/${elsewhere}/figures`),
          await other.send("GET", `/api/projects/${elsewhere}/exports?format=judgements`),
          await other.send("GET", "/api/members"),
          await importFile(other, elsewhere, listed, [rowOf(3 + nth)]),
        ];
        expect(answers.filter(({ statusCode }) => statusCode >= 300).map(({ body }) => body)).toEqual([]);
      }
    });
    const [imported, ...exported] = await Promise.all(crowded);
    expect(imported?.statusCode).toBe(201);
    expect(exported.map(({ statusCode }) => statusCode).sort()).toEqual([
      ...Array(4).fill(200),
      ...Array(21).fill(429),
    ]);
    const refused = exported.find(({ statusCode }) => statusCode === 429);
    expect(refused?.json()).toMatchObject({
      code: "too_many_requests",
      reason: "tooManyExports",
      values: { limit: 4 },
    });
    // Room is given back.
    expect(await exportRows(crowd.admin, projectId, "judgements")).toEqual([]);
  });
});

describe("a tenant that undoes one import 25 times while another of its imports is under way", () => {
  it("leaves another tenant's imports, exports and figures their connections", async () => {
    const projectId = await newProject(crowd.admin, "undone");
    const { id } = (await importUnseen(crowd.admin, projectId, listed, [rowOf(3)])).json<{ id: string }>();
    const elsewhere = await newProject(other, "beside it");
    const holder = await own.pool.connect();
    await holder.query("SELECT pg_advisory_lock(hashtextextended('import ' || $1::text, 0))", [projectId]);
    const undone = Array.from({ length: 25 }, () => crowd.admin.send("DELETE", `/api/imports/${id}`));
    try {
      await until(async () => (await waiting("%pg_advisory_xact_lock%")) >= 3);
      const answers = [
        await other.send("GET", `/api/projects/${elsewhere}/exports?format=judgements`),
        await other.send("GET", `/api/projects/${elsewhere}/figures`),
        await importFile(other, elsewhere, listed, [rowOf(4)]),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 201]);
    } finally {
      await holder.query("SELECT pg_advisory_unlock_all()");
      holder.release();
    }
    const statuses = (await Promise.all(undone)).map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, 404, 404, ...Array(22).fill(429)]);
  });
});

describe("a request that waits for a row that somebody else holds", () => {
  it("is told so after the time that one request has, and nothing is changed", async () => {
    const projectId = await newProject(crowd.admin, "held");
    await whileHeld(projectId, async () => {
      const answer = await crowd.admin.send("PATCH", `/api/projects/${projectId}`, { description: "Another." });
      expect([answer.statusCode, answer.json()]).toEqual([503, expect.objectContaining({ reason: "databaseBusy" })]);
    });
    const { description } = (await crowd.admin.send("GET", `/api/projects/${projectId}`)).json<{
      description: string;
    }>();
    expect(description).toBe("");
  });
});

describe("a caller that leaves", () => {
  const isGone = (statement: string) => until(async () => (await waiting(statement)) === 0);

  it("takes its import along: nothing waits on, and nothing is left", async () => {
    const projectId = await newProject(crowd.admin, "left");
    await whileHeld(projectId, async () => {
      const sending = request(`${address}/api/projects/${projectId}/imports?format=prompts`, {
        method: "POST",
        headers: { ...headers(), "content-type": "application/x-ndjson" },
      });
      sending.on("error", () => undefined);
      sending.end(`${JSON.stringify({ prompt: "Sky?", completions: ["Blue.", "Green."] })}\n`);
      await until(async () => (await waiting("%INSERT INTO prompt%")) === 1);
      sending.destroy();
      await isGone("%INSERT INTO prompt%");
    });
    expect(await own.db.prompt.count({ where: { projectId } })).toBe(0);
  });

  it("takes its export along", async () => {
    const projectId = await newProject(crowd.admin, "left too");
    await whileHeld(projectId, async () => {
      const asking = get(`${address}/api/projects/${projectId}/exports?format=judgements`, { headers: headers() });
      asking.on("error", () => undefined);
      await until(async () => (await waiting("%label_set%")) === 1);
      asking.destroy();
      await isGone("%label_set%");
    });
    expect(await own.db.labelSet.count({ where: { projectId } })).toBe(0);
  });

  it.each([
    ["the counts of exports", "/exports/counts", "%counting AS%"],
    ["a sample of an export", "/exports/sample?format=ratings", "%ORDER BY min(e.id%"],
  ])("takes %s along, of which a workspace has a few at once", async (_, path, statement) => {
    const projectId = await newProject(crowd.admin, "looked at");
    const url = `${address}/api/projects/${projectId}${path}`;
    const holder = await own.pool.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE judgement IN ACCESS EXCLUSIVE MODE");
    try {
      const looks = Array.from({ length: 4 }, () => get(url, { headers: headers() }).on("error", () => undefined));
      await until(async () => (await waiting(statement)) === 4);
      const fifth = await fetch(url, { headers: headers() });
      expect(fifth.status).toBe(429);
      expect(await fifth.json()).toMatchObject({ reason: "tooManyLooks", values: { limit: 4 } });
      for (const look of looks) look.destroy();
      await isGone(statement);
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
    await until(async () => (await fetch(url, { headers: headers() })).status === 200);
  });
});

describe("an import of one row with many answers", () => {
  /** Blocks of temporary tables that an import looked at: Postgres' own count of its backend. */
  async function blocksFor(answers: number): Promise<number> {
    const projectId = await newProject(crowd.admin, `answers ${answers}`);
    const one = openDatabase(api.databaseUrl, { connections: 1 });
    const count = async () => {
      await one.pool.query("SELECT pg_stat_force_next_flush()");
      const { rows } = await one.pool.query<{ hits: string }>(
        "SELECT coalesce(sum(hits), 0) AS hits FROM pg_stat_get_backend_io(pg_backend_pid()) WHERE object = 'temp relation'",
      );
      return Number(rows[0]?.hits);
    };
    try {
      const before = await count();
      const draft = { workspaceId: crowd.workspaceId, projectId, memberId: null, fileName: null, mapping: null };
      const bytes = [Buffer.from(JSON.stringify({ prompt: "Sky?", completions: rowOf(answers).answers }))];
      const rows = readImport(asStream(bytes), { format: "prompts" });
      const more = { format: "prompts" as const, asked: standardQuestionnaires.preference, open: true };
      expect(await importRows(one.pool, { ...draft, ...more }, rows)).toMatchObject({ tasks: answers });
      return (await count()) - before;
    } finally {
      await one.close();
    }
  }

  async function* asStream(chunks: Buffer[]) {
    yield* chunks;
  }

  it("takes work in proportion to them: four times the answers, at most six times the blocks", async () => {
    const [few, many] = [await blocksFor(400), await blocksFor(1_600)];
    expect(few).toBeGreaterThan(0);
    expect(many / few).toBeLessThan(6);
  });
});
