import type { ProblemIssue } from "./problem-issue.ts";
import { type ProblemCode, type ProblemKind, problemKinds } from "./problem-kinds.ts";
import type { ReasonValues } from "./reason-sentences.ts";

/** The same with what the API calls each, in English: pages have sentences of their own, and do without these. */
export const problems = {
  malformed_json: { ...problemKinds.malformed_json, title: "The body is not valid JSON." },
  invalid_request: { ...problemKinds.invalid_request, title: "A field is missing, unknown or out of form." },
  unauthenticated: { ...problemKinds.unauthenticated, title: "Sign in first." },
  wrong_credentials: { ...problemKinds.wrong_credentials, title: "E-mail or password is wrong." },
  account_disabled: { ...problemKinds.account_disabled, title: "Your account here has been disabled." },
  csrf_failed: { ...problemKinds.csrf_failed, title: "The request did not carry this session's CSRF token." },
  forbidden: { ...problemKinds.forbidden, title: "Your role does not allow this." },
  not_found: { ...problemKinds.not_found, title: "There is nothing here, or it is not yours." },
  conflict: { ...problemKinds.conflict, title: "This does not fit the present state." },
  lease_expired: { ...problemKinds.lease_expired, title: "The lease is no longer yours to renew." },
  idempotency_conflict: {
    ...problemKinds.idempotency_conflict,
    title: "This idempotency key was used with another body.",
  },
  undo_too_late: { ...problemKinds.undo_too_late, title: "This judgement can no longer be undone." },
  task_taken: { ...problemKinds.task_taken, title: "Enough others have taken this task meanwhile." },
  import_in_use: { ...problemKinds.import_in_use, title: "What this import brought is in use; it was not undone." },
  import_untracked: { ...problemKinds.import_untracked, title: "This import is too old to know its rows." },
  project_archived: { ...problemKinds.project_archived, title: "The project is archived; it can only be read." },
  link_used_up: { ...problemKinds.link_used_up, title: "This link has expired, was revoked or is used up." },
  body_too_large: { ...problemKinds.body_too_large, title: "The body is larger than allowed." },
  range_outside: { ...problemKinds.range_outside, title: "The range lies outside of the file." },
  unsupported_media_type: { ...problemKinds.unsupported_media_type, title: "This content type is not accepted here." },
  request_timeout: { ...problemKinds.request_timeout, title: "The request did not arrive in time." },
  unknown_host: { ...problemKinds.unknown_host, title: "This service is not known under this name." },
  headers_too_large: { ...problemKinds.headers_too_large, title: "The headers are larger than allowed." },
  invalid_value: { ...problemKinds.invalid_value, title: "A value is out of its range." },
  unstorable_text: { ...problemKinds.unstorable_text, title: "A text contains NUL or a lone surrogate." },
  invalid_line: { ...problemKinds.invalid_line, title: "A line of the file could not be read; nothing was imported." },
  invalid_mapping: { ...problemKinds.invalid_mapping, title: "The column mapping does not fit the file." },
  unconfirmed_import: {
    ...problemKinds.unconfirmed_import,
    title: "The import would lose or assume something; agree to its receipt first.",
  },
  receipt_outdated: {
    ...problemKinds.receipt_outdated,
    title: "The file or its reading is another one than on the receipt.",
  },
  checksum_mismatch: { ...problemKinds.checksum_mismatch, title: "What arrived is not what was sent." },
  version_unsupported: { ...problemKinds.version_unsupported, title: "This version of the protocol is not spoken." },
  too_few_labels: { ...problemKinds.too_few_labels, title: "There are not enough labels to train on." },
  one_class: { ...problemKinds.one_class, title: "All labels say the same; there is nothing to learn." },
  invalid_spec: { ...problemKinds.invalid_spec, title: "The training settings are not valid." },
  wrong_model: { ...problemKinds.wrong_model, title: "This model is not of the kind that is needed here." },
  too_many_requests: { ...problemKinds.too_many_requests, title: "Too many requests; wait a moment." },
  internal: { ...problemKinds.internal, title: "Something went wrong on our side." },
  unavailable: { ...problemKinds.unavailable, title: "The service is not ready; try again shortly." },
} as const satisfies Record<ProblemCode, ProblemKind & { title: string }>;

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
