import { TrainingError } from "../training-error.ts";

/**
 * Gives the event loop a turn between two pieces of long work, so that a heartbeat beats and a cancel is heard. What is
 * computed does not depend on it.
 * @throws TrainingError `cancelled`
 */
export async function hearCancel(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new TrainingError("cancelled", "The work was cancelled.");
}
