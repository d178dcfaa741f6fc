import type { Cursor } from "./cursor.ts";
import { GgufError } from "./gguf-error.ts";

export type GgufValue = number | boolean | string | readonly number[] | readonly boolean[] | readonly string[];

/** Bytes of the longest text: a chat template takes some thousand. */
const longestText = 2 ** 22;
/** Bytes of the longest key, by the format. */
const longestKey = 65_535;
/** Elements of the longest list: the merges of the largest vocabularies are half a million. */
const longestList = 2 ** 20;
/** Bytes of all metadata: those of the largest vocabularies take 15 million. */
const mostBytes = 2 ** 25;
/** Keys: files in use have some dozens. */
const mostKeys = 4_096;

type Scalar = number | boolean | string;
interface ValueType {
  /** The fewest bytes that a value takes. */
  readonly bytes: number;
  read(cursor: Cursor, what: string): Scalar;
}

/** Types of values by their numbers; 9 is a list. */
const types: Readonly<Record<number, ValueType>> = {
  0: { bytes: 1, read: (cursor) => cursor.uint8() },
  1: { bytes: 1, read: (cursor) => cursor.int8() },
  2: { bytes: 2, read: (cursor) => cursor.uint16() },
  3: { bytes: 2, read: (cursor) => cursor.int16() },
  4: { bytes: 4, read: (cursor) => cursor.uint32() },
  5: { bytes: 4, read: (cursor) => cursor.int32() },
  6: { bytes: 4, read: (cursor) => cursor.float32() },
  7: { bytes: 1, read: (cursor) => cursor.uint8() !== 0 },
  8: { bytes: 8, read: readText },
  10: { bytes: 8, read: (cursor, what) => cursor.uint64(what) },
  11: { bytes: 8, read: (cursor, what) => cursor.int64(what) },
  12: { bytes: 8, read: (cursor) => cursor.float64() },
};
const list = 9;

/** Reads `count` pairs of key and value. @throws GgufError */
export function readMetadata(cursor: Cursor, count: number): Map<string, GgufValue> {
  if (count > mostKeys) throw new GgufError(`${count} keys of metadata are too many`);
  const end = cursor.offset + mostBytes;
  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < count; index++) {
    const key = readText(cursor, `key ${index}`, longestKey);
    if (metadata.has(key)) throw new GgufError(`${key} stands twice in its metadata`);
    metadata.set(key, readValue(cursor, key));
    if (cursor.offset > end) throw new GgufError(`its metadata go beyond ${mostBytes} bytes`);
  }
  return metadata;
}

export function readText(cursor: Cursor, what: string, longest = longestText): string {
  const length = cursor.uint64(`the length of ${what}`);
  if (length > longest) throw new GgufError(`${what} has ${length} bytes, and ${longest} are the most`);
  return cursor.text(length, what);
}

function readValue(cursor: Cursor, key: string): GgufValue {
  const code = cursor.uint32();
  if (code !== list) return typeOf(code, key).read(cursor, key);
  const type = typeOf(cursor.uint32(), key);
  const length = cursor.uint64(`the length of ${key}`);
  if (length > longestList) throw new GgufError(`${key} is a list of ${length}, and ${longestList} are the most`);
  if (length * type.bytes > cursor.left) {
    throw new GgufError(`${key} is a list of ${length}, and the file ends before`, { kind: "cutOff" });
  }
  return readList(cursor, key, type, length);
}

function readList(cursor: Cursor, key: string, type: ValueType, length: number): GgufValue {
  const values = Array.from({ length }, () => type.read(cursor, key));
  if (values.every((value) => typeof value === "string")) return values;
  if (values.every((value) => typeof value === "number")) return values;
  return values.map(Boolean);
}

function typeOf(code: number, key: string): ValueType {
  const type = types[code];
  if (type === undefined) throw new GgufError(`${key} is of type ${code}, which is none or a list of lists`);
  return type;
}
