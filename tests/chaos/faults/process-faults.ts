import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RunDraft } from "@touchstone/contracts";
import { getRun, launchRun } from "@touchstone/persistence";
import { Redis } from "ioredis";
import { Descendants } from "../../../scripts/setup/descendants.mjs";
import { learningProject } from "../../harness/learning-project.ts";
import { memoryLimit } from "../../harness/memory-limit.ts";
import { type Measured, underLoad } from "./under-load.ts";
import { inWorld, type World } from "./world.ts";

const kills = 3;
/** Between two kills, in ms: the second finds the first mended. */
const between = 4_000;
/** How long a process is stopped, in ms. */
const stopped = 6_000;
/** What a run has time for between two states, in ms. */
const patience = 60_000;

type RunRow = Awaited<ReturnType<World["db"]["run"]["findUniqueOrThrow"]>>;

/** Each part of `npm start` killed and stopped, one after the other. */
export async function processFaults(tell: (row: Measured) => void): Promise<void> {
  await inWorld(async (world) => {
    for (const name of ["The API", "Postgres", "Redis"]) {
      tell(await underLoad(`${name} killed, ${kills} times`, world, () => repeatedly(() => kill(world, name))));
      tell(await underLoad(`${name} stopped for ${stopped / 1_000} s`, world, () => pause(world, name)));
    }
    tell(await underLoad(`Redis flushed, ${kills} times`, world, () => repeatedly(() => flush(world))));
    await withoutMemory(world, tell);
  });
}

async function repeatedly(action: () => Promise<void>): Promise<void> {
  for (let time = 0; time < kills; time++) {
    await action();
    await sleep(between);
  }
}

async function kill(world: World, name: string): Promise<void> {
  process.kill(await world.pidOf(name), "SIGKILL");
}

/** With all that it has started, as a machine that is out of breath stops them. */
async function pause(world: World, name: string): Promise<void> {
  const pid = await world.pidOf(name);
  const family = [pid, ...new Descendants(pid).look()];
  for (const each of family) process.kill(each, "SIGSTOP");
  await sleep(stopped);
  for (const each of family) process.kill(each, "SIGCONT");
}

async function flush({ dataDir }: World): Promise<void> {
  const password = readFileSync(join(dataDir, "redis-password"), "utf8").trim();
  // The port stands nowhere but in what its process was told; its log says it.
  const log = readFileSync(join(dataDir, "logs", "redis.log"), "utf8");
  const port = Number(/port=(\d+)/.exec(log)?.[1]);
  const redis = new Redis(port, "127.0.0.1", { password });
  await redis.flushall();
  redis.disconnect();
}

/** Ended by the kernel where it can be made to; else by the signal that the kernel would send, and the table says why. */
async function withoutMemory(world: World, tell: (row: Measured) => void): Promise<void> {
  const limit = memoryLimit();
  const isReal = typeof limit !== "string";
  const fault = isReal ? "worker out of memory, in a control group" : `worker killed as for want of memory (${limit})`;
  const end = isReal ? async () => limit.hold(await world.pidOf("The worker")) : () => kill(world, "The worker");
  tell(await underLoad(fault, world, () => killTakes(world, end)));
  if (isReal) limit.remove();
}

/** Takes without a new checkpoint after which a run has failed. */
const takes = 3;

/** Whenever it is at work on the run, three times; then the run has failed with that reason, and nobody felt it. */
async function killTakes({ db, dataDir, pidOf }: World, end: () => Promise<void>): Promise<void> {
  const { by, projectId, policyId } = await learningProject(db, join(dataDir, "files"));
  const spec = { batchSize: 1, epochs: 100, checkpointEvery: 1_000_000, evaluateEvery: 1_000_000 };
  const policy = { modelVersionId: policyId };
  const { id } = await launchRun(
    db,
    by,
    projectId,
    RunDraft.parse({ kind: "reward", seed: 7, policy, spec, includeSimulated: true }),
  );
  const reached = async (wanted: string, isReached: (run: RunRow) => boolean): Promise<RunRow> => {
    const deadline = Date.now() + patience;
    for (let run = await db.run.findUniqueOrThrow({ where: { id } }); ; await sleep(50)) {
      if (isReached(run)) return run;
      if (Date.now() > deadline)
        throw new Error(`The run is ${run.state} at step ${run.step}, and should be ${wanted}.`);
      run = await db.run.findUniqueOrThrow({ where: { id } });
    }
  };
  for (let take = 1; take <= takes; take++) {
    await reached(
      `at work, take ${take}`,
      (run) => run.state === "running" && run.fencingToken === take && run.step > 0,
    );
    const pid = await pidOf("The worker");
    await end();
    while ((await pidOf("The worker")) === pid) await sleep(20);
    // As if the time after which it counts as dead had passed.
    await db.$executeRaw`UPDATE run SET heartbeat_at = now() - interval '1 minute', step = 0 WHERE id = ${id}::uuid`;
  }
  await reached("failed, since its workers were lost", ({ state }) => state === "failed");
  const { error } = await getRun(db, by.workspaceId, id);
  if (error?.code !== "worker_lost") throw new Error(`The run has failed, but with ${error?.code}: ${error?.message}`);
}
