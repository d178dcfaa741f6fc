import type { PreparationSpec } from "@touchstone/contracts";
import type { Step } from "./item.ts";
import { answersInOrder, judgementOf } from "./judgement-of.ts";
import { answersOfRow, promptText } from "./row-texts.ts";
import { hashText, shinglesOf } from "./similarity/shingles.ts";
import { SimilarityIndex } from "./similarity/similarity-index.ts";

/**
 * Drops rows that say nearly what an earlier, kept row said: prompt and every answer each at least `threshold` alike, the
 * judgement and its author the same. The first of them stays.
 */
export function nearDuplicates({ threshold, hashes, shingle }: PreparationSpec["duplicates"]): Step {
  const index = new SimilarityIndex(threshold, hashes);
  const kept: string[] = [];
  return (item, tell) => {
    const { row } = item;
    const group = hashText(judgementOf(row));
    const texts = [...(row.kind === "text" ? [] : [promptText(row)]), ...answersInOrder(row, answersOfRow(row))];
    const parts = texts.map((text) => shinglesOf(text, shingle, group));
    const keys = index.keysOf(parts);
    for (const { entry, similarity } of index.similar(parts, keys)) {
      tell(`${threshold} or more like an earlier row`, `${similarity.toFixed(2)} like ${kept[entry]}`);
      return null;
    }
    index.add(parts, keys);
    kept.push(item.id);
    return item;
  };
}
