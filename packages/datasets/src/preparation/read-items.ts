import { Split } from "@touchstone/contracts";
import type { SizeLimits } from "../read/decompress.ts";
import { optionalName } from "../read/fields.ts";
import { readRows } from "../read/read-rows.ts";
import { rowsOf } from "../training/rows-of.ts";
import type { PreparedItem } from "./item.ts";
import { clusterKey } from "./splits/cluster-key.ts";

/** A row of a file, and the split that the file itself says it is of. */
export interface ReadItem extends PreparedItem {
  readonly published: Split | null;
}

/**
 * Reads a file as `readTraining` does. Columns `cluster` (or `message_tree_id`) and `split` place a row for good.
 *
 * @param name of the file, for people
 * @throws DomainError `invalid_line` naming line and column; `body_too_large`
 */
export async function* readItems(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  limits?: SizeLimits,
): AsyncGenerator<ReadItem> {
  for await (const json of readRows(bytes, limits)) {
    const { line, value } = json;
    const cluster =
      optionalName(value.cluster, line, "cluster") ?? optionalName(value.message_tree_id, line, "message_tree_id");
    const rows = rowsOf(json, "train");
    const published = Split.safeParse(value.split).data ?? null;
    for (const row of rows) yield { id: `${name}:${line}`, row, key: clusterKey(row, cluster), published };
  }
}
