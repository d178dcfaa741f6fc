import type { Broadcast } from "@touchstone/contracts";
import type { Outgoing } from "@touchstone/outgoing";
import type { Database, Fence, FileStore, OpenDatabase, RunRow } from "@touchstone/persistence";
import type { Logger } from "pino";
import type { Environment } from "../environment.ts";
import type { RunFiles } from "./files.ts";

/** What every part of the worker is given; opened once in main.ts. */
export interface Services {
  environment: Environment;
  database: OpenDatabase;
  db: Database;
  files: RunFiles;
  /** Where these lie, and all other files. */
  store: FileStore;
  log: Logger;
  /** The way out, to addresses that people named. */
  outgoing: Outgoing;
  /** Tells the sockets, and returns at once: news that can't be sent never holds up or fails what they are about, because the truth is in Postgres. */
  broadcast(event: Broadcast): void;
}

/** A run in this worker's hands. */
export interface HeldRun extends Services {
  run: RunRow;
  fence: Fence;
  /** Aborts when the run should write a last checkpoint and stop: this worker is to end. */
  stop: AbortSignal;
  /** Aborts when the run is no longer this worker's, cancelled or taken by another: nothing may be written any more. */
  lost: AbortSignal;
}
