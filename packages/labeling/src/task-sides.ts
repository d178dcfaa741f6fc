import type { AnswersTogether } from "@touchstone/contracts";
import { pairsTogether } from "./pair-ways.ts";

/** How many answers of models a task shows at least and at most. */
interface Shows {
  readonly least: number;
  readonly most: number;
}

/** How answers stand together where nobody chose. */
export const unchosenTogether: AnswersTogether = { way: "ring", pairs: 3, seed: 1, atOnce: null };

/**
 * Which of a prompt's answers stand together in its tasks, as indexes: none where the prompt alone is asked about, each alone,
 * pairs (`pairsTogether`), or as many at once as a task shows or as were chosen, in shares as even as they come.
 *
 * @param answers how many there are.
 * @param shows answers that are too few for a task stand in none.
 * @param key what names the prompt.
 */
export function sidesOfTasks(
  answers: number,
  shows: Shows,
  together: AnswersTogether = unchosenTogether,
  key = "",
): readonly (readonly number[])[] {
  if (shows.most === 0 || (answers === 0 && shows.least === 0)) return [[]];
  if (shows.most === 2 && shows.least === 2) return pairsTogether(answers, together, key);
  const sizes = together.atOnce === null ? fullShares(answers, shows.most) : evenShares(answers, together.atOnce);
  let from = 0;
  const shares = sizes.map((size) => {
    from += size;
    return Array.from({ length: size }, (_, index) => from - size + index);
  });
  return shares.filter((share) => share.length >= shows.least);
}

/** The last one takes what is left. Tasks of former imports stand so, and are met again. */
function fullShares(answers: number, most: number): number[] {
  const tasks = Math.ceil(answers / most);
  const size = Math.ceil(answers / tasks);
  return Array.from({ length: tasks || 0 }, (_, task) => Math.min(size, Math.max(0, answers - task * size)));
}

/** No two differ by more than one. */
function evenShares(answers: number, most: number): number[] {
  const tasks = Math.ceil(answers / most);
  return Array.from({ length: tasks }, (_, task) => Math.floor((answers + task) / tasks)).reverse();
}
