import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { inTurns } from "../../read/in-turns.ts";
import { assertDeclared, type Column, type ColumnType, type ExportedRow } from "./column.ts";
import { schemaOf } from "./parquet-schema.ts";

/** A row group is written when it has so many rows, or so many characters: all of it is in memory until then. */
const groupRows = 20_000;
const groupCharacters = 16 * 1024 * 1024;

/**
 * A Parquet file in chunks, a row group each, compressed with Snappy; its index comes last, so that a file that broke off is
 * none. Lists and objects are nested columns; what has no form of its own is a text of its JSON.
 */
export async function* parquet(
  rows: AsyncIterable<ExportedRow>,
  columns: readonly Column[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const declared = new Set(columns.map(({ name }) => name));
  const sink = new Sink();
  const writer = new ParquetWriter({ writer: sink, schema: schemaOf(columns), createdBy: "touchstone" });
  let group: ExportedRow[] = [];
  let characters = 0;
  for await (const row of inTurns(rows)) {
    assertDeclared(row, declared);
    group.push(row);
    characters += sizeOf(row);
    if (group.length < groupRows && characters < groupCharacters) continue;
    writeGroup(writer, columns, group);
    yield sink.take();
    group = [];
    characters = 0;
  }
  if (group.length > 0) writeGroup(writer, columns, group);
  writer.finish();
  yield sink.take();
}

function writeGroup(writer: ParquetWriter, columns: readonly Column[], group: readonly ExportedRow[]): void {
  const columnData = columns.map(({ name, type }) => ({ name, data: group.map((row) => cellOf(row[name], type)) }));
  writer.write({ columnData, rowGroupSize: group.length });
}

/** The bytes since they were last taken; offsets go on counting. */
class Sink extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.getBuffer());
    this.index = 0;
    return bytes;
  }
}

/** A value as its column has it, whatever it is made of. */
function cellOf(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (type === "json") return JSON.stringify(value);
  if (type === "text") return String(value);
  if (typeof type === "string") return value;
  if ("list" in type) return Array.isArray(value) ? value.map((one: unknown) => cellOf(one, type.list)) : null;
  return Object.fromEntries(
    Object.entries(type.fields).map(([name, of]) => [name, cellOf(Reflect.get(Object(value), name), of)]),
  );
}

/** About how many characters a row has, wherever they stand in it. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  let sum = 0;
  for (const inner of Object.values(value)) sum += sizeOf(inner);
  return sum;
}
