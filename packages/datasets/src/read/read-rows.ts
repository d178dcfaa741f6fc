import { decompress, type SizeLimits } from "./decompress.ts";
import { type JsonRow, readJsonRows } from "./json-rows.ts";

/** The rows of a file, whatever its form, found out from its content. */
export async function* readRows(bytes: AsyncIterable<Uint8Array>, limits?: SizeLimits): AsyncGenerator<JsonRow> {
  yield* readJsonRows(decompress(bytes, limits));
}
