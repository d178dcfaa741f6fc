import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { freePort } from "@touchstone/stack";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AnnotatorsAtWork, lostAndDoubled } from "../harness/annotators-at-work.ts";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { type LabellingProject, labellingProject } from "../harness/labelling-project.ts";

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

it("loses no acknowledged judgement, keeps none twice and never passes the cap while the API is killed under 16 clients", async () => {
  const annotators = await AnnotatorsAtWork.signIn(open.db, { url: () => api.url, project });
  const { acknowledged } = annotators;
  const work = annotators.work();
  for (let kill = 1; kill <= kills; kill++) {
    await expect
      .poll(() => acknowledged.length, { timeout: 60_000 })
      .toBeGreaterThan((kill * tasks * overlap) / (kills + 2));
    await api.kill("SIGKILL");
    api = await start();
  }
  await work;

  // Every client insisted until it was answered, so there is nothing beside what was acknowledged.
  const { projectId } = project;
  expect(await lostAndDoubled(open.db, projectId, acknowledged)).toEqual({
    kept: acknowledged.length,
    lost: 0,
    doubled: 0,
  });
  expect(new Set(acknowledged.map(({ receipt }) => receipt.judgementId)).size).toBe(acknowledged.length);
  expect(await open.db.judgement.count({ where: { projectId, surplus: false } })).toBe(tasks * overlap);
  expect(await brokenInvariants(open.db, { outboxDrained: true })).toEqual([]);
});
