import { OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import { LocalFileStore, type OpenDatabase, returnRun, takeRun } from "@touchstone/persistence";
import { pino } from "pino";
import { readEnvironment } from "../../apps/worker/src/environment.ts";
import { handleRun } from "../../apps/worker/src/handlers/run.ts";
import type { HeldRun, Services } from "../../apps/worker/src/run/context.ts";
import { RunFiles } from "../../apps/worker/src/run/files.ts";
import { type TestApi, testSecret } from "./api-server.ts";

/** Takes a run as a worker does, in this process: for what neither reads nor writes files. */
export async function holdRun(api: TestApi, database: OpenDatabase, runId: string): Promise<HeldRun> {
  const run = await takeRun(database.db, runId);
  if (!run) throw new Error("The run could not be taken.");
  const never = new AbortController().signal;
  const store = new LocalFileStore("/unused");
  return {
    ...{ database, db: database.db, run, fence: { runId, token: run.fencingToken } },
    ...{ stop: never, lost: never, log: pino({ level: "silent" }), files: new RunFiles(store), store },
    environment: readEnvironment({
      DATABASE_URL: api.databaseUrl,
      REDIS_URL: api.redisUrl,
      TOUCHSTONE_FILES_DIR: "/unused",
      TOUCHSTONE_SECRET: testSecret,
    }),
    outgoing: openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1") }),
    broadcast: () => undefined,
  };
}

/** What a worker has for its runs, by one that it takes and gives back. */
export async function servicesOf(api: TestApi, database: OpenDatabase, runId: string): Promise<Services> {
  const { run: _run, fence, stop: _stop, lost: _lost, ...services } = await holdRun(api, database, runId);
  await returnRun(services.db, fence);
  return services;
}

/** Does a run as a worker does, from the queue to its end, in this process. */
export async function workOnRun(
  api: TestApi,
  database: OpenDatabase,
  runId: string,
  its: Partial<Services> = {},
): Promise<void> {
  const services = await servicesOf(api, database, runId);
  await handleRun({ ...services, ...its }, { runId }, new AbortController().signal);
}
