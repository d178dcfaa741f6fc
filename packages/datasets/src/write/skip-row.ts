import type { MemberKind } from "@touchstone/contracts";
import type { RowContext } from "./context.ts";
import { type ShownTask, shownColumns } from "./shown-columns.ts";

/** A task that somebody has passed by, with what was said about it then. */
export interface RawSkip extends ShownTask {
  readonly skipId: string;
  readonly annotator: string;
  readonly source: MemberKind;
  readonly reason: string | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly createdAt: Date;
}

/** A skip in the raw export: a row of its own kind, which says nothing of the answers and is imported by nobody. */
export function skipRow(skip: RawSkip, context: Omit<RowContext, "vote">) {
  return {
    kind: "skip",
    skip_id: skip.skipId,
    annotator_hash: skip.annotator,
    source: skip.source,
    skip_reason: skip.reason,
    ...shownColumns(skip, context),
    comment: skip.comment,
    flagged: skip.flagged,
    created_at: skip.createdAt.toISOString(),
  };
}

/** Whether a row of a raw export is a skip. Older exports have judgements only, and no `kind`. */
export function isSkipRow(value: Readonly<Record<string, unknown>>): boolean {
  return value.kind === "skip" && typeof value.skip_id === "string";
}
