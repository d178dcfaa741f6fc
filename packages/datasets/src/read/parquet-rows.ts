import { TextDecoder } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { DomainError } from "@touchstone/contracts";
import {
  type AsyncBuffer,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  snappyUncompress,
} from "hyparquet";
import { decompressLz4, decompressLz4Raw, decompressZstd } from "hyparquet-compressors";
import { LosslessNumber } from "lossless-json";
import { cellValue, isOfLists } from "./cells.ts";
import { type FileBytes, fileBytesOf } from "./file-bytes.ts";
import type { JsonRow } from "./json-rows.ts";
import { fileProblem, lineProblem, tooLarge } from "./line-problem.ts";

/** A group of rows is unpacked at once: what one may hold, so that memory stays bounded whatever the file. */
const largestGroup = 256 * 2 ** 20;
/** A page of a group; writers make them of a megabyte. */
const largestPage = 128 * 2 ** 20;

// A mark at the beginning of a text is part of it: only files have one of their own.
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What is thrown within the library by what it calls of ours. */
class PageTooLarge extends Error {}
class UnknownCodec extends Error {}
class NotUtf8 extends Error {}

/**
 * The rows of a Parquet file, a group of rows at a time. Lines are counted as rows, from 1. Whole numbers beyond what a double
 * holds keep their digits; bytes that are no text are objects that say how many they are, which no reader takes for a text.
 *
 * @throws DomainError invalid_line for a file that is cut off or damaged, or packed in a way that isn't read; body_too_large
 */
export async function* readParquetRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRow> {
  const bytes = await fileBytesOf(source);
  try {
    yield* rowsOf(bytes);
  } finally {
    await bytes.close();
  }
}

async function* rowsOf(bytes: FileBytes): AsyncGenerator<JsonRow> {
  const file = {
    byteLength: bytes.size,
    // A copy: the library reads whole buffers, and Node's share theirs.
    slice: async (start: number, end = bytes.size) => new Uint8Array(await bytes.at(start, end)).buffer,
  };
  const end = await bytes.at(bytes.size - 4, bytes.size);
  if (bytes.size < 12 || end.toString("latin1") !== "PAR1") throw fileProblem("parquetCutOff");
  const metadata = await sound(1, () => parquetMetadataAsync(file));
  const codec = codecOf(metadata);
  if (codec !== null) throw fileProblem("parquetCodec", { codec });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  let start = 0;
  for (const group of metadata.row_groups) {
    if (Number(group.total_byte_size) > largestGroup) {
      throw tooLarge("parquetGroupTooLarge", { limit: largestGroup });
    }
    const count = Number(group.num_rows);
    const first = start + 1;
    const columns = await sound(first, () => columnsOf(file, { ...metadata, row_groups: [group] }, names, count));
    for (let index = 0; index < count; index++) {
      const line = first + index;
      const row = Object.fromEntries(columns.map(([name, values]) => [name, values[index]]));
      yield { line, value: plainRow(row, line) };
    }
    start += count;
  }
}

/**
 * The columns of a file of one group, each by itself: what the library makes on the way is gone before the next. All at once
 * they need more than twice the memory.
 *
 * @param count of rows, as the file says
 */
async function columnsOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  count: number,
): Promise<(readonly [name: string, values: DecodedArray])[]> {
  const scan = await parquetScan({ file, metadata, compressors, parsers, useOffsetIndex: false });
  const columns: (readonly [string, DecodedArray])[] = [];
  for (const column of names) {
    const values = await scan.readColumn({ column, rowStart: 0, rowEnd: count });
    if (values.length !== count) throw new RangeError(`${column} has ${values.length} values for ${count} rows`);
    columns.push([column, values]);
  }
  return columns;
}

/** Of what the library throws all that a file can be the cause of. */
async function sound<T>(line: number, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (error instanceof PageTooLarge) throw tooLarge("parquetGroupTooLarge", { limit: largestPage });
    if (error instanceof UnknownCodec) throw fileProblem("parquetCodec", { codec: error.message });
    if (error instanceof NotUtf8) throw lineProblem(line, null, "parquetNotUtf8");
    throw fileProblem("parquetDamaged");
  }
}

const unpacked = (length: number): { maxOutputLength: number } => {
  if (length > largestPage) throw new PageTooLarge();
  // Zlib refuses a bound of nothing.
  return { maxOutputLength: Math.max(1, length) };
};

const compressors: Compressors = {
  GZIP: (input, length) => gunzipSync(input, unpacked(length)),
  BROTLI: (input, length) => brotliDecompressSync(input, unpacked(length)),
  SNAPPY: (input, length) => {
    unpacked(length);
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  },
  ZSTD: (input, length) => {
    unpacked(length);
    // Into a place of its own size: by itself the library would make one as large as the page says that it is.
    return decompressZstd(input, new Uint8Array(length));
  },
  LZ4: (input, length) => {
    unpacked(length);
    return decompressLz4(input, length);
  },
  LZ4_RAW: (input, length) => {
    unpacked(length);
    return decompressLz4Raw(input, length);
  },
};

/** The first way of packing that is none of those; null where there is none. */
function codecOf({ row_groups }: FileMetaData): string | null {
  const known = ["UNCOMPRESSED", ...Object.keys(compressors)];
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data && !known.includes(meta_data.codec)) return meta_data.codec;
    }
  }
  return null;
}

const parsers = {
  stringFromBytes(bytes: Uint8Array | undefined) {
    if (bytes === undefined || bytes === null) return bytes;
    try {
      return strict.decode(bytes);
    } catch {
      throw new NotUtf8();
    }
  },
};

/** What has no form of its own in a column stands there as its JSON, as in a table. */
function plainRow(row: Record<string, unknown>, line: number): JsonRow["value"] {
  const names = Object.keys(row);
  const valueIn = (name: string, value: unknown) =>
    typeof value === "string" ? cellValue(value, line, isOfLists(name, names)) : plain(value);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueIn(name, value)]));
}

/** A value as JSON has it. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : new LosslessNumber(String(value));
  }
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return { bytes: value.length };
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plain);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
