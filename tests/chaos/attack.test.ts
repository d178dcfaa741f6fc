import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attack } from "../attack/attack.ts";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";

/** The short form of `npm run attack`: of each kind one, deep, wide, many, slow, half-open, unread. */
const ways = new Set([
  "deep and wide JSON, 1 MB",
  "one password for many e-mails",
  "bodies that never end",
  "upgrades of pages",
  "500 requests in one breath",
  "a row of 20,000 answers",
  "a line of 16 MB of brackets",
  "exports, 25 at once",
  "figures of a task of 4,000 votes",
  "1,500 subscriptions on a socket",
]);

let database: TestDatabase;
let open: OpenDatabase;
let api: ApiProcess;
beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url);
  api = await spawnApi({ databaseUrl: database.url, redisUrl: await freshRedis() });
});
afterAll(async () => {
  await api?.kill("SIGKILL");
  await open?.close();
  await database?.drop();
});

it("sixteen annotators are never refused and lose nothing while others are as slow and as large as they can", async () => {
  const { hostname: host, port } = new URL(api.url);
  const { outcomes, lost, doubled } = await attack({
    db: open.db,
    target: { host, port: Number(port) },
    seconds: 1,
    wanted: ({ name }) => ways.has(name),
    say: () => undefined,
  });
  expect(outcomes.map(({ way }) => way).sort()).toEqual(["nothing", ...ways].sort());
  // What an attacker is answered is another test's affair; here all sixteen go on judging beside each of them.
  for (const { way, judged } of outcomes) expect([way, judged > 0]).toEqual([way, true]);
  expect({ troubles: outcomes.filter(({ troubles }) => troubles > 0), lost, doubled }).toEqual({
    troubles: [],
    lost: 0,
    doubled: 0,
  });
});
