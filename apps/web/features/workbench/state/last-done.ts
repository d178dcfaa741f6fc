import { Answer, Answers, Id, TaskNote } from "@touchstone/contracts";
import { z } from "zod";
import { answersFromEarlier, KeptTask } from "../outbox/kept-task.ts";

const common = {
  /** Idempotency key of the entry in the outbox. */
  key: Id,
  task: KeptTask,
  /** What was said with it; an undo brings it back. */
  note: TaskNote,
  doneAt: z.number(),
  /** Key of an undo that has got no answer: asked again under the same key, it happens once. */
  undoKey: z.string().optional(),
};

/** What was done last, as long as it can be taken back. It is kept in the browser, so that a reload changes nothing. */
const Done = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("judgement"),
    ...common,
    answers: Answers,
    /** Which judgement of today in this project it was. */
    ordinal: z.number().int(),
    /** Known once the judgement is acknowledged. */
    judgementId: Id.nullable(),
  }),
  z.object({ kind: z.literal("skip"), ...common }),
]);
const OfEarlierPage = z.looseObject({ kind: z.literal("judgement"), answer: Answer, task: KeptTask });

/** Pages of an earlier version kept the answer to the one question that a task asked. */
export const LastDone = z.preprocess((value) => {
  const earlier = OfEarlierPage.safeParse(value).data;
  return earlier ? { ...earlier, answers: answersFromEarlier(earlier.answer, earlier.task) } : value;
}, Done);
export type LastDone = z.infer<typeof LastDone>;
