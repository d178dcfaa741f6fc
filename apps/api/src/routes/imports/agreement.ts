import { DomainError, type DomainErrorData, type ImportQuery } from "@touchstone/contracts";
import { warningIssue } from "@touchstone/datasets";
import type { RecognitionData } from "../../threads/parsing-jobs.ts";

/**
 * Whether what is about to be imported was agreed to: either nothing in it needs agreeing to, or it is to the letter
 * what a receipt said. Rows that cannot be taken need a word of their own.
 *
 * @throws DomainError of whatever stands against it, with every further reason as an issue. Nothing has been written.
 */
export function assertAgreed({ receipt, refusal, badRow }: RecognitionData, query: ImportQuery): void {
  if (query.receipt !== undefined && query.receipt !== receipt.digest) {
    throw new DomainError(
      "receipt_outdated",
      "The file, or how it is read, is not what the receipt was made of. Make a new receipt and look at it.",
    );
  }
  if (refusal) throw new DomainError(refusal.code, refusal.message, refusal);
  if (badRow && query.leaveOut !== "true") throw withEveryRow(badRow, receipt.badRows);
  if (query.receipt !== undefined) return;
  const unconfirmed = receipt.warnings.filter(({ weight }) => weight !== "note");
  if (unconfirmed.length === 0) return;
  const issues = unconfirmed.map((warning) => ({
    path: String(warning.values.column ?? warning.code),
    ...warningIssue(warning),
  }));
  const detail = `${issues.map(({ message }) => message).join(" ")} Nothing was imported. Import with the digest of the receipt to agree.`;
  throw new DomainError("unconfirmed_import", detail, { path: issues[0]?.path ?? "receipt", issues });
}

function withEveryRow(first: DomainErrorData, rows: RecognitionData["receipt"]["badRows"]): DomainError {
  const issues = rows.map(({ line, field, ...issue }) => ({
    path: field === null || field.startsWith("mapping.") ? `lines.${line}` : `lines.${line}.${field}`,
    ...issue,
  }));
  const [named] = first.issues ?? [];
  // The first keeps the path it was found at: a mapping's field, where the mapping is at fault.
  const all = named ? [named, ...issues.slice(1)] : issues;
  return new DomainError(first.code, first.message, { ...(first.path ? { path: first.path } : {}), issues: all });
}
