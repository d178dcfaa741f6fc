import type { CardPeople } from "@touchstone/contracts";
import { grouped } from "../reward/grouped.ts";
import { meanOver, promptsIn, rightBy, shareOf } from "./card-figure.ts";
import type { CardPair } from "./card-pair.ts";

/**
 * How well people agree on the pairs that at least two of them decided, and how well the model agrees with them there. Each judgement
 * asks: what share of the others who judged this pair chose the same side? Its mean is the accuracy of a person, picked at random, as
 * a predictor of another, so it stands beside the model's accuracy on the same judgements. It is no strict ceiling: whoever
 * foretells the majority does better than one person.
 *
 * @returns null where no pair was decided by two people
 */
export function cardPeople(decided: readonly CardPair[]): CardPeople | null {
  const named = decided.filter(({ annotator }) => annotator !== null);
  const judged = [...grouped(named, keyOfPair).values()].flatMap((judgements) => {
    // Whoever judged a pair twice counts once, by the last time.
    const last = [...new Map(judgements.map((pair) => [pair.annotator, pair])).values()];
    return last.length < 2 ? [] : last.map((pair) => ({ pair, agreeing: agreeingWith(pair, last) }));
  });
  if (judged.length === 0) return null;
  const agreeing = new Map(judged.map(({ pair, agreeing }) => [pair, agreeing]));
  const pairs = judged.map(({ pair }) => pair);
  const person = (pair: CardPair) => agreeing.get(pair) ?? 0;
  const model = (pair: CardPair) => rightBy(pair, pair.model);
  return {
    pairs: new Set(pairs.map(keyOfPair)).size,
    prompts: promptsIn(pairs),
    judgements: pairs.length,
    agreement: shareOf(pairs, person),
    model: shareOf(pairs, model),
    lead: meanOver(pairs, (pair) => model(pair) - person(pair), [-1, 1]),
  };
}

/** The same two answers to the same prompt, whichever is called a. */
function keyOfPair({ promptId, answers }: CardPair): string {
  return JSON.stringify([promptId, ...answers.map(({ id }) => id).sort()]);
}

/** Share of the others who preferred the same answer. */
function agreeingWith(pair: CardPair, all: readonly CardPair[]): number {
  const others = all.filter((other) => other !== pair);
  return others.filter((other) => preferred(other) === preferred(pair)).length / others.length;
}

function preferred({ answers: [a, b], outcome }: CardPair): string {
  return outcome > 0 ? a.id : b.id;
}
