/** A small seeded generator: this package draws on nothing, so that pages and workers may use it without an engine. */
export interface PracticeRandom {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** A whole number in [0, end). */
  int(end: number): number;
  chance(probability: number): boolean;
  /** One of the items. @throws RangeError when there are none */
  pick<T>(items: readonly T[]): T;
}

/** FNV-1a over UTF-16 units with a final avalanche, 32 bits: stable across machines, for splits and ids as well as seeds. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same seed always gives the same sequence (mulberry32 over the hash of the seed's text). */
export function practiceRandom(seed: string): PracticeRandom {
  let state = hash32(seed);
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    // Box and Muller 1958; 1 − u lies in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    int: (end) => Math.floor(uniform() * end),
    chance: (probability) => uniform() < probability,
    pick<T>(items: readonly T[]): T {
      const [item] = items.slice(Math.floor(uniform() * items.length));
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
  };
}
