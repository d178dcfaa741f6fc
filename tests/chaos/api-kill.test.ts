import { setTimeout as sleep } from "node:timers/promises";
import type { JudgementReceipt, JudgementSubmission, LeasedTask } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { freePort } from "@touchstone/stack";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { createLogin } from "../harness/visitor.ts";

const clients = 16;
const kills = 5;
const tasks = 250;
const overlap = 3;

let database: TestDatabase;
let open: OpenDatabase;
let project: LabellingProject;
let port: number;
let redisUrl: string;
let api: ApiProcess;

const start = () => spawnApi({ databaseUrl: database.url, redisUrl, port });

beforeAll(async () => {
  database = await freshDatabase();
  redisUrl = await freshRedis();
  open = openDatabase(database.url);
  project = await labellingProject(open.db, { tasks, overlap, annotators: 0 });
  port = await freePort();
  api = await start();
});
afterAll(async () => {
  await api?.kill("SIGKILL");
  await open?.close();
  await database?.drop();
});

/** A write that was acknowledged: from here on it must never be lost. */
interface Acknowledged {
  submission: JudgementSubmission;
  receipt: JudgementReceipt;
}

/** Asks again, with the same body, until the server answers: what a page's outbox does. */
async function insist<T>(visitor: RemoteVisitor, path: string, body: unknown): Promise<T> {
  for (;;) {
    const response = await visitor.send("POST", path, body).catch(() => undefined);
    if (response && response.status < 500) {
      // The body may be cut off by the kill as well.
      const text = await response.text().catch(() => undefined);
      if (text !== undefined && response.ok) return JSON.parse(text);
      if (text !== undefined) throw new Error(`${path}: ${response.status} ${text}`);
    }
    await sleep(50);
  }
}

async function annotate(visitor: RemoteVisitor, log: Acknowledged[]): Promise<void> {
  for (;;) {
    const path = `/api/work/${project.projectId}/claims`;
    const claimed = await insist<{ tasks: LeasedTask[] }>(visitor, path, { count: 1 });
    let task = claimed.tasks[0] ?? null;
    if (!task) return;
    while (task) {
      const submission = submissionFor(task);
      const receipt: JudgementReceipt = await insist(visitor, "/api/judgements", submission);
      log.push({ submission, receipt });
      task = receipt.next;
    }
  }
}

async function annotators(): Promise<RemoteVisitor[]> {
  const emails = Array.from({ length: clients }, (_, place) => `annotator-${place}@example.org`);
  for (const email of emails) {
    await createLogin(open.db, email, { workspaceId: project.workspaceId, role: "annotator" });
  }
  return Promise.all(emails.map((email) => RemoteVisitor.signIn(api.url, email)));
}

it("loses no acknowledged judgement, keeps none twice and never passes the cap while the API is killed under 16 clients", async () => {
  const visitors = await annotators();
  const log: Acknowledged[] = [];
  const work = Promise.all(visitors.map((visitor) => annotate(visitor, log)));
  for (let kill = 1; kill <= kills; kill++) {
    await expect.poll(() => log.length, { timeout: 60_000 }).toBeGreaterThan((kill * tasks * overlap) / (kills + 2));
    await api.kill("SIGKILL");
    api = await start();
  }
  await work;

  const kept = await open.db.judgement.findMany({ where: { projectId: project.projectId } });
  const byKey = new Map(kept.map((row) => [row.idempotencyKey, row]));
  const lost = log.filter(
    ({ submission, receipt }) => byKey.get(submission.idempotencyKey)?.id !== receipt.judgementId,
  );
  expect(lost).toEqual([]);
  // Every client insisted until it was answered, so there is nothing beside what was acknowledged.
  expect(kept).toHaveLength(log.length);
  expect(new Set(log.map(({ receipt }) => receipt.judgementId)).size).toBe(log.length);
  expect(kept.filter((row) => !row.surplus)).toHaveLength(tasks * overlap);
  expect(await brokenInvariants(open.db, { outboxDrained: true })).toEqual([]);
});
