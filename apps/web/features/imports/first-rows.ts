/** Enough rows to see what a file is made of. */
const wanted = 20;
/** Lines longer than this are not worth waiting for. */
const mostBytes = 2_000_000;

/** The first rows of a JSONL file, gzipped or not, read in the browser; lines that are no JSON are passed over. */
export async function firstRows(file: File): Promise<Record<string, unknown>[]> {
  const bytes = file.name.endsWith(".gz") ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.length < mostBytes && text.split("\n").length <= wanted) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text.split("\n").slice(0, wanted).flatMap(parseRow);
}

function parseRow(line: string): Record<string, unknown>[] {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === "object" && row !== null && !Array.isArray(row) ? [{ ...row }] : [];
  } catch {
    return [];
  }
}
