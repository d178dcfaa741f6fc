import { DomainError, type ReceiptWarning } from "@touchstone/contracts";
import { warningIssue, warningText } from "./warning-text.ts";

export function refusalOf(broken: DomainError | null, warnings: readonly ReceiptWarning[]): DomainError | null {
  if (broken) return broken;
  const stops = warnings.filter(({ weight, code }) => weight === "stop" && code !== "badRows");
  const [first] = stops;
  if (!first) return null;
  const code = first.code === "skipRows" ? "invalid_line" : "invalid_mapping";
  const issues = stops.map((stop) => ({ path: placeOf(stop), ...warningIssue(stop) }));
  return new DomainError(code, stops.map(warningText).join(" "), { path: placeOf(first), issues });
}

/** Where a warning that stops the import is to be put right: in the file's lines, or else in the mapping. */
function placeOf({ code, values, lines }: ReceiptWarning): string {
  return code === "skipRows" ? `lines.${lines[0] ?? 1}` : `mapping.${values.field ?? "prompt"}`;
}
