import type { ProblemIssue } from "./problem-issue.ts";
import type { ReasonValues } from "./reason-sentences.ts";

/** Every error is a code, whose title `problemTitles` has; the code alone decides HTTP status, socket close code and whether a retry can help. */
export const problems = {
  malformed_json: { status: 400, retry: false },
  invalid_request: { status: 400, retry: false },
  unauthenticated: { status: 401, retry: false },
  wrong_credentials: { status: 401, retry: false },
  account_disabled: { status: 401, retry: false },
  csrf_failed: { status: 403, retry: false },
  forbidden: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  conflict: { status: 409, retry: false },
  lease_expired: { status: 409, retry: false },
  idempotency_conflict: { status: 409, retry: false },
  undo_too_late: { status: 409, retry: false },
  task_taken: { status: 409, retry: false },
  import_in_use: { status: 409, retry: false },
  import_untracked: { status: 409, retry: false },
  project_archived: { status: 409, retry: false },
  link_used_up: { status: 410, retry: false },
  body_too_large: { status: 413, retry: false },
  range_outside: { status: 416, retry: false },
  unsupported_media_type: { status: 415, retry: false },
  request_timeout: { status: 408, retry: true },
  unknown_host: { status: 421, retry: false },
  headers_too_large: { status: 431, retry: false },
  invalid_value: { status: 422, retry: false },
  unstorable_text: { status: 422, retry: false },
  invalid_line: { status: 422, retry: false },
  invalid_mapping: { status: 422, retry: false },
  unconfirmed_import: { status: 422, retry: false },
  receipt_outdated: { status: 409, retry: false },
  too_few_labels: { status: 422, retry: false },
  one_class: { status: 422, retry: false },
  invalid_spec: { status: 422, retry: false },
  wrong_model: { status: 422, retry: false },
  too_many_requests: { status: 429, retry: true },
  internal: { status: 500, retry: true },
  unavailable: { status: 503, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

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
