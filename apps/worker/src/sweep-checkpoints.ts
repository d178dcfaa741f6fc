import { checkpointsOfEnded, forgetCheckpoints } from "@touchstone/persistence";
import type { Services } from "./run/context.ts";

/** Removes the checkpoints of runs that have ended, which nothing reads any more; their models stay. */
export async function sweepCheckpoints({ db, files }: Pick<Services, "db" | "files">): Promise<void> {
  const paths = await checkpointsOfEnded(db);
  for (const path of paths) await files.remove(path);
  await forgetCheckpoints(db, paths);
}
