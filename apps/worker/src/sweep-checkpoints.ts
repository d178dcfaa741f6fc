import { checkpointsOfEnded, forgetCheckpoints, runsEndedByErasure } from "@touchstone/persistence";
import type { Services } from "./run/context.ts";

/** Removes the checkpoints of runs that have ended, which nothing reads any more; their models stay. */
export async function sweepCheckpoints({ db, files }: Pick<Services, "db" | "files">): Promise<void> {
  const paths = await checkpointsOfEnded(db);
  for (const path of paths) await files.remove(path);
  await forgetCheckpoints(db, paths);
}

/**
 * Removes the folders of runs that an erasure has ended, which have no model: a worker that was asleep then may have left a
 * checkpoint that no row names, and been killed before it took it away.
 */
export async function sweepErasedRuns({ db, files }: Pick<Services, "db" | "files">): Promise<void> {
  for (const runId of await runsEndedByErasure(db)) await files.remove(`runs/${runId}`);
}
