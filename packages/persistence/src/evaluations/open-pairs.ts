import { undoMinutes } from "../assignment/undo-window.ts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { opaqueId } from "./opaque-ids.ts";

interface TaskOfEvaluation {
  readonly id: string;
  readonly evaluationId: string | null;
}

/**
 * Whether the pair `t` of an evaluation is open: it has fewer judgements than it wants, or one of them can still be undone
 * by whoever made it. Somebody may then be asked about it, or asked again, so whatever is said of it is said blind. The
 * one rule of all that reads pairs, as a condition on the table `task t`. Only people can undo. What is left out keeps its
 * place, so it is among these.
 */
export const pairIsOpen = Prisma.sql`(
  SELECT count(*) < t.overlap
    OR bool_or(made.source = 'person' AND made.created_at >= clock_timestamp() - make_interval(mins => ${undoMinutes}::int))
  FROM standing_judgement made WHERE made.task_id = t.id)`;

/** Of these tasks, the pairs of an evaluation that are open. */
export async function openPairs(db: Database, tasks: readonly TaskOfEvaluation[]): Promise<Set<string>> {
  const ids = tasks.flatMap(({ id, evaluationId }) => (evaluationId === null ? [] : [id]));
  if (ids.length === 0) return new Set();
  const open = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM task t WHERE t.id = ANY (${[...new Set(ids)]}::uuid[]) AND ${pairIsOpen}`;
  return new Set(open.map(({ id }) => id));
}

/**
 * The answers of a task and the order they were shown in. Canonical order puts the candidate's first, so the answers of an
 * open pair stand as they were shown, which tells nothing.
 *
 * @param blind whether the task is an open pair (`openPairs`)
 */
export function inTellableOrder<Completion>(
  canonical: readonly Completion[],
  shownOrder: readonly number[],
  blind: boolean,
): { completions: Completion[]; shownOrder: number[] } {
  if (!blind) return { completions: [...canonical], shownOrder: [...shownOrder] };
  const asShown = shownOrder.flatMap((index) => canonical.slice(index, index + 1));
  return { completions: asShown, shownOrder: asShown.map((_, place) => place) };
}

/** An answer of a task as it is told of: of an open pair it names no model, and its id tells nothing. */
export function tellable<Completion extends { id: string; modelVersionId: string | null }>(
  completion: Completion | undefined,
  taskId: string,
  blind: boolean,
): Completion | undefined {
  if (!completion || !blind) return completion;
  return { ...completion, id: opaqueId(taskId, completion.id), modelVersionId: null };
}
