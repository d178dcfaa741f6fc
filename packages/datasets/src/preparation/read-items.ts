import { Split } from "@touchstone/contracts";
import { optionalName } from "../read/fields.ts";
import type { FileSummary } from "../training/file-summary.ts";
import { readTrainingLines, type TrainingOptions } from "../training/training-lines.ts";
import type { PreparedItem } from "./item.ts";
import { type PreservedColumns, preservedColumns } from "./preserved-columns.ts";
import { clusterKey } from "./splits/cluster-key.ts";

/** A row of a file, and the split that the file itself says it is of. */
export interface ReadItem extends PreparedItem {
  readonly published: Split | null;
  /** The file's columns beside those that make up the row. */
  readonly preserved: PreservedColumns;
}

/**
 * Reads a file as `readTraining` does. Columns `cluster` (or `message_tree_id`) and `split` place a row for good.
 *
 * @param name of the file, for people
 * @param options `summary` is told of every row
 * @throws DomainError `invalid_line` naming line and column; `body_too_large`
 */
export async function* readItems(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  { summary, ...options }: TrainingOptions & { readonly summary?: FileSummary } = {},
): AsyncGenerator<ReadItem> {
  for await (const read of readTrainingLines(bytes, "train", options)) {
    const { json, rows } = read;
    summary?.add(read);
    const { line, value } = json;
    const cluster =
      optionalName(value.cluster, line, "cluster") ?? optionalName(value.message_tree_id, line, "message_tree_id");
    const published = Split.safeParse(value.split).data ?? null;
    for (const row of rows)
      yield {
        id: `${name}:${line}`,
        row,
        key: clusterKey(row, cluster),
        published,
        preserved: preservedColumns(json, row),
      };
  }
}
