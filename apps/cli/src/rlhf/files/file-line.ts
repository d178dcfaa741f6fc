import { basename } from "node:path";
import { counted, type FileSummary, type TrainingRow } from "@touchstone/datasets";

type Kind = TrainingRow["kind"];

/** What the rows of each kind are, after “rows”. */
export const kindTexts: Readonly<Record<Kind, string>> = {
  comparison: "with chosen and rejected",
  ranking: "with a ranking",
  rating: "with a score",
  demonstration: "with an answer to imitate",
  judged: "with a label true or false",
  rewarded: "with a reward",
  prompt: "of a prompt alone",
  text: "of text alone",
};

/** More columns than these are counted. */
const mostColumns = 12;

/**
 * What a file was taken for, in one line: its rows, how many of them are used, the columns that are not.
 * @param use what becomes of the rows, such as “3 of 4 rows used”
 * @param unread what is said of the columns, such as “columns not used”
 */
export function fileLine(path: string, summary: FileSummary, use: string, unread: string): string {
  const kinds = [...summary.byKind()].map(([kind, rows]) => `${counted(rows, "row")} ${kindTexts[kind]}`);
  const names = [...summary.unread].map(([name, rows]) =>
    rows === summary.rows ? name : `${name} (${counted(rows, "row")})`,
  );
  const more = names.length > mostColumns ? [`${counted(names.length - mostColumns, "more column")}`] : [];
  const columns =
    names.length === 0 ? "every column used" : `${unread}: ${[...names.slice(0, mostColumns), ...more].join(", ")}`;
  return `${basename(path)}: taken for ${kinds.join(", ")}; ${use}; ${columns}.`;
}
