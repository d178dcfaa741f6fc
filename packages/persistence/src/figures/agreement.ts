import { Answer, type ProjectFigures, QuestionKind } from "@touchstone/contracts";
import { krippendorffAlpha, outcomeOf } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";

/** The figure is live, so its cost must not grow with the project: it speaks of the latest judgements. */
const latestJudgements = 800;
/** Resamples behind the interval: enough for two digits, and some ten milliseconds of one core. */
const resamples = 200;

const Row = z.object({
  taskId: z.uuid(),
  question: QuestionKind,
  answer: Answer,
  shownOrder: z.array(z.number()),
  /** How many people said just this. */
  times: z.int().positive(),
});

/**
 * How far people agree with each other on tasks that several have judged: Krippendorff's α, ordinal for preferences
 * (seven steps), interval for ratings. Of a project that asks both, the question with more pairs speaks.
 * Simulated annotators are left out.
 */
export async function agreementOfPeople(db: Database, projectId: string): Promise<ProjectFigures["agreement"]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH latest AS (
      SELECT j.task_id FROM judgement j
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source <> 'simulated'
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${latestJudgements}::int
    )
    SELECT j.task_id AS "taskId", j.question_kind::text AS question, j.answer, j.shown_order AS "shownOrder",
      count(*)::int AS times
    FROM effective_judgement j
    WHERE j.task_id IN (SELECT task_id FROM latest) AND j.source <> 'simulated'
    GROUP BY j.task_id, j.question_kind, j.answer, j.shown_order`;
  const units = { preference: new Map<string, Map<number, number>>(), rating: new Map<string, Map<number, number>>() };
  for (const { taskId, question, answer, shownOrder, times } of z.array(Row).parse(rows)) {
    const unit = units[question].get(taskId) ?? new Map<number, number>();
    const value = answer.choice === "rated" ? answer.score : outcomeOf(answer, shownOrder);
    unit.set(value, (unit.get(value) ?? 0) + times);
    units[question].set(taskId, unit);
  }
  const estimates = [
    { of: "preference" as const, scale: "ordinal" as const, units: units.preference },
    { of: "rating" as const, scale: "interval" as const, units: units.rating },
  ].flatMap(({ of, scale, units: counted }) => {
    const estimate = krippendorffAlpha([...counted.values()], scale, { resamples });
    return estimate ? [{ of, ...estimate }] : [];
  });
  const [best] = estimates.sort((a, b) => b.pairs - a.pairs);
  if (!best) return null;
  const { value, low, high, pairs, of } = best;
  return { value, low, high, pairs, of };
}
