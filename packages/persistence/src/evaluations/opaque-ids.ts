import { createHash } from "node:crypto";
import type { HandedOut } from "../assignment/handed-out.ts";

/**
 * The id by which an answer of a blind pair goes out. Ids are given in the order of insertion, and evaluations written by
 * earlier versions inserted one policy's answers after the other's: the smaller id told whose answer it was.
 */
export function opaqueId(taskId: string, completionId: string): string {
  const hex = createHash("sha256").update(`${taskId} ${completionId}`).digest("hex");
  // A UUID of version 8 (RFC 9562), whose content is its maker's own affair.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A task as it goes to a desk: the answers of an evaluation's pair by opaque ids, all others by their own. */
export function withOpaqueIds<Shown extends Pick<HandedOut, "shownAs" | "taskId" | "completions">>({
  shownAs,
  ...task
}: Shown): Omit<Shown, "shownAs"> {
  if (!shownAs.blind || task.completions.length < 2) return task;
  const completions = task.completions.map((one) => ({ ...one, id: opaqueId(task.taskId, one.id) }));
  return { ...task, completions };
}
