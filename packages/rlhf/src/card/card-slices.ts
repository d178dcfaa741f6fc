import type { CardSlice, ReportCard } from "@touchstone/contracts";
import { meanOf } from "../arithmetic.ts";
import { grouped } from "../reward/grouped.ts";
import { meanOver, promptsIn, rightBy, shareOf } from "./card-figure.ts";
import { type CardPair, lengthDifference } from "./card-pair.ts";
import { quantile } from "./quantile.ts";

/** Answers that differ by at most this share of the longer one say little by their length. */
const sameLength = 0.3;
/** Annotators who are listed by themselves; all others are one row. */
const mostAnnotators = 20;

/** How good the model is on some of the decided pairs, beside “the longer answer wins”. */
export function cardSlice(of: string, pairs: readonly CardPair[]): CardSlice {
  const model = (pair: CardPair) => rightBy(pair, pair.model);
  const longer = (pair: CardPair) => rightBy(pair, lengthDifference(pair));
  return {
    of,
    pairs: pairs.length,
    prompts: promptsIn(pairs),
    accuracy: shareOf(pairs, model),
    longer: meanOf(pairs.map(longer)),
    lead: meanOver(pairs, (pair) => model(pair) - longer(pair), [-1, 1]),
  };
}

/** Whether the lengths differ by at most 30 % of the longer answer's. */
export function isLengthMatched({ answers: [a, b] }: CardPair): boolean {
  return Math.abs(a.length - b.length) <= sameLength * Math.max(a.length, b.length);
}

export function cardSlices(decided: readonly CardPair[]): ReportCard["slices"] {
  return {
    strength: slicesBy(decided, ({ strength }) => String(strength)).sort((one, other) => (one.of < other.of ? -1 : 1)),
    language: slicesBy(decided, ({ language }) => language).sort((one, other) => other.pairs - one.pairs),
    length: slicesByLength(decided),
    annotator: slicesByAnnotator(decided),
  };
}

function slicesBy(pairs: readonly CardPair[], of: (pair: CardPair) => string): CardSlice[] {
  return [...grouped(pairs, of)].map(([name, own]) => cardSlice(name, own));
}

/** Thirds by the length of the longer answer, in characters. */
function slicesByLength(pairs: readonly CardPair[]): CardSlice[] {
  const lengthOf = ({ answers: [a, b] }: CardPair) => Math.max(a.length, b.length);
  const lengths = pairs.map(lengthOf);
  const ends = [1 / 3, 2 / 3].map((share) => Math.floor(quantile(lengths, share)));
  const [short = 0, long = 0] = ends;
  const spans: [string, (length: number) => boolean][] = [
    [`≤ ${short}`, (length) => length <= short],
    [`${short + 1}–${long}`, (length) => length > short && length <= long],
    [`> ${long}`, (length) => length > long],
  ];
  return spans.flatMap(([name, holds]) => {
    const own = pairs.filter((pair) => holds(lengthOf(pair)));
    return own.length > 0 ? cardSlice(name, own) : [];
  });
}

/**
 * By annotator, whoever judged most first. They are numbered within this card: a pseudonym that is theirs elsewhere too would stay
 * here when it is taken from everything else.
 */
function slicesByAnnotator(pairs: readonly CardPair[]): CardSlice[] {
  const named = pairs.filter(({ annotator }) => annotator !== null);
  const people = [...grouped(named, ({ annotator }) => annotator ?? "")].sort(
    ([one, own], [other, others]) => others.length - own.length || (one < other ? -1 : 1),
  );
  const listed = people.slice(0, mostAnnotators).map(([, own], index) => cardSlice(`A${index + 1}`, own));
  const rest = people.slice(mostAnnotators).flatMap(([, own]) => own);
  return rest.length > 0 ? [...listed, cardSlice("others", rest)] : listed;
}
