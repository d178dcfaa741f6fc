import { setTimeout as sleep } from "node:timers/promises";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let open: OpenDatabase;
beforeAll(async () => {
  api = await openApi();
  open = openDatabase(api.databaseUrl, { connections: 2 });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  // The thread that reads files is started from source, which takes its time; later it is not to be waited for.
  await receiptOf(admin, await newProject(admin, "first"), { format: "prompts" }, [{ prompt: "Sky?" }]);
});
afterAll(async () => {
  await open.close();
  await api.close();
});

/** Ends the one connection whose statement is like this, once it waits for a lock. */
async function terminateWaiting(statement: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { rowCount } = await open.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
      [statement],
    );
    if (rowCount === 1) return;
    await sleep(25);
  }
  throw new Error("No connection came to wait.");
}

/** While the queue of a project's imports is held, whatever wants it waits, and is ended in the middle of its work. */
async function endedWaiting(projectId: string, statement: string, request: () => PromiseLike<{ statusCode: number }>) {
  const holder = await open.pool.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))", [projectId]);
  const answered = request();
  await terminateWaiting(statement);
  const { statusCode } = await answered;
  await holder.query("ROLLBACK");
  holder.release();
  return statusCode;
}

// An `error` event that nobody hears would end the process of the API; here vitest would report it.
it("an import that loses its connection to Postgres is answered 503, leaves nothing, and ends nothing else", async () => {
  const projectId = await newProject(admin, "cut off");
  const rows = [{ prompt: "Sky?", completions: ["Blue.", "Green."] }];
  const bringIn = () => importFile(admin, projectId, { format: "prompts" }, rows);
  expect(await endedWaiting(projectId, "%pg_advisory_xact_lock%", bringIn)).toBe(503);
  expect(await open.db.prompt.count({ where: { projectId } })).toBe(0);
  expect((await bringIn()).statusCode).toBe(201);
});

it("so is the undo of an import, and the import stays", async () => {
  const projectId = await newProject(admin, "kept");
  const rows = [{ prompt: "Sky?", completions: ["Blue.", "Green."] }];
  const { id } = (await importFile(admin, projectId, { format: "prompts" }, rows)).json<{ id: string }>();
  const undo = () => admin.send("DELETE", `/api/imports/${id}`);
  expect(await endedWaiting(projectId, "%pg_advisory_xact_lock%", undo)).toBe(503);
  expect(await open.db.prompt.count({ where: { projectId } })).toBe(1);
  expect((await undo()).statusCode).toBe(200);
});

it("a transaction whose process was put to sleep ends by itself, and who waits for its lock goes on", async () => {
  const asleep = openDatabase(api.databaseUrl, { connections: 1, idleTransactionTimeoutMs: 300 });
  let wake: () => void = () => undefined;
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const transaction = asleep.db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE webhook IN ACCESS EXCLUSIVE MODE`;
    await woken;
    await tx.$executeRaw`SELECT 1`;
  });
  const outcome = expect(transaction).rejects.toThrow();
  while (!(await open.db.$queryRaw<unknown[]>`SELECT FROM pg_locks WHERE relation = 'webhook'::regclass`).length)
    await sleep(10);
  // It sleeps until this is answered.
  expect(await open.db.webhook.count()).toBe(0);
  wake();
  await outcome;
  await asleep.close();
});
