export interface CohenKappa {
  /** (observed − expected) / (1 − expected); 1 when both always give one and the same label. */
  readonly kappa: number;
  /** Share of items with equal labels. */
  readonly observed: number;
  /** The share that two independent annotators with these habits would reach. */
  readonly expected: number;
  readonly items: number;
}

/**
 * Cohen's κ of two annotators over the items that both judged.
 * Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, p. 40.
 *
 * @param pairs the label of the first and of the second annotator, one entry an item.
 * @throws RangeError without items, for which no agreement is defined.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): CohenKappa {
  const items = pairs.length;
  if (items === 0) throw new RangeError("Cohen's κ needs at least one item that both annotators judged");
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  let equal = 0;
  for (const [one, other] of pairs) {
    first.set(one, (first.get(one) ?? 0) + 1);
    second.set(other, (second.get(other) ?? 0) + 1);
    if (one === other) equal += 1;
  }
  const observed = equal / items;
  let expected = 0;
  for (const [label, count] of first) expected += (count / items) * ((second.get(label) ?? 0) / items);
  return { kappa: expected === 1 ? 1 : (observed - expected) / (1 - expected), observed, expected, items };
}
