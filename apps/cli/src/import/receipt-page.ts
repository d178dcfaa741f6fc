import type { ImportReceipt, ReceiptColumn, ReceiptWarning } from "@touchstone/contracts";
import { counted, countsText, reasonTexts, roleTexts, warningText } from "@touchstone/datasets";

/** Characters of a column's example: more would break the table's lines in most terminals. */
const longestExample = 60;
const marks: Record<ReceiptWarning["weight"], string> = { stop: "✗", confirm: "!", note: "·" };

/** A receipt in words: what the file was taken for, what becomes of each column, what is lost, assumed or refused. */
export function receiptPage(name: string, receipt: ImportReceipt): string {
  const { counts, warnings, columns } = receipt;
  const lines = [
    `${name}: ${reasonTexts[receipt.reason]} (${receipt.format}).`,
    `${countsText(counts)}. People are asked ${asked(receipt.question)}: ${counted(counts.wanted, "judgement")} to make.`,
    "",
    ...columnLines(columns),
    "",
    ...warningLines(warnings),
    ...badRowLines(receipt),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function columnLines(columns: readonly ReceiptColumn[]): string[] {
  const rows = columns.map(({ path, role, rows, example }) => {
    const oneLine = example.replaceAll(/\s+/g, " ");
    const short = oneLine.length > longestExample ? `${oneLine.slice(0, longestExample)}…` : oneLine;
    return [path, roleTexts[role], rows.toLocaleString("en"), short] as const;
  });
  const table = [["Column", "Becomes", "Rows", "For example"] as const, ...rows];
  const widthOf = (index: 0 | 1 | 2) => Math.max(...table.map((row) => row[index].length));
  const widths = { path: widthOf(0), becomes: widthOf(1), filled: widthOf(2) };
  return table.map(
    ([path, becomes, filled, example]) =>
      `  ${path.padEnd(widths.path)}  ${becomes.padEnd(widths.becomes)}  ${filled.padStart(widths.filled)}  ${example}`,
  );
}

/** Most serious first. */
function warningLines(warnings: readonly ReceiptWarning[]): string[] {
  if (warnings.length === 0) return ["Every column and every row is used."];
  return (["stop", "confirm", "note"] as const).flatMap((weight) =>
    warnings.filter((one) => one.weight === weight).map((warning) => `${marks[weight]} ${warningText(warning)}`),
  );
}

function badRowLines({ badRows, counts }: ImportReceipt): string[] {
  const unnamed = counts.badRows - badRows.length;
  return [
    ...badRows.map(({ line, field, message }) => `    line ${line}${field === null ? "" : `, ${field}`}: ${message}`),
    ...(unnamed > 0 ? [`    and ${counted(unnamed, "more row")}`] : []),
  ];
}

/** A file's own words can't move the cursor or colour the terminal. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
}

function asked(question: string): string {
  const standard: Partial<Record<string, string>> = {
    preference: "which of two answers is better",
    rating: "how good one answer is",
  };
  return standard[question] ?? `the questionnaire “${question}”`;
}
