import type { AnswersTogether } from "@touchstone/contracts";
import { hash32 } from "./hash32.ts";
import { pairsOf } from "./ring.ts";

type Pair = readonly [number, number];

/** How many pairs of so many answers there are in all. */
export const allPairs = (answers: number): number => (answers * (answers - 1)) / 2;

/**
 * Which of a prompt's answers meet, as indexes, in the way that was chosen.
 *
 * @param key what names the prompt: with the seed it decides which pairs are drawn, so that the same file gives the same
 * pairs whenever it is read.
 */
export function pairsTogether(
  answers: number,
  { way, pairs, seed }: Pick<AnswersTogether, "way" | "pairs" | "seed">,
  key: string,
): readonly Pair[] {
  switch (way) {
    case "ring":
      return pairsOf(answers);
    case "all":
      return everyPair(answers);
    case "chain":
      return Array.from({ length: Math.max(0, answers - 1) }, (_, index) => [index, index + 1] as const);
    case "some":
      return drawnPairs(answers, pairs, `${seed}\n${key}`);
  }
}

function everyPair(answers: number): Pair[] {
  const indexes = Array.from({ length: answers }, (_, index) => index);
  return indexes.flatMap((a) => indexes.slice(a + 1).map((b) => [a, b] as const));
}

/**
 * Neighbours in a shuffled circle first, then those two apart, and so on: no pair comes twice, and after every round each
 * answer has met as many others as each other one.
 */
function drawnPairs(answers: number, wanted: number, seed: string): Pair[] {
  const circle = Array.from({ length: answers }, (_, index) => index)
    .map((index) => ({ index, place: hash32(`${seed}\n${index}`) }))
    .sort((one, other) => one.place - other.place || one.index - other.index)
    .map(({ index }) => index);
  const drawn: Pair[] = [];
  for (let apart = 1; apart <= answers / 2; apart++) {
    // Of those that stand right across, half a round is all of them.
    const round = 2 * apart === answers ? apart : answers;
    for (let start = 0; start < round; start++) {
      if (drawn.length === wanted) return drawn;
      const [one = 0, other = 0] = [circle[start], circle[(start + apart) % answers]];
      drawn.push(one < other ? [one, other] : [other, one]);
    }
  }
  return drawn;
}
