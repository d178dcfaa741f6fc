import type { Answers, JudgementSubmission, LeasedTask, SkipReason, TaskNote, Timings } from "@touchstone/contracts";
import type { OutboxEntry } from "./entry.ts";

/** Who did it, when, and under which key. */
export type EntryAuthor = Pick<OutboxEntry, "key" | "memberId" | "projectId" | "madeAt">;

/** A choice as it waits to be sent, with all that was seen, said and measured on the way to it. */
export function judgementEntry(
  author: EntryAuthor,
  made: {
    readonly task: LeasedTask;
    readonly answers: Answers;
    readonly timings: Timings;
    readonly note: { readonly flagged: boolean; readonly comment: string };
    readonly client: JudgementSubmission["client"];
  },
): OutboxEntry {
  const { id: leaseId, token: leaseToken } = made.task.lease;
  const { answers, timings, note, client } = made;
  const submission = { leaseId, leaseToken, idempotencyKey: author.key, answers, timings, ...note, client };
  return { kind: "judgement", ...author, ...aboutOf(made.task), submission };
}

/** A skip as it waits to be sent; or, for one that was sent without it, its reason alone. */
export function skipEntry(
  author: EntryAuthor,
  task: LeasedTask,
  said: { readonly note?: TaskNote; readonly reason?: SkipReason } = {},
): OutboxEntry {
  const { id: leaseId, token: leaseToken } = task.lease;
  return { kind: "skip", ...author, ...aboutOf(task), leaseId, leaseToken, ...said };
}

/** Characters by which a task is known again. */
const excerptLength = 160;

function aboutOf({ taskId, prompt, blurred = false, questions }: LeasedTask): Pick<OutboxEntry, "taskId" | "about"> {
  const excerpt = prompt.messages.at(-1)?.content.slice(0, excerptLength) ?? "";
  return { taskId, about: { excerpt, blurred, questions } };
}
