/** Something of a list with a key that stays its own when others come or go. */
export interface Keyed<Item> {
  readonly key: string;
  readonly item: Item;
}

/** Keys for things that have no id: what they say, and which of those that say the same each one is. */
export function keyedBy<Item>(items: readonly Item[], says: (item: Item) => string): Keyed<Item>[] {
  const met = new Map<string, number>();
  return items.map((item) => {
    const said = says(item);
    const before = met.get(said) ?? 0;
    met.set(said, before + 1);
    return { key: `${before} ${said}`, item };
  });
}
