import type { ImportRow } from "./import-row.ts";
import { lineProblem } from "./read/line-problem.ts";

/** Answers of one row: ten times what samplers draw for a prompt. */
const mostAnswers = 10_000;
/** Votes on one task: the database numbers them with 16 bits. */
const mostVotes = 32_767;

/** The row itself, where it brings no more than an import can take. @throws DomainError invalid_line */
export function withinLimits(row: ImportRow): ImportRow {
  const { line, completions, votes, ratings } = row;
  if (completions.length > mostAnswers) {
    throw lineProblem(line, null, "tooManyAnswers", { count: completions.length, limit: mostAnswers });
  }
  const most = Math.max(votes.length, mostOfOneAnswer(ratings));
  if (most > mostVotes) throw lineProblem(line, null, "tooManyVotes", { count: most, limit: mostVotes });
  return row;
}

function mostOfOneAnswer(ratings: ImportRow["ratings"]): number {
  const counts = new Map<number, number>();
  for (const { completion } of ratings) counts.set(completion, (counts.get(completion) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
