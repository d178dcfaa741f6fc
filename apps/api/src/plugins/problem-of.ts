import { STATUS_CODES } from "node:http";
import { DomainError, type Problem, problems, refused } from "@touchstone/contracts";
import { isDatabaseAway, isStorageFull, isTimedOut, isUnstorableText } from "@touchstone/persistence";
import type { FastifyError } from "fastify";
import { tooLarge } from "./body-parsing.ts";

/** A failure may come before a change or after it is committed, and this answer can't know which. */
const unknownOutcome =
  "Whether the change was made is not known: look before you try again. The request id names this failure in the logs.";

/** What a caller is told of an error. The text of a 5xx never leaves, but that of a reason of the table. */
export function problemOf(error: DomainError, requestId: string): Problem {
  const { status, title } = problems[error.code];
  return {
    type: `urn:touchstone:problem:${error.code}`,
    code: error.code,
    title,
    status,
    // A reason's sentence is one of a table, and of a request that was not begun.
    detail: status >= 500 && error.reason === undefined ? unknownOutcome : error.message,
    requestId,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.issues === undefined ? {} : { issues: error.issues }),
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.values === undefined ? {} : { values: error.values }),
  };
}

/** The error that a caller sees in the place of whatever was thrown. */
export function toDomainError(error: Error & Partial<Pick<FastifyError, "code" | "statusCode">>): DomainError {
  if (error instanceof DomainError) return error;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return tooLarge();
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new DomainError("unsupported_media_type", "Send application/json.");
  }
  if (error.code === "FST_ERR_BAD_URL") {
    return new DomainError("invalid_request", "The address can't be decoded: a % needs two hexadecimal digits.");
  }
  if (isUnstorableText(error)) return new DomainError("unstorable_text", "A text contains NUL or a lone surrogate.");
  if (isStorageFull(error)) return refused("diskFull");
  if (isTimedOut(error)) return refused("databaseBusy");
  if (isDatabaseAway(error)) return new DomainError("unavailable", error.message);
  const status = error.statusCode ?? 500;
  // The pages' server is away: reply-from's own errors.
  if (status > 500) return new DomainError("unavailable", error.message);
  if (status === 429) return new DomainError("too_many_requests", error.message);
  if (status >= 400 && status < 500) {
    return new DomainError("invalid_request", `The request could not be read (${STATUS_CODES[status] ?? status}).`);
  }
  return new DomainError("internal", error.message);
}
