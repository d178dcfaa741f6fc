import { DomainError } from "@touchstone/contracts";
import { LabelSetFileJob } from "@touchstone/jobs";
import {
  FileLostError,
  failLabelSetFile,
  isDatabaseAway,
  isStorageFull,
  returnLabelSetFile,
  takeLabelSetFile,
  writeLabelSetFile,
} from "@touchstone/persistence";
import type { Services } from "../run/context.ts";

/** take → write → let go. A job is only a hint that a file may be waiting. */
export async function handleLabelSetFile(
  services: Pick<Services, "db" | "store" | "log">,
  payload: unknown,
  shutdown: AbortSignal,
): Promise<void> {
  const { db, store } = services;
  const held = await takeLabelSetFile(db, LabelSetFileJob.parse(payload).fileId);
  // Written, deleted or in good hands: the job has nothing left to do, and that is no error.
  if (!held) return;
  const log = services.log.child({ labelSetFile: held.id, file: held.name, attempt: held.attempt });
  try {
    await writeLabelSetFile({ db, files: store }, held, shutdown);
    log.info("a file of a label set is written");
  } catch (error) {
    if (error instanceof FileLostError) {
      log.warn("the file is another worker's, was deleted, or what it is made of was: what was written is removed");
      // Where it is still ours, something of its set was deleted meanwhile: the next attempt reads what is left.
      return returnLabelSetFile(db, held, false);
    }
    if (shutdown.aborted || (error instanceof DomainError && error.code === "conflict")) {
      return returnLabelSetFile(db, held, false);
    }
    // Without the database it can't be put back either: its heartbeat ages, and another attempt begins.
    if (isDatabaseAway(error)) throw error;
    if (isStorageFull(error)) {
      log.warn({ err: error }, "there is no room on the disk; the file is put back and tried again");
      return returnLabelSetFile(db, held, true);
    }
    log.error({ err: error }, "a file of a label set could not be written");
    await failLabelSetFile(db, held);
  }
}
