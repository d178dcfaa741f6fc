import type { Database } from "../client.ts";

interface TaskOfEvaluation {
  readonly id: string;
  readonly evaluationId: string | null;
  readonly overlap: number;
}

/**
 * Of these tasks, the pairs of an evaluation that have fewer judgements than they want. Whoever looks may be asked about
 * them too, so whatever is said of one is said `blind`.
 */
export async function openPairs(db: Database, tasks: readonly TaskOfEvaluation[]): Promise<Set<string>> {
  const wanted = new Map(
    tasks.flatMap(({ id, evaluationId, overlap }) => (evaluationId === null ? [] : [[id, overlap] as const])),
  );
  if (wanted.size === 0) return new Set();
  const judged = await db.$queryRaw<{ taskId: string; judgements: number }[]>`
    SELECT task_id AS "taskId", count(*)::int AS judgements FROM effective_judgement
    WHERE task_id = ANY(${[...wanted.keys()]}::uuid[]) GROUP BY task_id`;
  const counts = new Map(judged.map(({ taskId, judgements }) => [taskId, judgements]));
  return new Set([...wanted].flatMap(([id, overlap]) => ((counts.get(id) ?? 0) < overlap ? [id] : [])));
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
