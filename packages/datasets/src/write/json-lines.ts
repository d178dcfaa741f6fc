import { inTurns } from "../read/in-turns.ts";

/** Characters gathered before they are handed on: one write a row would cost more than the row. */
const chunkLength = 64 * 1024;

/**
 * JSON Lines in chunks of whole lines. Rows are pulled only as fast as the chunks are, so a slow reader slows the source.
 * JSON.stringify escapes lone surrogates and line ends, but not U+2028 and U+2029, at which some readers split lines too;
 * they are escaped here, so whatever a text holds, a row stays one line of valid UTF-8.
 */
export async function* jsonLines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let chunk = "";
  for await (const row of inTurns(rows)) {
    chunk += `${JSON.stringify(row)}\n`;
    if (chunk.length < chunkLength) continue;
    yield inLines(chunk);
    chunk = "";
  }
  if (chunk !== "") yield inLines(chunk);
}

const inLines = (chunk: string): string => chunk.replace(/[\u2028\u2029]/g, escaped);

function escaped(character: string): string {
  return character === "\u2028" ? "\\u2028" : "\\u2029";
}
