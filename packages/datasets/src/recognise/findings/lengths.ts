import type { TextLengths } from "@touchstone/contracts";
import { countWords } from "./word-count.ts";

/** Lengths up to here are counted one by one; a text has at most a hundred thousand characters. */
const exact = 1 << 17;
/** Beyond, a step is this part of a doubling: a quartile is right to .3 %. */
const steps = 256;

/** Numbers of which the quartiles are wanted, in memory that does not grow with them. */
class Quantiles {
  longest = 0;
  #count = 0;
  readonly #exact = new Uint32Array(exact);
  readonly #beyond = new Map<number, number>();

  add(length: number): void {
    this.#count += 1;
    this.longest = Math.max(this.longest, length);
    if (length < exact) this.#exact[length] = (this.#exact[length] ?? 0) + 1;
    else {
      const step = Math.floor(Math.log2(length / exact) * steps);
      this.#beyond.set(step, (this.#beyond.get(step) ?? 0) + 1);
    }
  }

  /** The least length that a share of all reaches no further than. */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.#count));
    for (const [length, count] of this.#exact.entries()) {
      left -= count;
      if (left <= 0) return length;
    }
    for (const [step, count] of [...this.#beyond].toSorted(([one], [other]) => one - other)) {
      left -= count;
      if (left <= 0) return Math.round(exact * 2 ** (step / steps));
    }
    return this.longest;
  }

  view() {
    const quartiles: [number, number, number] = [this.quantile(0.25), this.quantile(0.5), this.quantile(0.75)];
    return { quartiles, longest: this.longest };
  }
}

/** How long the texts of one kind are, in words and characters. */
export class Lengths {
  #texts = 0;
  #longestLine = 0;
  readonly #words = new Quantiles();
  readonly #characters = new Quantiles();

  /** @param texts that count as one, as the turns of a conversation do */
  add(texts: readonly string[], line: number): void {
    this.#texts += 1;
    let [words, characters] = [0, 0];
    for (const text of texts) {
      words += countWords(text);
      characters += text.length;
    }
    if (characters > this.#characters.longest) this.#longestLine = line;
    this.#words.add(words);
    this.#characters.add(characters);
  }

  view(): TextLengths | null {
    if (this.#texts === 0) return null;
    return {
      texts: this.#texts,
      words: this.#words.view(),
      characters: this.#characters.view(),
      longestLine: this.#longestLine,
    };
  }
}
