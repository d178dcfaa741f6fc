import { lettersPerSecond } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";

/**
 * Letters of the answers that were new to whoever made the judgement `j` of the task `t`. Null of what says nothing of
 * reading: a repeat, a correction, a choice made again after an undo, what was imported or made by a machine. An answer that
 * the person has judged in another task of the same prompt is not new.
 */
export const newLetters = Prisma.sql`
  CASE WHEN j.kind = 'answer' AND j.source = 'person' AND NOT j.repeat AND j.supersedes_id IS NULL AND j.timings IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM judgement former WHERE former.lease_id = j.lease_id AND former.id <> j.id
        AND former.created_at <= j.created_at)
    AND NOT EXISTS (SELECT FROM lease passed WHERE passed.id = j.lease_id AND passed.skipped_at <= j.created_at)
  THEN (
    SELECT coalesce(sum(letters_of(c.text)), 0)::float8 FROM completion c
    WHERE c.id = ANY (t.completion_ids) AND NOT EXISTS (
      SELECT FROM task other JOIN judgement former ON former.task_id = other.id
      WHERE other.prompt_id = t.prompt_id AND other.id <> t.id AND former.member_id = j.member_id
        AND former.created_at < j.created_at AND c.id = ANY (other.completion_ids))) END`;

/** Whether so many new letters were judged in less time than reading takes (labeling's `isFasterThanReading`). */
export const fasterThan = (letters: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(j.timings ->> 'visibleMs')::float8 < ${letters} * 1000 / ${lettersPerSecond}::float8`;

/** Which of these judgements were made faster than anybody reads. */
export async function fasterThanReading(db: Database, judgementIds: readonly string[]): Promise<Set<string>> {
  if (judgementIds.length === 0) return new Set();
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT j.id FROM judgement j JOIN task t ON t.id = j.task_id
    WHERE j.id = ANY (${judgementIds}::uuid[]) AND ${fasterThan(newLetters)}`;
  return new Set(rows.map(({ id }) => id));
}

/** Which of these tasks have a judgement that stands and was made faster than anybody reads. */
export async function tasksJudgedInHaste(db: Database, taskIds: readonly string[]): Promise<Set<string>> {
  if (taskIds.length === 0) return new Set();
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT j.task_id AS id FROM judgement j JOIN task t ON t.id = j.task_id
    WHERE j.task_id = ANY (${taskIds}::uuid[]) AND j.kind = 'answer' AND j.source = 'person'
      AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id) AND ${fasterThan(newLetters)}`;
  return new Set(rows.map(({ id }) => id));
}
