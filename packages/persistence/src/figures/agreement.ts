import { type ProjectFigures, type QuestionKind, Questions } from "@touchstone/contracts";
import { type JudgedTask, krippendorffAlpha, measurementsOf, scaleOf } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { answersOf } from "../judgements/stored-answers.ts";

/** The figure is live, so its cost must not grow with the project: it speaks of the latest judgements. */
const latestJudgements = 800;
/** Resamples behind the interval: enough for two digits, and some ten milliseconds of one core. */
const resamples = 200;

const Row = z.object({
  taskId: z.uuid(),
  questions: Questions,
  answer: z.unknown(),
  shownOrder: z.array(z.number()),
  completionIds: z.array(z.string()),
  /** How many people said just this. */
  times: z.int().positive(),
});

type Judged = Omit<z.infer<typeof Row>, "times">;

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
    SELECT j.task_id AS "taskId", any_value(j.questions) AS questions, j.answer, j.shown_order AS "shownOrder",
      any_value(j.completion_ids) AS "completionIds", count(*)::int AS times
    FROM effective_judgement j
    WHERE j.task_id IN (SELECT task_id FROM latest) AND j.source <> 'simulated'
    GROUP BY j.task_id, j.answer, j.shown_order`;
  const unitsByKind = new Map<QuestionKind, Units>();
  for (const { times, ...row } of z.array(Row).parse(rows)) {
    for (const { kind, unit, value } of measured(row)) {
      const units = unitsByKind.get(kind) ?? new Map();
      unitsByKind.set(kind, units);
      const counts = units.get(unit) ?? new Map<number, number>();
      units.set(unit, counts.set(value, (counts.get(value) ?? 0) + times));
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

/** What a judgement measures, by kind of question and unit; in canonical order, whatever was shown. */
export function measured(row: Judged): { kind: QuestionKind; unit: string; value: number }[] {
  const answers = answersOf(row.answer, row.questions);
  const task = taskOf(row);
  return row.questions.flatMap((question) => {
    const answer = answers[question.name];
    if (answer === undefined) return [];
    const inTask = (unit: string): string => `${row.taskId} ${question.name} ${unit}`;
    return measurementsOf(question, answer, task).map(({ unit, value }) => ({
      kind: question.kind,
      unit: inTask(unit),
      value,
    }));
  });
}

/** As much of a task as measuring needs: nothing of what it says. */
function taskOf({ taskId, shownOrder, completionIds }: Judged): JudgedTask {
  const completions = completionIds.map((completionId) => ({ completionId, text: null }));
  const unread = { judgementId: "", annotator: "", promptId: taskId, prompt: [], split: "train" as const };
  return { ...unread, shownOrder, completions };
}
