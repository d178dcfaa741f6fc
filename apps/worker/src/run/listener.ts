import {
  addAlert,
  FencedOffError,
  pruneCheckpoints,
  recordCheckpoint,
  setEngine,
  writeMetrics,
} from "@touchstone/persistence";
import type { HeldRun } from "./context.ts";
import type { ThreadListener } from "./thread.ts";

/** Seconds left by the pace since this worker began, which never jumps with a single slow step. */
function pace(startedAt: number) {
  let first: number | null = null;
  return (step: number, totalSteps: number): number | null => {
    first ??= step;
    const done = step - first;
    return done === 0 ? null : (((Date.now() - startedAt) / done) * Math.max(totalSteps - step, 0)) / 1000;
  };
}

/** Carries what the training thread reports into Postgres, the files folder and the sockets, always behind the fence. Steps go on `after` one. */
export function listenTo(held: HeldRun, after = 0): ThreadListener {
  const { db, run, fence, files } = held;
  const secondsLeft = pace(Date.now());
  let step = after;
  return {
    onEngine: (engine) => setEngine(db, fence, engine),
    async onMetric(at, totalSteps, values) {
      step = at;
      const points = Object.entries(values).map(([name, value]) => ({ step: at, name, value }));
      await writeMetrics(db, run.workspaceId, fence, points, {
        step: at,
        totalSteps,
        secondsLeft: secondsLeft(at, totalSteps),
      });
      held.broadcast({ type: "run-metrics", runId: run.id, workspaceId: run.workspaceId, step: at, values });
    },
    async onCheckpoint(at, checkpoint) {
      const path = `runs/${run.id}/${fence.token}/${at}`;
      await files.write(path, checkpoint);
      try {
        await recordCheckpoint(db, run.workspaceId, fence, { step: at, path });
      } catch (error) {
        // No row names it, and its run is another's now, or has ended.
        if (error instanceof FencedOffError) await files.remove(path);
        throw error;
      }
      for (const old of await pruneCheckpoints(db, fence)) await files.remove(old);
    },
    onNote: (message, fact) => addAlert(db, fence, { step, message, ...fact }),
  };
}
