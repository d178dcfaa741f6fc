import type { Client } from "@touchstone/api-client";
import type { LastStore } from "../outbox/last-store.ts";
import type { EntryAuthor } from "../outbox/new-entry.ts";
import type { Outbox, OutboxPorts } from "../outbox/outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { Desk } from "./desk.ts";
import type { DoneTasks } from "./done-tasks.ts";
import type { WorkBoard } from "./work-board.ts";

export type WorkbenchApi = Pick<
  Client,
  | "claimTasks"
  | "submitJudgement"
  | "correctJudgement"
  | "skipTask"
  | "undoJudgement"
  | "undoSkip"
  | "heartbeat"
  | "releaseLease"
>;

/** What a session at the workbench stands on: server, browser, person and project. */
export interface SessionPorts {
  readonly api: WorkbenchApi;
  readonly store: OutboxStore;
  readonly lastStore: LastStore;
  readonly desk: Desk;
  /** Runs a sending while no other window sends. */
  readonly alone: OutboxPorts["alone"];
  readonly projectId: string;
  readonly memberId: string;
}

/** What the parts of one session share. */
export interface SessionParts {
  readonly ports: SessionPorts;
  readonly board: WorkBoard;
  readonly outbox: Outbox;
  readonly done: DoneTasks;
}

/** The person at this desk, doing something now under this key. */
export function authorAt({ desk, memberId, projectId }: SessionPorts, key: string): EntryAuthor {
  return { key, memberId, projectId, madeAt: desk.date() };
}
