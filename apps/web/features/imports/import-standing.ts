import type { ImportListItem } from "@touchstone/contracts";

/** How an import stands with the people who label. */
export type ImportStanding = "unknown" | "none" | "open" | "closed" | "partly";

/** What the list says of an import's tasks; of one from before rows were noted nothing is known. */
export function standingOf({ tracked, tasksOpen, tasksClosed }: ImportListItem): ImportStanding {
  if (!tracked) return "unknown";
  if (tasksOpen > 0) return tasksClosed > 0 ? "partly" : "open";
  return tasksClosed > 0 ? "closed" : "none";
}

/** Whether an undo would be taken as far as the list knows: the server looks again. */
export function isUndoable({ tracked, judgementsSince, labelSets }: ImportListItem): boolean {
  return tracked && judgementsSince === 0 && labelSets === 0;
}
