import type { TrainingRow } from "@touchstone/datasets";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";

/**
 * The rows of one kind as a Parquet file, so that what a run learned from can be read with any tool. Nested values are JSON
 * columns.
 */
export function parquetOf(rows: readonly TrainingRow[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columnData = names.map((name) =>
    columnOf(
      name,
      rows.map((row) => Reflect.get(row, name)),
    ),
  );
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function columnOf(name: string, data: unknown[]): ColumnSource {
  const nullable = data.some((value) => value === undefined);
  const isAll = (type: string) => data.every((value) => value === undefined || typeof value === type);
  if (isAll("string")) return { name, data, type: "STRING", nullable };
  if (isAll("boolean")) return { name, data, type: "BOOLEAN", nullable };
  if (isAll("number")) return { name, data, type: "DOUBLE", nullable };
  return { name, data, type: "JSON", nullable };
}
