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
      const comment = named(entries, usualNames.comment, isReason);
      const paths = {
        list: list.path,
        value: value.path,
        ...(annotator ? { annotator: annotator.path } : {}),
        ...(comment ? { comment: comment.path } : {}),
      };
      return found({ votes: paths }, [list], reading);
    }
  }
  return null;
}

function inColumns(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  const all = columns.filter((column) => column.rows > 0 && perAnnotator.test(column.plain) && !column.manyValues);
  const reading = readVoteValues([...new Set(all.flatMap(({ values }) => [...values.keys()]))], answers.sides);
  if (!reading || all.length === 0) return null;
  const reasons = all.flatMap((vote) => {
    const comment = reasonOf(columns, vote);
    return comment ? [{ vote, comment }] : [];
  });
  const comments = Object.fromEntries(reasons.map(({ vote, comment }) => [vote.path, comment.path]));
  const votes = { columns: all.map(({ path }) => path), ...(reasons.length > 0 ? { comments } : {}) };
  return found({ votes }, [...all, ...reasons.map(({ comment }) => comment)], reading);
}

function inOneColumn(columns: Columns, answers: FoundAnswers): FoundVotes | null {
  for (const name of usualNames.vote) {
    const vote = named(columns, [name], (column) => !column.manyValues && isAll(column, "text", "number"));
    const reading = vote ? readVoteValues([...vote.values.keys()], answers.sides) : null;
    if (!(vote && reading)) continue;
    const comment = named(
      columns.filter((column) => column !== vote),
      usualNames.comment,
      isReason,
    );
    const votes = { columns: [vote.path] };
    if (!comment) return found({ votes }, [vote], reading);
    return found({ votes, comment: comment.path }, [vote, comment], reading);
  }
  return null;
}

/** One annotator's reason: `annotator_1_reason` or `annotator1_vote_comment` beside `annotator_1`. */
function reasonOf(columns: Columns, vote: ColumnProfile): ColumnProfile | undefined {
  const person = vote.plain.replace(/_(vote|label|choice|preference)$/, "");
  const names = [person, vote.plain].flatMap((stem) => usualNames.comment.map((word) => `${stem}_${word}`));
  return columns.find((column) => names.includes(column.plain) && isReason(column));
}

function isReason(column: ColumnProfile): boolean {
  return isAll(column, "text");
}

function found(votes: ColumnMapping, columns: readonly ColumnProfile[], { values, assumed }: VoteReading): FoundVotes {
  return { mapping: { ...votes, values }, columns, assumed };
}

/** The one score beside the one answer. */
export function findScore(columns: Columns, answers: FoundAnswers): ColumnProfile | undefined {
  return answers.shape === "oneAnswer" ? named(columns, usualNames.score, isScore) : undefined;
}
