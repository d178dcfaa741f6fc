import type { JsonRow } from "./json-rows.ts";
import { lineProblem, tooLarge } from "./line-problem.ts";

/** Node's longest string holds 2²⁹ units; a text stays well below, since it is copied on its way. */
const longestText = 128 * 2 ** 20;

/** A file that is one text, as a row with the column `text`; a blank file has no row. @param source UTF-8 */
export async function* readWholeText(source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > longestText) {
      throw tooLarge("fileTextTooLong", { limit: longestText });
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return;
  if (text.includes("\0")) throw lineProblem(1, null, "nulText");
  yield { line: 1, value: { text } };
}
