import { z } from "zod";
import { ItemSelection } from "./browse.ts";
import { LeftOutReason } from "./left-out-mark.ts";
import { Id, Timestamp, text } from "./scalars.ts";

/**
 * What is left out: all that a member has judged and will judge in the project, the judgements of items, or one judgement.
 * `replace`: each task that loses a judgement wants one more in its place.
 */
export const LeaveOutWhat = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("member"), memberId: Id, replace: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("judgement"), judgementId: Id, replace: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("items"), selection: ItemSelection }),
]);
export type LeaveOutWhat = z.infer<typeof LeaveOutWhat>;

export const LeaveOutDraft = z.strictObject({
  what: LeaveOutWhat,
  reason: LeftOutReason,
  note: text(500).default(""),
  /** Whether it only says what it would do. */
  preview: z.boolean().default(false),
});
export type LeaveOutDraft = z.infer<typeof LeaveOutDraft>;

/** What is put back: all that one command left out, or one thing. */
export const PutBackWhat = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("act"), actId: Id }),
  z.strictObject({ kind: z.literal("member"), memberId: Id }),
  z.strictObject({ kind: z.literal("item"), taskId: Id }),
  z.strictObject({ kind: z.literal("judgement"), judgementId: Id }),
]);
export type PutBackWhat = z.infer<typeof PutBackWhat>;

export const PutBackDraft = z.strictObject({ what: PutBackWhat, preview: z.boolean().default(false) });
export type PutBackDraft = z.infer<typeof PutBackDraft>;

/** What leaving out does, or would do. */
export const LeaveOutTold = z.object({
  /** Things that are left out by this, those that were already, and those that are not in this project (any more). */
  changed: z.number().int(),
  already: z.number().int(),
  gone: z.number().int(),
  /** Judgements that count until now and then no longer. */
  judgements: z.number().int(),
  /** Label sets frozen before that hold some of these; they keep them. */
  labelSets: z.number().int(),
  /** Judgements that are wanted anew in their place, and those for which none is, as their task can't be given more. */
  replaced: z.number().int(),
  notReplaced: z.number().int(),
});
export type LeaveOutTold = z.infer<typeof LeaveOutTold>;

/** What putting back does: things put back, and judgements that count again by it. */
export const PutBackTold = z.object({ changed: z.number().int(), judgements: z.number().int() });
export type PutBackTold = z.infer<typeof PutBackTold>;

/** What one command left out, as far as it has not been put back. */
export const LeftOutAct = z.object({
  /** Of the command. */
  id: Id,
  kind: z.enum(["member", "item", "judgement"]),
  /** How many members, items or judgements. */
  count: z.number().int(),
  /** Judgements that stand and are covered by it, some perhaps by another command too. */
  judgements: z.number().int(),
  /** Of a single thing its id, and its name or the last turn of its prompt, cut. */
  subject: z.object({ id: Id, label: z.string() }).nullable(),
  reason: LeftOutReason,
  note: z.string(),
  by: z.string().nullable(),
  createdAt: Timestamp,
});
export type LeftOutAct = z.infer<typeof LeftOutAct>;
