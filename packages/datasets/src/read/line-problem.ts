import {
  DomainError,
  type ProblemCode,
  type ProblemIssue,
  type ReadingReason,
  type ReasonValues,
  reasonText,
  type ValuesOf,
} from "@touchstone/contracts";

/** A reason as an issue carries it: its code and values for pages, and its English sentence. */
export function readingIssue<Reason extends ReadingReason>(
  reason: Reason,
  ...[values]: ValuesOf<Reason>
): { message: string; reason: Reason; values?: ReasonValues } {
  return { message: reasonText(reason, values), reason, ...(values === undefined ? {} : { values }) };
}

/** One line of the file is at fault: the message names it and says the cure. Nothing of the file is imported. */
export function lineProblem<Reason extends ReadingReason>(
  line: number,
  field: string | null,
  reason: Reason,
  ...values: ValuesOf<Reason>
): DomainError {
  const path = field === null ? `lines.${line}` : `lines.${line}.${field}`;
  const where = field === null ? `Line ${line}: ` : `Line ${line}, ${field}: `;
  return problemOf("invalid_line", where, { path, ...readingIssue(reason, ...values) });
}

/** The file as a whole is at fault; it shows where it begins. */
export function fileProblem<Reason extends ReadingReason>(reason: Reason, ...values: ValuesOf<Reason>): DomainError {
  return problemOf("invalid_line", "", { path: "lines.1", ...readingIssue(reason, ...values) });
}

/** The file, or what it unpacks to, is larger than is read. */
export function tooLarge<Reason extends ReadingReason>(reason: Reason, ...values: ValuesOf<Reason>): DomainError {
  return problemOf("body_too_large", "", { path: "file", ...readingIssue(reason, ...values) });
}

/** The mapping and the file do not fit together. `line` is where this showed, if it needed a line to show. */
export function mappingProblem<Reason extends ReadingReason>(
  field: string | null,
  line: number | null,
  reason: Reason,
  ...values: ValuesOf<Reason>
): DomainError {
  const path = field === null ? "mapping" : `mapping.${field}`;
  return problemOf("invalid_mapping", line === null ? "" : `Line ${line}: `, {
    path,
    ...readingIssue(reason, ...values),
  });
}

function problemOf(code: ProblemCode, where: string, issue: ProblemIssue): DomainError {
  return new DomainError(code, `${where}${issue.message}`, { path: issue.path, issues: [issue] });
}
