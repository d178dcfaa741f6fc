import type { BroughtName } from "@touchstone/contracts";
import type { AskedOfRows } from "@touchstone/datasets";
import { type RowToImport, type StagedRow, stage } from "./staged-row.ts";

/** Some rows in the text format of COPY, and what was seen of them. */
export interface StagedRows {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  readonly differingPrefixes: number;
  /** Pictures and sounds that they show. */
  readonly media: number;
  /** The questionnaires that their judgements answer, beside the standard ones. */
  readonly brought: readonly BroughtName[];
}

/** Characters of one chunk. */
const chunkLength = 64 * 1024;

/**
 * Rows as COPY reads them: line number, hash of the prompt, JSON. Whatever is thrown while reading is thrown from here.
 *
 * @param dataOf what goes into the JSON: all but the hash, if nothing else is said
 */
export async function* stageRows(
  source: AsyncIterable<RowToImport>,
  asked: AskedOfRows,
  dataOf: (row: StagedRow) => object = ({ hash: _, ...data }) => data,
): AsyncGenerator<StagedRows> {
  const encoder = new TextEncoder();
  let text = "";
  let seen = { rows: 0, differingPrefixes: 0, media: 0 };
  let brought = new Set<BroughtName>();
  for await (const row of source) {
    const staged = stage(row, asked);
    text += `${row.line}\t${staged.hash}\t${copyText(JSON.stringify(dataOf(staged)))}\n`;
    seen.rows += 1;
    for (const { media = [] } of [...row.prompt, ...row.completions]) seen.media += media.length;
    for (const { questionnaire } of row.judgements ?? []) brought.add(questionnaire);
    if (row.note === "differing-prefixes") seen.differingPrefixes += 1;
    if (text.length < chunkLength) continue;
    yield { bytes: encoder.encode(text), ...seen, brought: [...brought] };
    text = "";
    seen = { rows: 0, differingPrefixes: 0, media: 0 };
    brought = new Set();
  }
  if (seen.rows > 0) yield { bytes: encoder.encode(text), ...seen, brought: [...brought] };
}

/** JSON has no raw tabs or line ends; the backslash is all that COPY's text format would take for its own. */
function copyText(json: string): string {
  return json.replaceAll("\\", "\\\\");
}
