import type { Comparison } from "@touchstone/contracts";
import type { Note } from "../training/note.ts";
import { counted } from "../training-error.ts";

/** Says that a column is not read where people may expect that it is. */
export function noteUnreadMargins(note: Note, comparisons: readonly Comparison[], objective: string): void {
  const { length } = comparisons.filter(({ split, margin }) => split === "train" && margin !== undefined);
  if (length === 0) return;
  note(`${counted(length, "comparisons")} bring a margin, which ${objective} does not read. bradley-terry does.`, {
    code: "unread_margins",
    level: "warning",
    values: { count: length, objective },
  });
}

/** Says that margins are learned from: files of others may hold them by chance, and they are another objective. */
export function noteMargins(note: Note, comparisons: readonly Comparison[]): void {
  const margins = comparisons.flatMap(({ split, margin }) => (split === "train" ? (margin ?? []) : []));
  if (margins.length === 0) return;
  const least = margins.reduce((one, other) => Math.min(one, other));
  const most = margins.reduce((one, other) => Math.max(one, other));
  note(
    `${counted(margins.length, "comparisons")} bring a margin of ${least} to ${most}, by which the reward of the better answer is to lead.`,
    { code: "margins_learned", level: "note", values: { count: margins.length, least, most } },
  );
}
