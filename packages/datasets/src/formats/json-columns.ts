import type { ColumnMapping } from "@touchstone/contracts";
import type { JsonRow } from "../read/json-rows.ts";
import { parseJson } from "../read/json-value.ts";
import { lineProblem } from "../read/line-problem.ts";

/** Whether a text is meant as JSON: a list or an object, as tables hold what is not flat. */
export function looksLikeJson(text: string): boolean {
  const plain = text.trim();
  if (!(plain.startsWith("[") && plain.endsWith("]")) && !(plain.startsWith("{") && plain.endsWith("}"))) return false;
  try {
    parseJson(plain, 1);
    return true;
  } catch {
    return false;
  }
}

/**
 * The row with what the texts of these columns say in their place; blank ones stay.
 *
 * @throws DomainError invalid_line at a text that is no JSON.
 */
export function unfolded(row: JsonRow, { json = [] }: Pick<ColumnMapping, "json">): JsonRow {
  const texts = json.flatMap((column) => {
    const text = Object.hasOwn(row.value, column) ? row.value[column] : undefined;
    return typeof text === "string" && text.trim() !== "" ? [[column, text] as const] : [];
  });
  if (texts.length === 0) return row;
  const values = texts.map(([column, text]) => {
    if (!looksLikeJson(text)) throw lineProblem(row.line, column, "notJsonInColumn");
    return [column, parseJson(text.trim(), row.line)] as const;
  });
  return { line: row.line, value: { ...row.value, ...Object.fromEntries(values) } };
}
