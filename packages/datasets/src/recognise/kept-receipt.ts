import { type ImportReceipt, type KeptReceipt, PersonalDataKind, type ReceiptWarning } from "@touchstone/contracts";
import { scrubText } from "../preparation/scrub/scrub.ts";

/** A name of a column; a file may call one by a text. */
const longestName = 200;
/** Values of warnings that name a place, or what was found by this product's own words. */
const told = new Set(["column", "field", "name", "names", "kinds", "encoding"]);

/**
 * What an import keeps of its receipt: no text of its rows, no example, and of names of columns nothing that looks like
 * personal data (the first row of a table without names is taken for them). At most some hundred kilobytes: no list in a
 * receipt has more than some hundred entries.
 */
export function keptReceipt(receipt: ImportReceipt, sha256: string, leftOut: boolean): KeptReceipt {
  const { format, question, reason, columns, counts, warnings, findings } = receipt;
  return {
    version: 1,
    sha256,
    format,
    question,
    reason,
    columns: columns.map(({ path, role, list, rows }) => ({ path: named(path), role, list, rows })),
    counts,
    leftOut: leftOut && counts.badRows > 0,
    warnings: warnings.map(keptWarning),
    findings: {
      ...findings,
      leftOut: findings.leftOut.map((why) => ({ ...why, field: why.field === null ? null : named(why.field) })),
    },
  };
}

function keptWarning({ code, weight, values, lines }: ReceiptWarning): KeptReceipt["warnings"][number] {
  const kept = Object.entries(values).map(([name, value]) => {
    if (typeof value === "number") return [name, value] as const;
    return [name, told.has(name) ? named(value) : "…"] as const;
  });
  return { code, weight, values: Object.fromEntries(kept), lines };
}

function named(name: string): string {
  const { text } = scrubText(name, PersonalDataKind.options);
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}
