import type { DomainError, ReceiptWarning } from "@touchstone/contracts";
import type { FileKind } from "../read/read-rows.ts";
import type { CheckedRows } from "./check-rows.ts";
import type { Proposal } from "./propose.ts";
import { warn } from "./warnings.ts";

export function unreadable(broken: DomainError): ReceiptWarning {
  const warning = warn("unreadable", "stop", { message: broken.message });
  const [issue] = broken.issues ?? [];
  return issue ? { ...warning, issue } : warning;
}

/** UTF-16 says that it is; of the other one it is a guess, which somebody has to look at. */
export function decodedWarnings(encoding: FileKind["encoding"]): ReceiptWarning[] {
  if (encoding === "utf-8") return [];
  return [warn("decoded", encoding === "gb18030" ? "confirm" : "note", { encoding: encoding.toUpperCase() })];
}

export function badRowWarnings(checked: CheckedRows | null): ReceiptWarning[] {
  if (!checked || checked.badRows === 0) return [];
  const lines = checked.named.slice(0, 10).map(({ line }) => line);
  // With no row left there is nothing to import.
  return [warn("badRows", checked.tally.rows === 0 ? "stop" : "confirm", { count: checked.badRows }, lines)];
}

/** What the numbers of a file were taken to mean, where nobody says it. */
export function assumedWarnings({ source, assumedGrades, assumedScale = false }: Proposal): ReceiptWarning[] {
  if (source.format !== "columns") return [];
  const { votes, aspectScale } = source.mapping;
  const column = votes && ("list" in votes ? votes.list : votes.columns.join(", "));
  const { from, steps } = aspectScale ?? { from: 1, steps: 5 };
  return [
    ...(assumedGrades ? [warn("gradeDirection", "confirm", { column: column ?? "" })] : []),
    ...(assumedScale ? [warn("aspectScale", "confirm", { from, to: from + steps - 1 })] : []),
  ];
}
