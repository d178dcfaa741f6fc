import type { CardBestOf } from "@touchstone/contracts";
import { meanOf, sumOf } from "../arithmetic.ts";
import { clusteredMean, clusteredShare } from "../reward/clustered-interval.ts";
import { grouped } from "../reward/grouped.ts";
import { cardFigure } from "./card-figure.ts";
import type { CardPair } from "./card-pair.ts";

/** Of two answers, picking the better one is the accuracy again. */
const fewestAnswers = 3;

interface Standing {
  /** Share of its decided comparisons that the answer won. */
  readonly won: number;
  readonly length: number;
  /** Mean difference of the model's score to the answers that it was compared with: the order of the scores themselves. */
  readonly score: number;
}

/**
 * Best-of-n (Stiennon et al. 2020, app. G) on stored answers that people have compared: of the answers to a prompt the model picks
 * one, and people's comparisons say how good it was. A policy's fresh answers would have no comparisons to say so. Only answers that were all compared with each other are read, where the mean difference
 * to the others puts them in the order of the scores themselves. Prompts weigh equally.
 *
 * @returns null where no prompt has three answers that were all compared
 */
export function cardBestOf(decided: readonly CardPair[]): CardBestOf | null {
  const prompts = [...grouped(decided, ({ promptId }) => promptId)].flatMap(([promptId, pairs]) => {
    const answers = standingsOf(pairs);
    return answers ? { promptId, answers } : [];
  });
  if (prompts.length === 0) return null;
  const wonBy = (answers: readonly Standing[], of: (answer: Standing) => number) => {
    const top = Math.max(...answers.map(of));
    return meanOf(answers.filter((answer) => of(answer) === top).map(({ won }) => won));
  };
  const rows = prompts.map(({ promptId, answers }) => ({
    cluster: promptId,
    answers: answers.length,
    picked: wonBy(answers, ({ score }) => score),
    longest: wonBy(answers, ({ length }) => length),
    most: Math.max(...answers.map(({ won }) => won)),
  }));
  const picked = clusteredShare(rows.map(({ cluster, picked }) => ({ cluster, value: picked })));
  const lead = clusteredMean(
    rows.map(({ cluster, picked, longest }) => ({ cluster, value: picked - longest })),
    [-1, 1],
  );
  return {
    candidates: "stored",
    prompts: rows.length,
    answers: meanOf(rows.map(({ answers }) => answers)),
    picked: cardFigure({ value: picked.mean, ...picked }),
    longest: meanOf(rows.map(({ longest }) => longest)),
    lead: cardFigure({ value: lead.mean, ...lead }),
    most: meanOf(rows.map(({ most }) => most)),
  };
}

/** The answers of one prompt, or nothing unless there are three or more and each was compared with each. */
function standingsOf(pairs: readonly CardPair[]): Standing[] | null {
  const ids = [...new Set(pairs.flatMap(({ answers }) => answers.map(({ id }) => id)))];
  const compared = new Set(pairs.map(({ answers }) => JSON.stringify(answers.map(({ id }) => id).sort())));
  if (ids.length < fewestAnswers || compared.size < (ids.length * (ids.length - 1)) / 2) return null;
  return ids.map((id) => {
    const own = pairs.flatMap((pair) => {
      const side = pair.answers[0].id === id ? 1 : -1;
      if (pair.answers.every((answer) => answer.id !== id)) return [];
      const [opponent, length] =
        side > 0 ? [pair.answers[1].id, pair.answers[0].length] : [pair.answers[0].id, pair.answers[1].length];
      return { opponent, length, won: pair.outcome * side > 0 ? 1 : 0, difference: side * pair.model };
    });
    // A pair that several people judged has one difference, however many they are.
    const differences = [...new Map(own.map(({ opponent, difference }) => [opponent, difference])).values()];
    return {
      won: meanOf(own.map(({ won }) => won)),
      length: own[0]?.length ?? 0,
      score: sumOf(differences) / ids.length,
    };
  });
}
