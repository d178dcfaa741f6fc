import { parquetWriteBuffer } from "hyparquet-writer";

/** A Parquet file of columns of text, for tests. */
export function parquetOf(columns: Readonly<Record<string, readonly string[]>>): Buffer {
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data: [...data] }));
  return Buffer.from(parquetWriteBuffer({ columnData }));
}
