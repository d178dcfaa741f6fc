import type { ProblemIssue } from "./problem-issue.ts";
import type { ReasonValues } from "./reason-sentences.ts";

/** Every error is a code; the code alone decides HTTP status, socket close code and whether a retry can help. */
export const problems = {
  malformed_json: { status: 400, title: "The body is not valid JSON.", retry: false },
  invalid_request: { status: 400, title: "A field is missing, unknown or out of form.", retry: false },
  unauthenticated: { status: 401, title: "Sign in first.", retry: false },
  wrong_credentials: { status: 401, title: "E-mail or password is wrong.", retry: false },
  account_disabled: { status: 401, title: "Your account here has been disabled.", retry: false },
  csrf_failed: { status: 403, title: "The request did not carry this session's CSRF token.", retry: false },
  forbidden: { status: 403, title: "Your role does not allow this.", retry: false },
  not_found: { status: 404, title: "There is nothing here, or it is not yours.", retry: false },
  conflict: { status: 409, title: "This does not fit the present state.", retry: false },
  lease_expired: { status: 409, title: "The lease is no longer yours to renew.", retry: false },
  idempotency_conflict: { status: 409, title: "This idempotency key was used with another body.", retry: false },
  undo_too_late: { status: 409, title: "This judgement can no longer be undone.", retry: false },
  task_taken: { status: 409, title: "Enough others have taken this task meanwhile.", retry: false },
  import_in_use: { status: 409, title: "What this import brought is in use; it was not undone.", retry: false },
  import_untracked: { status: 409, title: "This import is too old to know its rows.", retry: false },
  project_archived: { status: 409, title: "The project is archived; it can only be read.", retry: false },
  link_used_up: { status: 410, title: "This link has expired, was revoked or is used up.", retry: false },
  body_too_large: { status: 413, title: "The body is larger than allowed.", retry: false },
  range_outside: { status: 416, title: "The range lies outside of the file.", retry: false },
  unsupported_media_type: { status: 415, title: "This content type is not accepted here.", retry: false },
  request_timeout: { status: 408, title: "The request did not arrive in time.", retry: true },
  unknown_host: { status: 421, title: "This service is not known under this name.", retry: false },
  headers_too_large: { status: 431, title: "The headers are larger than allowed.", retry: false },
  invalid_value: { status: 422, title: "A value is out of its range.", retry: false },
  unstorable_text: { status: 422, title: "A text contains NUL or a lone surrogate.", retry: false },
  invalid_line: { status: 422, title: "A line of the file could not be read; nothing was imported.", retry: false },
  invalid_mapping: { status: 422, title: "The column mapping does not fit the file.", retry: false },
  unconfirmed_import: {
    status: 422,
    title: "The import would lose or assume something; agree to its receipt first.",
    retry: false,
  },
  receipt_outdated: { status: 409, title: "The file or its reading is another one than on the receipt.", retry: false },
  too_few_labels: { status: 422, title: "There are not enough labels to train on.", retry: false },
  one_class: { status: 422, title: "All labels say the same; there is nothing to learn.", retry: false },
  invalid_spec: { status: 422, title: "The training settings are not valid.", retry: false },
  wrong_model: { status: 422, title: "This model is not of the kind that is needed here.", retry: false },
  too_many_requests: { status: 429, title: "Too many requests; wait a moment.", retry: true },
  internal: { status: 500, title: "Something went wrong on our side.", retry: true },
  unavailable: { status: 503, title: "The service is not ready; try again shortly.", retry: true },
} as const satisfies Record<string, { status: number; title: string; retry: boolean }>;

export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems).filter(isProblemCode);

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** Codes that stand for several things: whoever throws one says which, for pages in any language. */
type CodeWithReason = Extract<
  ProblemCode,
  | "conflict"
  | "undo_too_late"
  | "import_in_use"
  | "link_used_up"
  | "too_few_labels"
  | "one_class"
  | "invalid_spec"
  | "wrong_model"
>;

interface Where {
  path?: string | undefined;
  issues?: ProblemIssue[] | undefined;
  reason?: string | undefined;
  values?: ReasonValues | undefined;
}

/** What makes an error: all that is left of it where only data passes, as between threads. */
export interface DomainErrorData extends Where {
  readonly code: ProblemCode;
  readonly message: string;
}

/** An error that a caller is meant to see. Anything else that is thrown is `internal`, and its text never leaves. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ProblemCode;
  /** The field at fault, dotted. */
  readonly path: string | undefined;
  readonly issues: ProblemIssue[] | undefined;
  readonly reason: string | undefined;
  readonly values: ReasonValues | undefined;

  constructor(code: Exclude<ProblemCode, CodeWithReason>, detail: string, where?: Where);
  constructor(code: ProblemCode, detail: string, where: Where & ({ reason: string } | { issues: ProblemIssue[] }));
  /** Another error, from its data. */
  constructor(code: ProblemCode, detail: string, where: DomainErrorData);
  constructor(code: ProblemCode, detail: string, where: Where = {}) {
    super(detail);
    this.code = code;
    this.path = where.path;
    this.issues = where.issues;
    this.reason = where.reason;
    this.values = where.values;
  }

  toData(): DomainErrorData {
    const { code, message, path, issues, reason, values } = this;
    return { code, message, path, issues, reason, values };
  }
}
