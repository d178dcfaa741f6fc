import {
  type Problem,
  type ProblemCode,
  type ProblemIssue,
  type ProblemKind,
  problemKinds,
  type ReasonValues,
} from "@touchstone/contracts";

/** The API answered, and the answer is a problem. Everything a person or a program needs is in `code`. */
export class ApiError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  /** The field at fault, as a dotted path, when one field is. */
  readonly path: string | undefined;
  readonly issues: readonly ProblemIssue[];
  /** Which of a code's several things it is, and its values; null where the code says all. */
  readonly refusal: { readonly reason: string; readonly values: ReasonValues } | null;
  /** Quote this to whoever reads the logs. */
  readonly requestId: string;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.code = problem.code;
    this.status = problem.status;
    this.path = problem.path;
    this.issues = problem.issues ?? [];
    this.refusal = problem.reason === undefined ? null : { reason: problem.reason, values: problem.values ?? {} };
    this.requestId = problem.requestId;
    const kind: ProblemKind = problemKinds[problem.code];
    this.retry = kind.retry ?? false;
  }
}

/** No answer came: the network is away, or the answer did not come from our API. Sending again is safe to try. */
export class ConnectionError extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = "ConnectionError";
  }
}

/** What the API would say, had it been asked: the session is another member's than the one who did this. */
export function notThisMember(): ApiError {
  const { status } = problemKinds.csrf_failed;
  const title = "This session is another member's.";
  return new ApiError({ type: "about:blank", code: "csrf_failed", status, title, detail: "", requestId: "not sent" });
}

/**
 * The error that a failed response stands for. A body that is not problem+json was written by something in
 * between (a proxy, a page server), so it says nothing about our request.
 */
export async function errorOf(response: Response): Promise<ApiError | ConnectionError> {
  const body: unknown = await response.json().catch(() => undefined);
  return isProblem(body)
    ? new ApiError(body)
    : new ConnectionError(`The server answered ${response.status} without saying why.`);
}

/**
 * Whether a body is what the schema `Problem` says (a test holds the two together). Pages do without schemas, but here
 * the answer may be of anything that stands between.
 */
export function isProblem(body: unknown): body is Problem {
  if (!isRecord(body) || typeof body.code !== "string" || !Object.hasOwn(problemKinds, body.code)) return false;
  const texts = [body.type, body.title, body.detail, body.requestId];
  return (
    texts.every((text) => typeof text === "string") &&
    Number.isSafeInteger(body.status) &&
    (body.path === undefined || typeof body.path === "string") &&
    isReasoned(body) &&
    (body.issues === undefined || (Array.isArray(body.issues) && body.issues.every(isIssue)))
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isIssue = (value: unknown): boolean =>
  isRecord(value) && typeof value.path === "string" && typeof value.message === "string" && isReasoned(value);

/** Where a reason is given, it is a text, and its values are texts and numbers. */
const isReasoned = ({ reason, values }: Record<string, unknown>): boolean =>
  (reason === undefined || typeof reason === "string") &&
  (values === undefined ||
    (isRecord(values) && Object.values(values).every((value) => ["string", "number"].includes(typeof value))));
