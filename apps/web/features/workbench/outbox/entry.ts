import {
  type Answer,
  Id,
  JudgementSubmission,
  type LeasedTask,
  SkipReason,
  TaskNote,
  type Timings,
} from "@touchstone/contracts";
import { z } from "zod";

const common = {
  /** Idempotency key: however often it is sent, it counts once. */
  key: Id,
  /** Only this member's own session may send it, whoever signs in here next. */
  memberId: Id,
  projectId: Id,
  /** Absent in what an earlier version of this page kept. */
  taskId: Id.optional(),
  /** Order of sending. */
  madeAt: z.number(),
};

/** What was done at the workbench and is not acknowledged yet. Kept in the browser's database until it is. */
export const OutboxEntry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("judgement"), ...common, submission: JudgementSubmission }),
  z.object({
    kind: z.literal("skip"),
    ...common,
    leaseId: Id,
    leaseToken: z.string(),
    /** Absent in what an earlier version of this page kept. */
    note: TaskNote.optional(),
    reason: SkipReason.optional(),
  }),
]);
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** Who did it, when, and under which key. */
export type EntryAuthor = Pick<OutboxEntry, "key" | "memberId" | "projectId" | "madeAt">;

export function judgementEntry(
  author: EntryAuthor,
  made: {
    readonly task: LeasedTask;
    readonly answer: Answer;
    readonly timings: Timings;
    readonly note: { readonly flagged: boolean; readonly comment: string };
    readonly client: JudgementSubmission["client"];
  },
): OutboxEntry {
  const { id: leaseId, token: leaseToken } = made.task.lease;
  const { answer, timings, note, client } = made;
  const submission = { leaseId, leaseToken, idempotencyKey: author.key, answer, timings, ...note, client };
  return { kind: "judgement", ...author, taskId: made.task.taskId, submission };
}

export function skipEntry(
  author: EntryAuthor,
  task: LeasedTask,
  said: { readonly note?: TaskNote; readonly reason?: SkipReason } = {},
): OutboxEntry {
  const { id: leaseId, token: leaseToken } = task.lease;
  return { kind: "skip", ...author, taskId: task.taskId, leaseId, leaseToken, ...said };
}
