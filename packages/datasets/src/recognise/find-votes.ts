import type { ColumnMapping } from "@touchstone/contracts";
import { type Columns, type FoundAnswers, isScore, named } from "./find-answers.ts";
import { usualNames } from "./names.ts";
import { type ColumnProfile, isAll } from "./profile.ts";
import { readVoteValues, type VoteReading } from "./vote-values.ts";

export interface FoundVotes {
  readonly mapping: ColumnMapping;
  readonly columns: readonly ColumnProfile[];
  readonly assumed: boolean;
}

const perAnnotator =
  /^(annotator|rater|worker|judge|labeler|labeller|标注员|标注者)_?\d+(_(vote|label|choice|preference))?$/;

/** Whether a column is called as votes are, whatever it holds. */
export function looksLikeVotes(column: ColumnProfile): boolean {
  const names: readonly string[] = [...usualNames.vote, ...usualNames.voteList];
  return names.includes(column.plain) || perAnnotator.test(column.plain);
}

/** People's votes between the two answers; null where there are none whose meaning is sure. */
export function findVotes(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  return inList(columns, answers) ?? inColumns(columns, answers) ?? inOneColumn(columns, answers);
}

function inList(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  for (const list of columns.filter((column) => usualNames.voteList.some((name) => name === column.plain))) {
    if (!isAll(list, "objects")) continue;
    const entries = [...list.entries.values()];
    for (const name of usualNames.voteValue) {
      const value = named(entries, [name]);
      const reading = value && !value.manyValues ? readVoteValues([...value.values.keys()], answers.sides) : null;
      if (!value || !reading) continue;
      const annotator = named(entries, usualNames.annotator);
      const paths = { list: list.path, value: value.path, ...(annotator ? { annotator: annotator.path } : {}) };
      return found({ votes: paths }, [list], reading);
    }
  }
  return null;
}

function inColumns(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  const all = columns.filter((column) => column.rows > 0 && perAnnotator.test(column.plain) && !column.manyValues);
  const reading = readVoteValues([...new Set(all.flatMap(({ values }) => [...values.keys()]))], answers.sides);
  return reading && all.length > 0 ? found({ votes: { columns: all.map(({ path }) => path) } }, all, reading) : null;
}

function inOneColumn(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  for (const name of usualNames.vote) {
    const vote = named(columns, [name], (column) => !column.manyValues && isAll(column, "text", "number"));
    const reading = vote ? readVoteValues([...vote.values.keys()], answers.sides) : null;
    if (vote && reading) return found({ votes: { columns: [vote.path] } }, [vote], reading);
  }
  return null;
}

function found(votes: ColumnMapping, columns: readonly ColumnProfile[], { values, assumed }: VoteReading): FoundVotes {
  return { mapping: { ...votes, values }, columns, assumed };
}

/** The one score beside the one answer. */
export function findScore(columns: Columns, answers: FoundAnswers): ColumnProfile | undefined {
  return answers.shape === "oneAnswer" ? named(columns, usualNames.score, isScore) : undefined;
}
