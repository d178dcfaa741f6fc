import { decompress, type SizeLimits } from "./decompress.ts";
import type { Delimiter } from "./delimiter.ts";
import { asUtf8, encodingOf, type FileEncoding } from "./encoding.ts";
import { isParquet, isZipArchive, refuseKnownKinds } from "./file-signatures.ts";
import { inTurns } from "./in-turns.ts";
import { readJsonElements } from "./json-elements.ts";
import { type JsonRow, readJsonLines } from "./json-rows.ts";
import { type FileLayout, type LayoutSigns, layoutOf } from "./layout.ts";
import { fileProblem } from "./line-problem.ts";
import { readParquetRows } from "./parquet-rows.ts";
import { peek } from "./peek.ts";
import { readTableRows } from "./table-rows.ts";
import { checkedUtf8 } from "./utf8.ts";
import { readWholeText } from "./whole-text.ts";
import { readZipRows } from "./zip-rows.ts";

/** What a file was recognised as, by its content alone. */
export interface FileKind {
  readonly container: "plain" | "gzip" | "zip";
  readonly encoding: FileEncoding;
  readonly layout: FileLayout;
  /** Of a table. */
  readonly delimiter?: Delimiter;
}

export interface ReadingOptions {
  readonly limits?: SizeLimits | undefined;
  /** A file that isn't JSON is one text: a single row with the column `text`. */
  readonly mayBeText?: boolean;
  /** Told of each cell of a table that began with the apostrophe of a formula, which was taken off. */
  readonly onApostrophe?: ((line: number) => void) | undefined;
}

export interface OpenedRows {
  readonly kind: FileKind;
  readonly rows: AsyncGenerator<JsonRow>;
}

/** Enough of a file to tell what it is. */
const looked = 64 * 2 ** 10;

/**
 * The rows of a file, whatever it is called: JSON Lines, a JSON array or objects laid out over lines, CSV or TSV, Parquet; plain,
 * gzipped or together in a zip; UTF-8, UTF-16 or GB18030. Memory does not grow with the file, and the event loop turns
 * after each few rows.
 *
 * @throws DomainError invalid_line naming the line at fault, or the kind of a file that isn't read, with the cure; body_too_large
 */
export async function* readRows(bytes: AsyncIterable<Uint8Array>, limits?: SizeLimits): AsyncGenerator<JsonRow> {
  yield* (await openRows(bytes, { limits })).rows;
}

/**
 * As `readRows`, and says what the file was recognised as. Nothing but the beginning is read before the rows are asked for.
 *
 * @throws DomainError as `readRows`
 */
export async function openRows(
  bytes: AsyncIterable<Uint8Array>,
  {
    limits,
    mayBeText = false,
    inArchive = false,
    onApostrophe,
  }: ReadingOptions & { readonly inArchive?: boolean } = {},
): Promise<OpenedRows> {
  let isGzip = false;
  const unpacked = decompress(bytes, limits, () => {
    isGzip = true;
  });
  const { head: packedHead, rest } = await peek(unpacked, looked);
  refuseKnownKinds(packedHead);
  const container = isGzip ? "gzip" : "plain";
  if (isParquet(packedHead)) {
    return { kind: { container, encoding: "utf-8", layout: "parquet" }, rows: inTurns(readParquetRows(rest)) };
  }
  if (isZipArchive(packedHead)) {
    const inside = async (file: AsyncGenerator<Uint8Array>) =>
      (await openRows(file, { limits, inArchive: true, onApostrophe })).rows;
    // An archive in an archive may hold itself.
    if (inArchive) throw fileProblem("zipInZip");
    return {
      kind: { container: "zip", encoding: "utf-8", layout: "archive" },
      rows: readZipRows(rest, inside, limits),
    };
  }
  const found = encodingOf(packedHead, !mayBeText);
  const { head, isWhole, rest: text } = await peek(asUtf8(rest, found), looked / 4);
  const signs = layoutOf(head, isWhole, mayBeText);
  const delimiter = signs.table?.delimiter;
  return {
    kind: {
      container,
      encoding: found.encoding,
      layout: signs.layout,
      ...(delimiter === undefined ? {} : { delimiter }),
    },
    rows: inTurns(rowsIn(text, signs, onApostrophe)),
  };
}

function rowsIn(
  text: AsyncGenerator<Uint8Array>,
  signs: LayoutSigns,
  onApostrophe: ReadingOptions["onApostrophe"],
): AsyncGenerator<JsonRow> {
  const { layout, table, endsInCarriageReturn } = signs;
  if (table !== undefined) return readTableRows(checkedUtf8(text), table, { endsInCarriageReturn, onApostrophe });
  if (layout === "text") return readWholeText(checkedUtf8(text));
  return layout === "json-array" || layout === "json-objects" ? readJsonElements(text, layout) : readJsonLines(text);
}
