import { grouped } from "../reward/grouped.ts";

/**
 * Deals whole clusters out to folds of about equal size: the largest first, each to the fold that has the fewest. The same for
 * whatever order the rows are in.
 *
 * @param clusters of each row
 * @returns the fold of each row, and how many there are: fewer where there are fewer clusters
 */
export function groupedFolds(clusters: readonly string[], wanted: number): { folds: number; of: number[] } {
  const groups = grouped(clusters, (cluster) => cluster);
  const folds = Math.min(wanted, groups.size);
  const sizes = Array.from({ length: folds }, () => 0);
  const foldOf = new Map<string, number>();
  const order = [...groups].sort(([x, ofX], [y, ofY]) => ofY.length - ofX.length || (x < y ? -1 : 1));
  for (const [cluster, { length }] of order) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold] = (sizes[fold] ?? 0) + length;
    foldOf.set(cluster, fold);
  }
  return { folds, of: clusters.map((cluster) => foldOf.get(cluster) ?? 0) };
}
