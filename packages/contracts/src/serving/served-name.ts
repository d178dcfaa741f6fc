/** What a model is called by programs of others: its name in the registry, and its number among those of its kind. */
export function servedName(model: {
  readonly name: string;
  readonly givenName: string | null;
  readonly number: number;
}): string {
  const words = (model.givenName ?? model.name).toLowerCase().match(/[\p{L}\p{M}\p{N}._]+/gu) ?? [];
  return `${words.join("-") || "model"}/${model.number}`;
}

/** The number that such a name ends with; null where it is none. */
export function numberOfServedName(name: string): number | null {
  const [, digits] = /\/([1-9]\d{0,8})$/.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}
