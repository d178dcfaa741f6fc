import type { ProcessLedger } from "./process-ledger.ts";

/** What each server of a stack is started with, by whoever holds the folder's lock. */
export interface Surroundings {
  dataDir: string;
  ledger: ProcessLedger;
  log: (line: string) => void;
  /** Aborting it gives up the wait for the first answer. */
  cancel?: AbortSignal | undefined;
}
