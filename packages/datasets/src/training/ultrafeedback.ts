import type { Comparison, Rating, Split } from "@touchstone/contracts";
import { promptOf } from "../formats/messages.ts";
import { asNumber, textOf, valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { contentId } from "./training-row.ts";

/**
 * UltraFeedback: an instruction with several completions, each with an overall score. Every pair becomes a comparison at weight
 * 2/K, since K answers of one prompt say about as much as K/2 pairs that know nothing of each other; every annotation becomes a
 * rating of its aspect.
 * @throws DomainError `invalid_line`
 */
export function ultraFeedbackRows({ line, value }: JsonRow, split: Split): (Comparison | Rating)[] {
  const prompt = promptOf(value.instruction, line, "instruction");
  const completions = Array.isArray(value.completions) ? value.completions : [];
  const answers = completions.map((completion: unknown, index) => {
    const at = `completions.${index}`;
    if (!isObject(completion)) throw lineProblem(line, at, "ultraFeedbackCompletion");
    const text = textOf(completion.response, line, `${at}.response`);
    return {
      completionId: contentId([prompt, text]),
      text,
      score: overallScore(completion, line, at),
      ratings: ratingsOf(completion),
    };
  });
  const origin = { promptId: contentId(prompt), prompt, split, annotator: "GPT-4" };
  const comparisons = answers.flatMap((a, i) =>
    answers.slice(i + 1).map((b, offset) => ({
      kind: "comparison" as const,
      ...origin,
      judgementId: `line ${line}, ${i + 1} and ${i + offset + 2}`,
      a: { completionId: a.completionId, text: a.text },
      b: { completionId: b.completionId, text: b.text },
      outcome: 2 * Math.sign(a.score - b.score),
      bothBad: false,
      first: "a" as const,
      weight: 2 / answers.length,
    })),
  );
  const ratings = answers.flatMap(({ completionId, text, ratings: given }, i) =>
    given.map(({ aspect, score }) => ({
      kind: "rating" as const,
      ...origin,
      judgementId: `line ${line}, ${aspect} of ${i + 1}`,
      completion: { completionId, text },
      score,
      aspect,
      weight: 1,
    })),
  );
  return [...comparisons, ...ratings];
}

const aspects = ["helpfulness", "honesty", "instruction_following", "truthfulness"] as const;

/** Those of the four that are numbers from 1 to 5; some rows say "N/A". */
function ratingsOf(completion: JsonRow["value"]) {
  return aspects.flatMap((aspect) => {
    const score = asNumber(valueAt(completion, `annotations.${aspect}.Rating`)) ?? Number.NaN;
    return score >= 1 && score <= 5 ? [{ aspect, score }] : [];
  });
}

/** The mean of the four ratings, where they are numbers, is known to be sounder than `overall_score`, which held slips. */
function overallScore(completion: JsonRow["value"], line: number, at: string): number {
  const ratings = aspects.map((aspect) => asNumber(valueAt(completion, `annotations.${aspect}.Rating`)) ?? Number.NaN);
  if (ratings.every(Number.isFinite)) return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  const score = asNumber(completion.overall_score);
  if (score !== undefined) return score;
  throw lineProblem(line, `${at}.overall_score`, "overallScoreMissing");
}
