import { setTimeout as sleep } from "node:timers/promises";
import {
  GenerateSpec,
  ImportModelSpec,
  type RunError,
  reasonedError,
  SimulateSpec,
  TrainingSpec,
} from "@touchstone/contracts";
import { RunJob } from "@touchstone/jobs";
import {
  ErasureUnderWayError,
  endRun,
  excuseTake,
  FencedOffError,
  heartbeatRun,
  isDatabaseAway,
  isStorageFull,
  returnRun,
  takeNextRun,
} from "@touchstone/persistence";
import type { HeldRun, Services } from "../run/context.ts";
import { generate } from "../run/generate.ts";
import { importModel } from "../run/import-model.ts";
import { simulate } from "../run/simulate.ts";
import { RunFailure } from "../run/thread.ts";
import { train } from "../run/train.ts";

/** Milliseconds between heartbeats: five fit into the time after which a run counts as abandoned. */
const heartbeatMs = 3_000;
/** Milliseconds between two attempts to give a run back. */
const insistEveryMs = 1_000;

/** Says that this worker lives, and notices that the run is no longer its own: cancelled, or taken by another worker. */
function keepAlive(services: Services, fence: HeldRun["fence"], onLost: (reason: Error) => void) {
  const timer = setInterval(async () => {
    try {
      await heartbeatRun(services.db, fence);
    } catch (error) {
      if (error instanceof FencedOffError) onLost(error);
      else services.log.warn({ err: error, runId: fence.runId }, "heartbeat failed; trying again");
    }
  }, heartbeatMs);
  return () => clearInterval(timer);
}

/** parse → take → (load → algorithm → save) → let go. A job is only a hint that runs may be waiting. */
export async function handleRun(services: Services, payload: unknown, shutdown: AbortSignal): Promise<void> {
  const run = await takeNextRun(services.db, RunJob.parse(payload).runId);
  // All finished, cancelled or in good hands: the job has nothing left to do, and that is no error.
  if (!run) return;
  const runId = run.id;
  const fence = { runId, token: run.fencingToken };
  const log = services.log.child({ runId, token: fence.token });
  const lost = new AbortController();
  const release = keepAlive(services, fence, (reason) => lost.abort(reason));
  const held = { ...services, log, run, fence, stop: shutdown, lost: lost.signal };
  const tellChanged = () => services.broadcast({ type: "run-changed", runId, workspaceId: run.workspaceId });
  tellChanged();
  try {
    log.info({ kind: run.kind }, "run taken");
    await perform(held);
    log.info("run succeeded");
  } catch (error) {
    await letGo(held, error, shutdown);
  } finally {
    release();
    tellChanged();
  }
}

async function perform(held: HeldRun): Promise<void> {
  const { kind, spec } = held.run;
  if (kind === "generate") return generate(held, GenerateSpec.parse(spec));
  if (kind === "simulate") return simulate(held, SimulateSpec.parse(spec));
  if (kind === "import") return importModel(held, ImportModelSpec.parse(spec));
  return train(held, TrainingSpec.parse(spec));
}

/** Insists, since the database may be what is away or full: a run that was not given back would count as its worker's death. */
async function giveBack({ db, fence }: HeldRun, shutdown: AbortSignal, why: RunError | null): Promise<void> {
  for (;;) {
    try {
      return await returnRun(db, fence, why);
    } catch (error) {
      if (error instanceof FencedOffError) return excuseTake(db, fence);
      if (shutdown.aborted) throw error;
      await sleep(insistEveryMs);
    }
  }
}

async function letGo(held: HeldRun, error: unknown, shutdown: AbortSignal): Promise<void> {
  const { db, fence, log } = held;
  if (error instanceof FencedOffError) {
    log.warn("the run was cancelled, or another worker has it; its files and rows are left alone");
    return excuseTake(db, fence);
  }
  if (isStorageFull(error)) {
    log.warn({ err: error }, "there is no room on the disk; the run is put back and tried again");
    return giveBack(held, shutdown, reasonedError("noRoomForRun"));
  }
  if (error instanceof ErasureUnderWayError) {
    log.info("somebody is being erased whose work it would read; the run is put back until that is done");
    return giveBack(held, shutdown, null);
  }
  if (isDatabaseAway(error)) return giveBack(held, shutdown, null);
  if (shutdown.aborted) return returnRun(db, fence);
  log.error({ err: error }, "run failed");
  const known = error instanceof RunFailure && error.code !== "internal";
  const message = known
    ? error.message
    : "The run broke off on our side. The worker's log has the details; launch it again to retry.";
  await endRun(db, fence, "failed", {
    code: known ? error.code : "internal",
    message,
    values: known ? error.values : {},
    ...(known && error.reason !== undefined ? { reason: error.reason } : {}),
  });
}
