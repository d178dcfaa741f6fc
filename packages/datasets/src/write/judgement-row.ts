import { type Answers, type MemberKind, PreferenceAnswer, questionKinds, SpansAnswer } from "@touchstone/contracts";
import { outcomeOf, spanScores } from "@touchstone/labeling";
import { type RowContext, voteColumns } from "./context.ts";
import { type ShownTask, shownColumns } from "./shown-columns.ts";

/** A judgement with all that was known when it was made: nothing is derived, nothing left out. */
export interface RawJudgement extends ShownTask {
  readonly judgementId: string;
  readonly annotator: string;
  readonly source: MemberKind;
  readonly answers: Answers | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  /** Null of what says nothing of reading: what was imported, made by a machine, or has no timings. */
  readonly fasterThanReading?: boolean | null;
  readonly createdAt: Date;
  /** The judgement that this one corrects; null where it is the first that was said. */
  readonly supersedes: string | null;
}

/**
 * A judgement in the raw export: `answers` by the names of their questions, as shown, and `answer` where one was asked.
 * `outcome` and `preferred` are those of the preference, if one was asked, and speak of `completions` in the order of this
 * row: +3, the first much better, to −3, the second; 0 is a tie or both bad. `scores` are what marked spans weigh.
 */
export function judgementRow(judgement: RawJudgement, context: RowContext) {
  const preference = preferenceOf(judgement);
  const outcome = preference && outcomeOf(preference, judgement.shownOrder);
  return {
    kind: "judgement",
    label_id: context.vote.labelId ?? judgement.judgementId,
    annotator_hash: context.vote.annotator ?? judgement.annotator,
    source: judgement.source,
    answer: onlyAnswer(judgement),
    answers: judgement.answers,
    outcome,
    preferred: preferredOf(preference, outcome),
    scores: scoresOf(judgement),
    ...shownColumns(judgement, context),
    original_margin: context.vote.margin,
    timings: judgement.timings ?? context.vote.timings,
    faster_than_reading: judgement.fasterThanReading ?? null,
    ...voteColumns(context),
    // Only corrections have it, so that all other rows are as they were before there were any.
    ...(judgement.supersedes === null ? {} : { supersedes: judgement.supersedes }),
  };
}

function onlyAnswer({ questions: [question, ...more], answers }: RawJudgement) {
  return question && more.length === 0 ? (answers?.[question.name] ?? null) : null;
}

/** The answer to the first question of which of two is better; null where none was asked, or it has no answer. */
function preferenceOf({ questions, answers }: RawJudgement): PreferenceAnswer | null {
  const asked = questions.find(({ kind }) => kind === "preference");
  const answer = asked && answers?.[asked.name];
  return answer === undefined ? null : PreferenceAnswer.parse(answer);
}

/**
 * By the name of each question that asks for spans, what the marks in each answer weigh together, in the order shown; null
 * for an answer of which nothing was said, and for all of it where no spans were marked.
 */
function scoresOf({ questions, answers, completions }: RawJudgement): Record<string, (number | null)[]> | null {
  const scores = questions.flatMap(({ name, kind, settings }) => {
    const answer = answers?.[name];
    if (kind !== "spans" || answer === undefined) return [];
    const weights = questionKinds.spans.settings.parse(settings);
    return [[name, spanScores(SpansAnswer.parse(answer), weights, completions.length)] as const];
  });
  return scores.length > 0 ? Object.fromEntries(scores) : null;
}

/** Index into `completions` of the answer that won, or how neither did. */
function preferredOf(answer: PreferenceAnswer | null, outcome: number | null): 0 | 1 | "tie" | "both-bad" | null {
  if (outcome === null) return null;
  if (answer?.choice === "both-bad") return "both-bad";
  if (outcome === 0) return "tie";
  return outcome > 0 ? 0 : 1;
}
