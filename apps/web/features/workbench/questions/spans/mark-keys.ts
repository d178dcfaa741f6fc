/** Letters that mean something else at the desk are left to that. */
const keys = [..."1234567890acehijklpqrtuvxy"];

/** The key of each of so many things, as far as there are keys. */
export const keysFor = (count: number): (string | undefined)[] =>
  Array.from({ length: count }, (_, index) => keys[index]);
