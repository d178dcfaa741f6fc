import type { RankingAnswer } from "@touchstone/contracts";
import { originOf, readable } from "../judged-task.ts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

/**
 * One observation, whole: groups of answers, the best first, those of one rank tied. Answers without a rank are the last
 * group, whose order among themselves is not known (`rest`).
 */
export const ranking: QuestionRules<"ranking"> = {
  fault,
  forms(answer, asked) {
    const shown = asked.task.shownOrder.map((index) => readable(asked.task)[index]);
    const ofRank = (rank: number | null) =>
      shown.flatMap((completion, place) => (completion && answer.ranks[place] === rank ? [completion] : []));
    const ranked = ranksOf(answer).map(ofRank);
    const rest = ofRank(null);
    const groups = rest.length > 0 ? [...ranked, rest] : ranked;
    return [{ kind: "ranking", ...originOf(asked.task), groups, ...(rest.length > 1 ? { rest: true } : {}) }];
  },
  orders: true,
  agreement: { scale: "ordinal", measurements: pairs },
};

function fault(answer: RankingAnswer, { settings, task }: Asked<"ranking">): AnswerFault | null {
  const count = task.completions.length;
  const ranked = answer.ranks.filter((rank) => rank !== null);
  if (answer.ranks.length !== count) {
    return { path: ["ranks"], message: `Give ${count} ranks, one for each answer in the order shown.` };
  }
  const wanted = Math.min(settings.top ?? count, count);
  if (ranked.length < wanted) return { path: ["ranks"], message: `Rank at least ${wanted} of the ${count} answers.` };
  if (!settings.ties && new Set(ranked).size < ranked.length) {
    return { path: ["ranks"], message: "This question takes no ties: give each answer a rank of its own." };
  }
  return null;
}

/** The different ranks that were given, the best first. */
const ranksOf = ({ ranks }: RankingAnswer): number[] =>
  [...new Set(ranks.flatMap((rank) => rank ?? []))].sort((one, other) => one - other);

/** Each pair of answers in canonical order: 1 the first better, −1 the second, 0 a tie or both of the rest. */
function pairs(answer: RankingAnswer, { task }: Asked<"ranking">): Measurement[] {
  const rankOf = (canonical: number): number => answer.ranks[task.shownOrder.indexOf(canonical)] ?? Infinity;
  return task.completions.flatMap((_, one) =>
    task.completions.slice(one + 1).map((_, offset) => {
      const other = one + 1 + offset;
      const [first, second] = [rankOf(one), rankOf(other)];
      return { unit: `${one}-${other}`, value: first === second ? 0 : Math.sign(second - first) };
    }),
  );
}
