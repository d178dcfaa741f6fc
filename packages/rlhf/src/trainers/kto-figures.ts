import { meanOf } from "../arithmetic.ts";
import type { Metrics } from "../training/request.ts";
import type { KtoAnswer, KtoRow } from "./kto-answers.ts";

/**
 * What wanted and unwanted answers gained against the reference, in nats, and how well the gains tell them apart: within
 * decided comparisons (accuracy), and over every wanted answer beside every unwanted one where there are answers judged alone
 * (separation, the area under the ROC curve).
 */
export function gainFigures(rows: readonly KtoRow[], gains: ReadonlyMap<KtoAnswer, number>): Metrics {
  const gainOf = (answer: KtoAnswer) => gains.get(answer) ?? 0;
  const decided = rows.filter(({ answers: [one, other] }) => !one || !other || one.wanted * other.wanted === -1);
  const judged = decided.flatMap(({ answers }) => answers);
  const [wanted = [], unwanted = []] = [1, -1].map((way) => judged.filter((one) => one.wanted === way).map(gainOf));
  const pairs = decided.filter(({ answers }) => answers.length === 2);
  const isRight = ({ answers }: KtoRow) => {
    const gain = (way: 1 | -1) => meanOf(answers.filter((one) => one.wanted === way).map(gainOf));
    return right(gain(1), gain(-1));
  };
  const alone = decided.length - pairs.length;
  return {
    ...(pairs.length > 0 ? { comparisons: pairs.length, accuracy: meanOf(pairs.map(isRight)) } : {}),
    ...(alone > 0 ? { answers: alone } : {}),
    ...(alone > 0 && wanted.length > 0 && unwanted.length > 0 ? { separation: separation(wanted, unwanted) } : {}),
    ...(wanted.length > 0 ? { chosenLogRatio: meanOf(wanted) } : {}),
    ...(unwanted.length > 0 ? { rejectedLogRatio: meanOf(unwanted) } : {}),
  };
}

function separation(wanted: readonly number[], unwanted: readonly number[]): number {
  return meanOf(wanted.flatMap((up) => unwanted.map((down) => right(up, down))));
}

/** 1 where the first is the greater, ½ where both are equal. */
function right(up: number, down: number): number {
  return (Math.sign(up - down) + 1) / 2;
}
