import type { BestWorstAnswer, Comparison } from "@touchstone/contracts";
import { type JudgedTask, originOf, readable } from "../judged-task.ts";
import type { AnswerFault, Asked, QuestionRules } from "./question-rules.ts";

/** Plainly better, and not by how much: nobody was asked that. */
const better = 2;

/**
 * The best and the worst of several answers (best–worst scaling, “case 1”: Louviere et al. 2015): the best is better than each
 * other one, and each other one better than the worst. Of two that are between nothing is known, so they are no pair and no
 * tie. All pairs come of one choice: at weight 2/K each they count about as those of a ranking of K answers do.
 */
export const bestWorst: QuestionRules<"best-worst"> = {
  fault,
  forms(answer, { task }) {
    const completions = readable(task);
    return pairs(answer, task).flatMap(({ one, other, value }): Comparison[] => {
      const [a, b] = [completions[one], completions[other]];
      if (value === 0 || a === undefined || b === undefined) return [];
      const winner = value > 0 ? one : other;
      return [
        {
          kind: "comparison",
          ...originOf(task),
          a,
          b,
          outcome: value * better,
          bothBad: false,
          first: task.shownOrder.indexOf(one) < task.shownOrder.indexOf(other) ? "a" : "b",
          weight: 2 / completions.length,
          ...(winner === task.shownOrder[answer.best] ? {} : { best: false }),
        },
      ];
    });
  },
  orders: true,
  agreement: {
    scale: "ordinal",
    measurements: (answer, { task }) =>
      pairs(answer, task).map(({ one, other, value }) => ({ unit: `${one}-${other}`, value })),
  },
};

function fault({ best, worst }: BestWorstAnswer, { task }: Asked<"best-worst">): AnswerFault | null {
  const count = task.completions.length;
  const message = `Name one of the ${count} answers by its place as shown, counted from 0.`;
  if (best >= count) return { path: ["best"], message };
  if (worst >= count) return { path: ["worst"], message };
  return best === worst ? { path: ["worst"], message: "The best answer can't be the worst too." } : null;
}

/** Each pair of answers in canonical order: 1 the first better, −1 the second, 0 both between. */
function pairs({ best, worst }: BestWorstAnswer, { shownOrder, completions }: JudgedTask) {
  const level = (canonical: number): number => {
    const place = shownOrder.indexOf(canonical);
    if (place === best) return 1;
    return place === worst ? -1 : 0;
  };
  return completions.flatMap((_, one) =>
    completions.slice(one + 1).map((_, offset) => {
      const other = one + 1 + offset;
      return { one, other, value: Math.sign(level(one) - level(other)) };
    }),
  );
}
