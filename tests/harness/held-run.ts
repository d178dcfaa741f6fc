import { OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import { LocalFileStore, type OpenDatabase, takeRun } from "@touchstone/persistence";
import { pino } from "pino";
import { readEnvironment } from "../../apps/worker/src/environment.ts";
import type { HeldRun } from "../../apps/worker/src/run/context.ts";
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
