import type { CardPair } from "./card-pair.ts";

/** A pair of which nothing but what is given matters. */
export function pairOf(given: Partial<CardPair> = {}): CardPair {
  const { model = 1 } = given;
  return {
    ...{ promptId: "p", split: "test", annotator: "w", language: "en", outcome: 1, strength: 1, model },
    answers: [
      { id: "a", length: 10 },
      { id: "b", length: 10 },
    ],
    ...{ logOdds: model, untrained: null, bigram: null, shuffled: null, empty: null },
    ...given,
  };
}
