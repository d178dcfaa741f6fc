import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BroughtArchive, ImportJobView, ImportReceipt, SpooledFileView } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import pg from "pg";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { createLogin } from "../harness/visitor.ts";

/** What a process writes down at once, in bytes: as much of an upload is lost at most. */
const piece = 4 * 2 ** 20;

let database: TestDatabase;
let open: OpenDatabase;
/** The one that is killed, and one beside it on the same rows and the same files. */
let killed: ApiProcess;
let beside: ApiProcess;
const filesDir = mkdtempSync(join(tmpdir(), "touchstone-files-"));

beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url);
  const redisUrl = await freshRedis();
  const start = () =>
    spawnApi({ databaseUrl: database.url, redisUrl, env: { TOUCHSTONE_FILES_DIR: filesDir, LOG_LEVEL: "error" } });
  [killed, beside] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await Promise.all([killed?.kill("SIGKILL"), beside?.kill("SIGKILL")]);
  await open?.close();
  await database?.drop();
  rmSync(filesDir, { recursive: true, force: true });
});

it("goes on elsewhere with an upload and an import whose process was killed: nothing half is seen, nothing is sent twice", async () => {
  await createLogin(open.db, "ada@example.org");
  const here = await RemoteVisitor.signIn(killed.url, "ada@example.org");
  const there = here.at(beside.url);
  const ask = async <T>(who: RemoteVisitor, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await who.send(method, path, body);
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
    return text === "" ? (undefined as T) : JSON.parse(text);
  };
  const { token } = await ask<{ token: string }>(here, "POST", "/api/tokens", {
    ...{ name: "tus", role: "admin", expiresInDays: 1 },
  });
  const { id: projectId } = await ask<{ id: string }>(here, "POST", "/api/projects", { name: "killed" });
  const authorization = `Bearer ${token}`;

  // The answers are long, so that a few rows are several pieces.
  const row = (at: number) => ({ prompt: `Question ${at}?`, chosen: `yes ${"y".repeat(3_000)}`, rejected: `no ${at}` });
  const bytes = Buffer.from(Array.from({ length: 3_600 }, (_, at) => `${JSON.stringify(row(at))}\n`).join(""));
  expect(bytes.length).toBeGreaterThan(2 * piece);
  const begun = await fetch(`${killed.url}/api/projects/${projectId}/spool/uploads`, {
    method: "POST",
    headers: { authorization, "tus-resumable": "1.0.0", "upload-length": String(bytes.length) },
  });
  const { id } = (await begun.json()) as SpooledFileView;
  // Beside it the copy of a whole project, of which a little has come.
  const copy = Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(20_000, "c")]);
  const copyBegun = await fetch(`${killed.url}/api/archives/uploads`, {
    method: "POST",
    headers: { authorization, "tus-resumable": "1.0.0", "upload-length": String(copy.length) },
  });
  const { id: copyId } = (await copyBegun.json()) as SpooledFileView;
  const sendCopy = (to: ApiProcess, offset: number, end: number) =>
    fetch(`${to.url}/api/spool/${copyId}`, {
      method: "PATCH",
      headers: {
        ...{ authorization, "tus-resumable": "1.0.0", "upload-offset": String(offset) },
        "content-type": "application/offset+octet-stream",
      },
      body: new Uint8Array(copy.subarray(offset, end)),
    });
  expect((await sendCopy(killed, 0, 5_000)).status).toBe(204);
  const sending = request(`${killed.url}/api/spool/${id}`, {
    method: "PATCH",
    headers: {
      ...{ authorization, "tus-resumable": "1.0.0", "upload-offset": "0", "content-length": bytes.length },
      "content-type": "application/offset+octet-stream",
    },
  });
  sending.on("error", () => undefined);
  sending.write(bytes.subarray(0, 2 * piece + 1_000));
  const file = () => ask<SpooledFileView>(there, "GET", `/api/spool/${id}`);
  await expect.poll(async () => (await file()).received, { timeout: 10_000 }).toBeGreaterThanOrEqual(piece);
  await killed.kill("SIGKILL");
  const half = await file();
  expect(half.state).toBe("arriving");
  expect((await there.send("POST", `/api/spool/${id}/receipt`)).status).toBe(409);
  expect((await there.send("POST", "/api/archives/uploaded", { fileId: copyId })).status).toBe(409);
  expect((await sendCopy(beside, 5_000, copy.length)).status).toBe(204);
  expect(await ask<BroughtArchive>(there, "POST", "/api/archives/uploaded", { fileId: copyId })).toMatchObject({
    ...{ state: "waiting", bytes: copy.length },
  });
  await new Promise<void>((resolve, reject) => {
    let sent = 0;
    const upload = new Upload(bytes, {
      uploadUrl: `${beside.url}/api/spool/${id}`,
      headers: { authorization },
      onProgress: (now) => {
        // From where it stood, and not from the beginning.
        if (sent === 0) expect(now).toBeGreaterThanOrEqual(half.received);
        sent = now;
      },
      onSuccess: () => resolve(),
      onError: reject,
    });
    upload.start();
  });
  expect(await file()).toMatchObject({ state: "ready", sha256: createHash("sha256").update(bytes).digest("hex") });

  // An import that has all its rows in Postgres' hands and is not done: another one is before it.
  const before = new pg.Client({ connectionString: database.url });
  await before.connect();
  await before.query("SELECT pg_advisory_lock(hashtextextended('import ' || $1::text, 0))", [projectId]);
  const { digest } = await ask<ImportReceipt>(there, "POST", `/api/spool/${id}/receipt`);
  const wish = `format=trl-preference&receipt=${digest}`;
  const { id: jobId } = await ask<ImportJobView>(there, "POST", `/api/spool/${id}/imports?${wish}`);
  const job = (of: string) => ask<ImportJobView>(other, "GET", `/api/import-jobs/${of}`);
  // The one that lives on is now the one that is killed.
  const third = await spawnApi({
    databaseUrl: database.url,
    redisUrl: await freshRedis(),
    env: { TOUCHSTONE_FILES_DIR: filesDir, LOG_LEVEL: "error" },
  });
  const other = here.at(third.url);
  try {
    await expect.poll(async () => (await job(jobId)).phase, { timeout: 20_000 }).toBe("writing");
    await beside.kill("SIGKILL");
    await before.end();
    // Ten seconds later.
    await open.db.importJob.update({ where: { id: jobId }, data: { beatAt: new Date(Date.now() - 60_000) } });
    await expect.poll(async () => (await job(jobId)).state, { timeout: 10_000 }).toBe("interrupted");
    expect(await open.db.prompt.count()).toBe(0);
    expect(await job(jobId)).toMatchObject({ fileKept: true, result: null });
    const again = await ask<ImportJobView>(other, "POST", `/api/spool/${id}/imports?${wish}`);
    await expect.poll(async () => (await job(again.id)).state, { timeout: 30_000 }).toBe("done");
    expect(await open.db.prompt.count()).toBe(3_600);
  } finally {
    await third.kill("SIGKILL");
  }
});
