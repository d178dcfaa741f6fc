import { createReadStream } from "node:fs";
import type { Comparison } from "@touchstone/contracts";
import { clusterKey, readTraining } from "@touchstone/datasets";
import { referenceFile } from "../../harness/reference-data.ts";

/**
 * Of Anthropic's HH (Bai et al. 2022), the first 1,300 pairs of harmless-base's test split. What people wrote there offends: it is measured
 * on, never shown. The prompt's id is that of its cluster, the words that began the conversation.
 */
export async function readHarmlessness(): Promise<Comparison[]> {
  const bytes = createReadStream(referenceFile("preference/hh_harmless_base_test.rows0001-1300.jsonl.gz"));
  const rows: Comparison[] = [];
  for await (const row of readTraining(bytes, "train")) {
    if (row.kind === "comparison") rows.push({ ...row, promptId: clusterKey(row, null) });
  }
  return rows;
}

/** Clusters dealt out by the hash that is their name. */
export function foldOf({ promptId }: Pick<Comparison, "promptId">, folds: number): number {
  return Number.parseInt(promptId.slice(0, 8), 16) % folds;
}
