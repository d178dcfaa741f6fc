import { Answer, Id, LeasedTask, TaskNote } from "@touchstone/contracts";
import { z } from "zod";

const common = {
  /** Idempotency key of the entry in the outbox. */
  key: Id,
  task: LeasedTask,
  /** What was said with it; an undo brings it back. */
  note: TaskNote,
  doneAt: z.number(),
  /** Key of an undo that has got no answer: asked again under the same key, it happens once. */
  undoKey: z.string().optional(),
};

/** What was done last, as long as it can be taken back. It is kept in the browser, so that a reload changes nothing. */
export const LastDone = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("judgement"),
    ...common,
    answer: Answer,
    /** Which judgement of today in this project it was. */
    ordinal: z.number().int(),
    /** Known once the judgement is acknowledged. */
    judgementId: Id.nullable(),
  }),
  z.object({ kind: z.literal("skip"), ...common }),
]);
export type LastDone = z.infer<typeof LastDone>;
