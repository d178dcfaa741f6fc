import { Answer, type ProjectFigures, Question, type QuestionKind } from "@touchstone/contracts";
import { type JudgedTask, krippendorffAlpha, measurementsOf, scaleOf } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";

/** The figure is live, so its cost must not grow with the project: it speaks of the latest judgements. */
const latestJudgements = 800;
/** Resamples behind the interval: enough for two digits, and some ten milliseconds of one core. */
const resamples = 200;

const Row = z.object({
  taskId: z.uuid(),
  question: Question,
  answer: Answer,
  shownOrder: z.array(z.number()),
  completionIds: z.array(z.string()),
  /** How many people said just this. */
  times: z.int().positive(),
});

/** How many people measured each value, by what was measured: a unit of a question of a task. */
type Units = Map<string, Map<number, number>>;

/**
 * How far people agree with each other on tasks that several have judged: Krippendorff's α on the scale of the kind of
 * question. Of a project that asks several kinds, the one with most pairs speaks. Simulated annotators are left out.
 */
export async function agreementOfPeople(db: Database, projectId: string): Promise<ProjectFigures["agreement"]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH latest AS (
      SELECT j.task_id FROM judgement j
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source <> 'simulated'
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${latestJudgements}::int
    )
    SELECT j.task_id AS "taskId", j.question, j.answer, j.shown_order AS "shownOrder", j.completion_ids AS "completionIds",
      count(*)::int AS times
    FROM effective_answer j
    WHERE j.task_id IN (SELECT task_id FROM latest) AND j.source <> 'simulated'
    GROUP BY j.task_id, j.question, j.answer, j.shown_order, j.completion_ids`;
  const unitsByKind = new Map<QuestionKind, Units>();
  for (const { times, ...row } of z.array(Row).parse(rows)) {
    const units = unitsByKind.get(row.question.kind) ?? new Map();
    unitsByKind.set(row.question.kind, units);
    for (const { unit, value } of measurementsOf(row.question, row.answer, taskOf(row))) {
      const key = `${row.taskId} ${row.question.name} ${unit}`;
      const counts = units.get(key) ?? new Map<number, number>();
      units.set(key, counts.set(value, (counts.get(value) ?? 0) + times));
    }
  }
  const estimates = [...unitsByKind].flatMap(([of, units]) => {
    const estimate = krippendorffAlpha([...units.values()], scaleOf(of), { resamples });
    return estimate ? [{ of, ...estimate }] : [];
  });
  const [best] = estimates.sort((a, b) => b.pairs - a.pairs);
  if (!best) return null;
  const { value, low, high, pairs, of } = best;
  return { value, low, high, pairs, of };
}

/** As much of a task as measuring needs: nothing of what it says. */
function taskOf({ taskId, shownOrder, completionIds }: Omit<z.infer<typeof Row>, "times">): JudgedTask {
  const completions = completionIds.map((completionId) => ({ completionId, text: null }));
  const unread = { judgementId: "", annotator: "", promptId: taskId, prompt: [], split: "train" as const };
  return { ...unread, shownOrder, completions };
}
