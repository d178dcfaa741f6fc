import type { AspectsAnswer, Rating } from "@touchstone/contracts";
import { originOf, readable } from "../judged-task.ts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

/** A rating of each answer for each aspect, on the 1–5 scale that learning reads; seven steps are spread evenly over it. */
export const aspects: QuestionRules<"aspects"> = {
  fault,
  forms(answer, asked) {
    const completions = readable(asked.task);
    return cells(answer, asked).flatMap(({ aspect, canonical, score }): Rating[] => {
      const completion = completions[canonical];
      if (completion === undefined) throw new RangeError(`a rating is of one of the answers, and ${canonical} is none`);
      const onFive = 1 + ((score - 1) * 4) / (asked.settings.steps - 1);
      return [{ kind: "rating", ...originOf(asked.task), completion, score: onFive, aspect }];
    });
  },
  agreement: { scale: "interval", measurements },
};

function fault({ ratings }: AspectsAnswer, { settings, task }: Asked<"aspects">): AnswerFault | null {
  const count = task.completions.length;
  const unknown = Object.keys(ratings).find((name) => !settings.aspects.includes(name));
  if (unknown !== undefined) {
    return { path: ["ratings", unknown], message: `This question has the aspects ${settings.aspects.join(", ")}.` };
  }
  for (const aspect of settings.aspects) {
    const scores = scoresOf(ratings, aspect);
    const path = ["ratings", aspect];
    if (scores.length !== count) {
      return { path, message: `Give ${count} scores, one for each answer in the order shown.` };
    }
    const place = scores.findIndex((score) => score > settings.steps);
    if (place >= 0) return { path: [...path, place], message: `This question has the scores 1 to ${settings.steps}.` };
  }
  return null;
}

/** An aspect may be called as something that every object has. */
const scoresOf = (ratings: AspectsAnswer["ratings"], aspect: string): readonly number[] =>
  Object.hasOwn(ratings, aspect) ? (ratings[aspect] ?? []) : [];

/** Each score with what it is about, in canonical order. */
function cells({ ratings }: AspectsAnswer, { settings, task }: Asked<"aspects">) {
  return settings.aspects.flatMap((aspect) => {
    const scores = scoresOf(ratings, aspect);
    return task.completions.flatMap((_, canonical) => {
      const score = scores[task.shownOrder.indexOf(canonical)];
      return score === undefined ? [] : [{ aspect, canonical, score }];
    });
  });
}

function measurements(answer: AspectsAnswer, asked: Asked<"aspects">): Measurement[] {
  return cells(answer, asked).map(({ aspect, canonical, score }) => ({ unit: `${canonical} ${aspect}`, value: score }));
}
