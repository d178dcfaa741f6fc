import type { Database } from "../client.ts";
import { type ArchiveProgress, beatArchive, type HeldArchive } from "./held.ts";

/**
 * Milliseconds between heartbeats, by which whoever waits sees how far it is, and the worker that it is no longer wanted. Many
 * fit into the time after which a worker counts as dead.
 */
const heartbeatMs = 1_000;

/** Thrown where another worker has the archive, or it is no longer wanted: what was written is removed. */
export class ArchiveLostError extends Error {
  override readonly name = "ArchiveLostError";
}

/**
 * Works on an archive, and says meanwhile that this worker lives.
 *
 * @param work writes into `at` how far it is; its signal is aborted where the archive is no longer this worker's
 * @param stop aborted where this worker is to end
 */
export async function whileHeld<T>(
  db: Database,
  held: HeldArchive,
  stop: AbortSignal,
  work: (at: ArchiveProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const at: ArchiveProgress = { rows: 0, totalRows: null, phase: "checking", step: 0, steps: null };
  let beating = false;
  const beat = () => {
    if (beating) return;
    beating = true;
    // Without an answer it goes on: whether the archive is still ours is asked again before it counts.
    beatArchive(db, held, at)
      .then((isOurs) => {
        if (!isOurs) lost.abort(new ArchiveLostError(`archive ${held.id} is no longer this worker's`));
      })
      .catch(() => undefined)
      .finally(() => {
        beating = false;
      });
  };
  const timer = setInterval(beat, heartbeatMs);
  try {
    return await work(at, AbortSignal.any([stop, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
