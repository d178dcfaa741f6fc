import { JudgementView } from "@touchstone/contracts";
import { inTellableOrder, tellable } from "../evaluations/open-pairs.ts";
import type { Prisma } from "../generated/client.ts";

/** What is read of a task to show it as somebody saw it. */
export const shownTask = {
  select: {
    id: true,
    completionIds: true,
    evaluationId: true,
    question: { select: { id: true, kind: true, title: true } },
    prompt: { select: { id: true, messages: true } },
  },
} satisfies Prisma.TaskDefaultArgs;

export const judgementInclude = {
  member: { select: { id: true, name: true, kind: true } },
  guideline: { select: { version: true } },
  supersededBy: { select: { kind: true } },
  task: shownTask,
} satisfies Prisma.JudgementInclude;

export type JudgementRow = Prisma.JudgementGetPayload<{ include: typeof judgementInclude }>;

export interface CompletionRow {
  id: string;
  text: string | null;
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
): JudgementView {
  const listed = row.task.completionIds.map((id) => completions.get(id));
  const told = inTellableOrder(listed, row.shownOrder, blind);
  return JudgementView.parse({
    ...row,
    state: stateOf(row),
    question: row.task.question,
    prompt: row.task.prompt,
    guidelineVersion: row.guideline.version,
    shownOrder: told.shownOrder,
    completions: told.completions.map((completion) => tellable(completion, row.task.id, blind)),
    createdAt: row.createdAt.toISOString(),
  });
}

function stateOf(row: JudgementRow): JudgementView["state"] {
  if (row.kind === "retraction" || row.supersededBy?.kind === "retraction") return "retracted";
  if (row.supersededBy) return "superseded";
  return row.surplus ? "surplus" : "counted";
}
