import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { ProblemCode } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type IssueMessages, issueText, placedIssueText } from "./issue-text.ts";
import { useIssueMessages } from "./use-issue-messages.ts";

interface ProblemText {
  readonly text: string;
  /** What was found, fault by fault, as far as it is shown. */
  readonly faults: readonly string[];
  /** How many more faults there are than are shown. */
  readonly more: number;
  readonly requestId?: string;
}

/** A refused file can have a fault in every line; so many are read, and then the first are mended. */
const shownFaults = 10;

/** An error in the reader's words: what happened, and each fault that was found. */
export function useProblemText(error: unknown): ProblemText {
  const t = useTranslations("problems");
  return problemTextOf(error, useIssueMessages(), t);
}

/** The same without React. `ofCode` says what a code stands for where no reason says it better. */
export function problemTextOf(
  error: unknown,
  say: IssueMessages,
  ofCode: (code: ProblemCode | "connection" | "unexpected") => string,
): ProblemText {
  if (!(error instanceof ApiError)) {
    const code = error instanceof ConnectionError ? "connection" : "unexpected";
    return { text: ofCode(code), faults: [], more: 0 };
  }
  const { refusal, requestId } = error;
  const isKnown = refusal !== null && say.isRefusal(refusal.reason);
  const text = isKnown ? issueText({ message: error.message, ...refusal }, say) : ofCode(error.code);
  // Several rules may find one fault at one place.
  const faults = [...new Set(error.issues.map((issue) => placedIssueText(issue, say)))];
  return { text, faults: faults.slice(0, shownFaults), more: Math.max(0, faults.length - shownFaults), requestId };
}
