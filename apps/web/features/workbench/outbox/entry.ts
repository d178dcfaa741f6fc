import { CorrectionSubmission, Id, JudgementSubmission, Questions, SkipReason, TaskNote } from "@touchstone/contracts";
import { z } from "zod";

const About = z.object({
  excerpt: z.string(),
  questions: Questions,
  /** Not to be shown unasked. */
  blurred: z.boolean().optional(),
});

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
  /** What it is about, for whoever looks at what waits; never sent. Absent in what an earlier version of this page kept. */
  about: About.optional(),
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
  z.object({
    kind: z.literal("correction"),
    ...common,
    /** Of the answer that is corrected, and of the lease under which it was given. */
    judgementId: Id,
    leaseId: Id,
    submission: CorrectionSubmission,
    /** What it is of, for as long as it waits or where it is refused. */
    about: About,
  }),
]);
export type OutboxEntry = z.infer<typeof OutboxEntry>;
