import { mostAnswers } from "@touchstone/contracts";
import type { ImportCompletion, ImportJudgement, ImportVote } from "../import-row.ts";
import { asNumber, quoted } from "../read/fields.ts";
import { lineProblem } from "../read/line-problem.ts";

/** A rank as files have it: 0 or 1 is best, also as 1.0 or as text; null says that the answer has none. */
export function rankAt(value: unknown, line: number, field: string): number | null {
  if (value === undefined || value === null || value === "") return null;
  const rank = asNumber(value);
  if (rank !== undefined && Number.isInteger(rank) && rank >= 0) return rank;
  throw lineProblem(line, field, "rankForm", { said: quoted(value) });
}

/**
 * One person's order of a row's answers: of two a vote between them, of more a ranking, whole. Equal ranks are a tie, and
 * answers without a rank are below those that have one. Fewer than one rank is no judgement.
 *
 * @throws DomainError invalid_line where there are more answers than one ranking holds, or one has two ranks
 */
export function judgedByRanks(
  completions: readonly ImportCompletion[],
  ranks: readonly (number | null)[],
  said: Omit<ImportVote, "outcome" | "bothBad" | "shownOrder">,
  line: number,
  field: string,
): { votes: ImportVote[]; judgements: ImportJudgement[] } {
  if (ranks.length !== completions.length) {
    throw lineProblem(line, field, "rankCount", { count: ranks.length, expected: completions.length });
  }
  const given = ranks.filter((rank) => rank !== null);
  if (completions.length < 2 || given.length === 0) return { votes: [], judgements: [] };
  refuseTwoRanks(completions, ranks, line, field);
  if (completions.length > mostAnswers) {
    throw lineProblem(line, field, "tooManyRanked", { count: completions.length, limit: mostAnswers });
  }
  if (completions.length === 2) {
    const [one, other] = ranks.map((rank) => rank ?? Number.POSITIVE_INFINITY);
    return { votes: [{ ...said, outcome: 2 * Math.sign((other ?? 0) - (one ?? 0)) }], judgements: [] };
  }
  // Dense from 1, as answers have them: gaps mean nothing.
  const places = [...new Set(given)].sort((one, other) => one - other);
  const answer = { ranks: ranks.map((rank) => (rank === null ? null : places.indexOf(rank) + 1)) };
  const questionnaire = given.length < ranks.length ? "imported-partial-ranking" : "imported-ranking";
  return { votes: [], judgements: [{ ...said, questionnaire, sides: ranks.map((_, index) => index), answer }] };
}

/** Two answers that are one text cannot be better and worse than each other. */
function refuseTwoRanks(
  completions: readonly ImportCompletion[],
  ranks: readonly (number | null)[],
  line: number,
  field: string,
): void {
  const known = new Map<string, number | null>();
  for (const [index, { text }] of completions.entries()) {
    const rank = ranks[index] ?? null;
    const former = text === null ? undefined : known.get(text);
    if (former !== undefined && former !== rank) {
      throw lineProblem(line, `${field}.${index}`, "rankTwice", { rank: rank ?? "null", former: former ?? "null" });
    }
    if (text !== null) known.set(text, rank);
  }
}
