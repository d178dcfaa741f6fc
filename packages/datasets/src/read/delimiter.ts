const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** What separates the cells of a table, and whether a first line `sep=;` says so, which Excel writes and reads. */
export interface TableSigns {
  readonly delimiter: Delimiter;
  readonly saysSo: boolean;
}

/** Enough to see whether rows have as many cells as the header. */
const looked = 50;

/** A table of one column has no delimiter to be known by: its header must be one of the usual names. */
const usualNames =
  /^"?(prompts?|text|texts|instruction|question|questions|query|input|content|messages|问题|提示词?|指令|文本)"?$/i;

/**
 * The delimiter with which most of the first rows have as many cells as the header; undefined where the text is no table.
 * @param head the beginning of the file
 * @param isWhole whether that is all of it
 */
export function tableSigns(head: string, isWhole: boolean): TableSigns | undefined {
  const said = /^sep=([,;\t|])\r?\n/i.exec(head)?.[1];
  const spoken = delimiters.find((one) => one === said);
  if (spoken !== undefined) return { delimiter: spoken, saysSo: true };
  const rows = cellsOfRows(head, isWhole);
  const [header] = rows;
  if (!header) return undefined;
  const candidates = delimiters.flatMap((delimiter) => {
    const cells = header[delimiter];
    if (cells < 2) return [];
    const equal = rows.filter((row) => row[delimiter] === cells).length;
    return [{ delimiter, cells, agreement: equal / rows.length }];
  });
  const [best] = candidates.sort((one, other) => other.agreement - one.agreement || other.cells - one.cells);
  if (best && (best.agreement >= 0.5 || rows.length < 2)) return { delimiter: best.delimiter, saysSo: false };
  const [firstLine = ""] = head.split(/\r?\n|\r/, 1);
  return usualNames.test(firstLine.trim()) ? { delimiter: ",", saysSo: false } : undefined;
}

/** How many cells each of the first rows has under each delimiter; delimiters and line breaks between quotes don't count. */
function cellsOfRows(head: string, isWhole: boolean): Record<Delimiter, number>[] {
  const rows: Record<Delimiter, number>[] = [];
  const fresh = () => ({ ",": 1, ";": 1, "\t": 1, "|": 1 });
  let cells = fresh();
  let isQuoted = false;
  let isBlank = true;
  const close = () => {
    if (!isBlank) rows.push(cells);
    cells = fresh();
    isBlank = true;
  };
  for (const sign of head) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (sign === "\n" || sign === "\r")) close();
    else if (!isQuoted) {
      const delimiter = delimiters.find((one) => one === sign);
      if (delimiter !== undefined) cells[delimiter] += 1;
    }
    if (sign.trim() !== "" || sign === "\t") isBlank = false;
    if (rows.length === looked) return rows;
  }
  // The last row of a longer file may be cut.
  if (isWhole && !isQuoted) close();
  return rows.length === 0 && !isBlank ? [cells] : rows;
}
