import { createHash } from "node:crypto";

/** The whole state of a generator, JSON-safe: restoring it continues the very same sequence. */
export interface RandomState {
  readonly words: readonly [number, number, number, number];
  /** The second half of the last Box–Muller pair, not yet handed out. */
  readonly spareNormal: number | null;
}

export interface SeededRandom {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Standard normal, or of the given mean and standard deviation. */
  normal(mean?: number, standardDeviation?: number): number;
  /** A whole number in [0, end), without modulo bias. @throws RangeError unless 1 ≤ end ≤ 2³² */
  int(end: number): number;
  /** A new array with the same items in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** `size` values of `normal` in a new array, for initial weights. */
  normals(size: number, standardDeviation?: number): Float32Array;
  /**
   * An independent generator for a named purpose. It depends on this generator's seed and the name only, not on how much
   * was drawn before, so a new consumer never shifts the numbers of another.
   */
  fork(name: string): SeededRandom;
  /** The state to keep in a checkpoint. `restoreRandom` takes it back. */
  state(): SerialisedRandom;
}

export interface SerialisedRandom extends RandomState {
  readonly algorithm: "xoshiro128**";
  readonly seed: string;
}

/**
 * A deterministic generator: xoshiro128** 1.1 by Blackman and Vigna, "Scrambled linear pseudorandom number generators"
 * (2021), period 2¹²⁸ − 1. Its four words are the first 16 bytes (little-endian) of SHA-256 of the seed's text, so that
 * near seeds give unrelated sequences. Not for secrets.
 */
export function seededRandom(seed: number | string): SeededRandom {
  const text = String(seed);
  const digest = createHash("sha256").update(text).digest();
  const word = (index: number) => digest.readUInt32LE(4 * index);
  return generator(text, { words: [word(0), word(1), word(2), word(3)], spareNormal: null });
}

/** Continues a generator from `state()`. @throws RangeError if the state is none of ours */
export function restoreRandom(saved: SerialisedRandom): SeededRandom {
  if (saved.algorithm !== "xoshiro128**") throw new RangeError(`unknown random algorithm ${String(saved.algorithm)}`);
  if (saved.words.length !== 4 || !saved.words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)) {
    throw new RangeError("a random state is four unsigned 32-bit words");
  }
  if (saved.words.every((word) => word === 0)) throw new RangeError("a random state must not be all zero");
  return generator(saved.seed, saved);
}

function generator(seed: string, from: RandomState): SeededRandom {
  const words = Uint32Array.from(from.words);
  let spareNormal = from.spareNormal;
  const next = () => nextWord(words);
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;

  function normal(mean = 0, standardDeviation = 1): number {
    if (spareNormal !== null) {
      const spare = spareNormal;
      spareNormal = null;
      return mean + standardDeviation * spare;
    }
    // Box and Muller 1958; 1 − u lies in (0, 1], so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spareNormal = radius * Math.sin(angle);
    return mean + standardDeviation * radius * Math.cos(angle);
  }

  function int(end: number): number {
    if (!Number.isInteger(end) || end < 1 || end > 2 ** 32) throw new RangeError(`int needs 1 ≤ end ≤ 2³², not ${end}`);
    // Words at or above the largest multiple of `end` would favour small results: draw again.
    const limit = 2 ** 32 - (2 ** 32 % end);
    let word = next();
    while (word >= limit) word = next();
    return word % end;
  }

  return {
    uniform,
    normal,
    int,
    shuffle<T>(items: readonly T[]): T[] {
      const order = items.map((_, index) => index);
      for (let last = order.length - 1; last > 0; last--) {
        const other = int(last + 1);
        const moved = order[last] ?? 0;
        order[last] = order[other] ?? 0;
        order[other] = moved;
      }
      return order.flatMap((index) => items.slice(index, index + 1));
    },
    normals: (size, standardDeviation = 1) => Float32Array.from({ length: size }, () => normal(0, standardDeviation)),
    fork: (name) => seededRandom(`${seed}/${name}`),
    state: () => ({
      algorithm: "xoshiro128**",
      seed,
      words: [words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0],
      spareNormal,
    }),
  };
}

/** One step of xoshiro128**: returns an unsigned 32-bit word and advances the state in place. */
function nextWord(words: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = words;
  const product = Math.imul(b, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  const mixedC = c ^ a;
  const mixedD = d ^ b;
  words[0] = a ^ mixedD;
  words[1] = b ^ mixedC;
  words[2] = mixedC ^ (b << 9);
  words[3] = (mixedD << 11) | (mixedD >>> 21);
  return result;
}
