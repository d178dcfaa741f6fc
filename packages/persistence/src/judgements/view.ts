import { JudgementView, type MediaRef, Questions } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { inTellableOrder, tellable } from "../evaluations/open-pairs.ts";
import type { Prisma } from "../generated/client.ts";
import { mediaOf } from "../label-sets/row-context.ts";
import { answersOf } from "./stored-answers.ts";

/** What is read of a task to show it as somebody saw it. */
export const shownTask = {
  select: {
    id: true,
    completionIds: true,
    evaluationId: true,
    questionnaire: { select: { questions: true } },
    prompt: { select: { id: true, messages: true, sensitive: true } },
    project: { select: { blur: true } },
  },
} satisfies Prisma.TaskDefaultArgs;

export const judgementInclude = {
  member: { select: { id: true, name: true, kind: true } },
  guideline: { select: { version: true } },
  supersededBy: { select: { kind: true } },
  task: shownTask,
} satisfies Prisma.JudgementInclude;

export type JudgementRow = Prisma.JudgementGetPayload<{ include: typeof judgementInclude }>;

interface CompletionRow {
  id: string;
  text: string | null;
  media?: MediaRef[];
  modelVersionId: string | null;
}

/**
 * The row as the contracts show it, its completions in canonical order; JSON columns are parsed here, once.
 *
 * @param blind Whether the pair is of an evaluation and open (`openPairs`): then the models are not named,
 * and the answers stand as they were shown.
 */
export function toJudgementView(
  row: JudgementRow,
  completions: ReadonlyMap<string, CompletionRow>,
  blind: boolean,
  leftOut: JudgementView["leftOut"],
): JudgementView {
  const questions = Questions.parse(row.task.questionnaire.questions);
  return JudgementView.parse({
    ...row,
    state: stateOf(row),
    leftOut,
    questions,
    answers: row.answer === null ? null : answersOf(row.answer, questions),
    prompt: row.task.prompt,
    blurred: isBlurred(row.task),
    guidelineVersion: row.guideline.version,
    ...shownAnswers(row.task, row.shownOrder, completions, blind),
    createdAt: row.createdAt.toISOString(),
  });
}

/** Whether a task stays hidden until whoever looks reveals it, as at the desk. */
export function isBlurred({
  prompt,
  project,
}: {
  readonly prompt: { readonly sensitive: boolean };
  readonly project: { readonly blur: string };
}): boolean {
  return project.blur === "everything" || (project.blur !== "never" && prompt.sensitive);
}

/** The answers of a task as a view has them, with the order they were shown in; of an open pair they tell nothing. */
export function shownAnswers(
  task: { readonly id: string; readonly completionIds: readonly string[] },
  shownOrder: readonly number[],
  completions: ReadonlyMap<string, CompletionRow>,
  blind: boolean,
): { completions: (CompletionRow | undefined)[]; shownOrder: number[] } {
  const canonical = task.completionIds.map((id) => completions.get(id));
  const told = inTellableOrder(canonical, shownOrder, blind);
  return { ...told, completions: told.completions.map((answer) => tellable(answer, task.id, blind)) };
}

/** The completions of some tasks, by their ids. */
export async function readCompletions(
  db: Database,
  tasks: readonly { readonly completionIds: readonly string[] }[],
): Promise<ReadonlyMap<string, CompletionRow>> {
  const ids = new Set(tasks.flatMap(({ completionIds }) => completionIds));
  const completions = await db.completion.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, text: true, media: true, modelVersionId: true },
  });
  return new Map(completions.map(({ media, ...completion }) => [completion.id, { ...completion, ...mediaOf(media) }]));
}

/** What has become of a judgement, by its row and the kind of what supersedes it. */
export function stateOf(row: Pick<JudgementRow, "kind" | "supersededBy" | "surplus">): JudgementView["state"] {
  if (row.kind === "retraction" || row.supersededBy?.kind === "retraction") return "retracted";
  if (row.supersededBy) return "superseded";
  return row.surplus ? "surplus" : "counted";
}
