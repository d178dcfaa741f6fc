import { DomainError, refused } from "@touchstone/contracts";
import { ArchiveJob } from "@touchstone/jobs";
import {
  ArchiveLostError,
  type ArchiveTools,
  bringInArchive,
  failArchive,
  forgetBrought,
  isDatabaseAway,
  isStorageFull,
  returnArchive,
  takeArchive,
  writeArchive,
} from "@touchstone/persistence";
import type { Logger } from "pino";

/** take → write, or make a project of it → let go. A job is only a hint that an archive may be waiting. */
export async function handleArchive(
  tools: ArchiveTools & { readonly log: Pick<Logger, "child"> },
  payload: unknown,
  shutdown: AbortSignal,
): Promise<void> {
  const { db } = tools;
  const held = await takeArchive(db, ArchiveJob.parse(payload).archiveId);
  // Done, deleted or in good hands: the job has nothing left to do, and that is no error.
  if (!held) return;
  const isOut = held.direction === "out";
  const log = tools.log.child({ archive: held.id, direction: held.direction, attempt: held.attempt });
  const fail = async (error: DomainError) => {
    if ((await failArchive(db, held, error)) && !isOut) await forgetBrought(tools, held.id);
  };
  if (held.lost !== null) return fail(refused("archiveLost", { count: held.lost }));
  try {
    await (isOut ? writeArchive(tools, held, shutdown) : bringInArchive(tools, held, shutdown));
    log.info(isOut ? "a project is written as an archive" : "a project is made of an archive");
  } catch (error) {
    if (shutdown.aborted) return returnArchive(db, held, false);
    if (error instanceof ArchiveLostError) {
      log.warn("the archive is another worker's, or no longer wanted: what was stored is removed");
      return returnArchive(db, held, false);
    }
    // Without the database it can't be put back either: its heartbeat ages, and another attempt begins.
    if (isDatabaseAway(error)) throw error;
    if (isStorageFull(error)) {
      log.warn({ err: error }, "there is no room on the disk; the archive is put back and tried again");
      return returnArchive(db, held, true);
    }
    if (error instanceof DomainError) {
      log.info({ reason: error.reason, values: error.values }, "the archive is refused");
      return fail(error);
    }
    log.error({ err: error }, "the archive came to nothing");
    await fail(refused(isOut ? "archiveFailed" : "archiveNotTaken"));
  }
}
