import type { ModelComparison } from "./model-comparison.ts";

/**
 * The models by who met whom, directly or through others; models of different groups can't be compared. Groups and the
 * names in them are sorted, the largest group first.
 */
export function comparableGroups(models: readonly string[], comparisons: readonly ModelComparison[]): string[][] {
  const parent = new Map(models.map((model) => [model, model]));
  const rootOf = (model: string): string => {
    let root = model;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(model, root);
    return root;
  };
  for (const { a, b } of comparisons) parent.set(rootOf(a), rootOf(b));
  const groups = new Map<string, string[]>();
  for (const model of [...models].sort()) {
    const root = rootOf(model);
    groups.set(root, [...(groups.get(root) ?? []), model]);
  }
  return [...groups.values()].sort((left, right) => right.length - left.length);
}
