import { DomainError, type RefusalReason, refused } from "@touchstone/contracts";

/** What is the same for any two policies, and has a cure of its own. */
const tellable: readonly string[] = [
  "servingNoWorker",
  "servingNoQueue",
  "servingBusy",
  "callerLeft",
  "arenaElsewhere",
  "arenaEnded",
] satisfies RefusalReason[];

/**
 * What an annotator is told of a fault while they don't know who answers: faults of one policy (its name, its context, its
 * memory, the length of a prompt in its tokens) are faults of the pair.
 */
export function blindFault(error: unknown): DomainError {
  if (error instanceof DomainError) {
    if (error.reason !== undefined && tellable.includes(error.reason)) return error;
    if (error.reason === "servingTooLong") return refused("arenaTooLong");
  }
  return refused("arenaAnswerFailed");
}
