import { pairsOf } from "./ring.ts";

/**
 * Which of a prompt's answers stand together in its tasks, as indexes: none where the prompt alone is asked about, each alone,
 * pairs in a ring (`pairsOf`), or as many at once as a task shows, in shares as even as they come.
 *
 * @param answers how many there are.
 * @param shows how many a task shows at least and at most. Answers that are too few for a task stand in none.
 */
export function sidesOfTasks(
  answers: number,
  shows: { readonly least: number; readonly most: number },
): readonly (readonly number[])[] {
  if (shows.most === 0 || (answers === 0 && shows.least === 0)) return [[]];
  if (shows.most === 2 && shows.least === 2) return pairsOf(answers);
  const tasks = Math.ceil(answers / shows.most);
  const size = Math.ceil(answers / tasks);
  const indexes = Array.from({ length: answers }, (_, index) => index);
  const shares = Array.from({ length: tasks || 0 }, (_, task) => indexes.slice(task * size, (task + 1) * size));
  return shares.filter((share) => share.length >= shows.least);
}
