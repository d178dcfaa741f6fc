import type { Client } from "@touchstone/api-client";
import type { LeasedTask } from "@touchstone/contracts";
import type { LastDone } from "../state/last-done.ts";
import type { OutboxEntry } from "./entry.ts";
import type { Sent } from "./outbox.ts";

export type SendingApi = Pick<
  Client,
  "submitJudgement" | "correctJudgement" | "skipTask" | "undoJudgement" | "undoSkip"
>;

/** Whoever's session it is meanwhile, an entry goes out as the member whose it is, or not at all. */
export async function sendEntry(api: SendingApi, entry: OutboxEntry): Promise<Sent> {
  const own = { as: entry.memberId };
  if (entry.kind === "judgement") {
    return { kind: "judgement", receipt: await api.submitJudgement({ body: entry.submission }, own) };
  }
  if (entry.kind === "correction") {
    const corrected = { params: { id: entry.judgementId }, body: entry.submission };
    return { kind: "correction", judgementId: (await api.correctJudgement(corrected, own)).judgementId };
  }
  const { leaseId, leaseToken, note, reason } = entry;
  // Nothing is sent that says nothing: an API of the version before knows the lease alone.
  const said = note && (note.flagged || note.comment !== "") ? note : {};
  const body = { leaseToken, ...said, ...(reason ? { reason } : {}) };
  const { next, here } = await api.skipTask({ params: { id: leaseId }, body }, own);
  return { kind: "skip", next, here };
}

/** Asks the server to take something back that it has. @returns the task; undefined when it cannot be asked yet. */
export async function askToUndo(
  api: SendingApi,
  last: LastDone,
  idempotencyKey: string,
): Promise<LeasedTask | undefined> {
  const body = { idempotencyKey };
  if (last.kind === "skip") return api.undoSkip({ params: { id: last.task.lease.id }, body });
  return last.judgementId === null ? undefined : api.undoJudgement({ params: { id: last.judgementId }, body });
}
