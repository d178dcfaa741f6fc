export interface ProblemKind {
  readonly status: number;
  /** Whether the same request may succeed later; where it is not said, it will not. */
  readonly retry?: true;
}

/** Every error is a code; the code alone decides HTTP status, socket close code and whether a retry can help. */
export const problemKinds = {
  malformed_json: { status: 400 },
  invalid_request: { status: 400 },
  unauthenticated: { status: 401 },
  wrong_credentials: { status: 401 },
  account_disabled: { status: 401 },
  csrf_failed: { status: 403 },
  forbidden: { status: 403 },
  not_found: { status: 404 },
  conflict: { status: 409 },
  lease_expired: { status: 409 },
  idempotency_conflict: { status: 409 },
  undo_too_late: { status: 409 },
  task_taken: { status: 409 },
  import_in_use: { status: 409 },
  import_untracked: { status: 409 },
  project_archived: { status: 409 },
  link_used_up: { status: 410 },
  body_too_large: { status: 413 },
  range_outside: { status: 416 },
  unsupported_media_type: { status: 415 },
  request_timeout: { status: 408, retry: true },
  unknown_host: { status: 421 },
  headers_too_large: { status: 431 },
  invalid_value: { status: 422 },
  unstorable_text: { status: 422 },
  invalid_line: { status: 422 },
  invalid_mapping: { status: 422 },
  unconfirmed_import: { status: 422 },
  checksum_mismatch: { status: 460, retry: true },
  version_unsupported: { status: 412 },
  receipt_outdated: { status: 409 },
  too_few_labels: { status: 422 },
  one_class: { status: 422 },
  invalid_spec: { status: 422 },
  wrong_model: { status: 422 },
  too_many_requests: { status: 429, retry: true },
  internal: { status: 500, retry: true },
  unavailable: { status: 503, retry: true },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;
