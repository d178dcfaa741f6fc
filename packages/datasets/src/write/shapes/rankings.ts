import { type Comparison, type NormalForm, type Ranking, RankingAnswer } from "@touchstone/contracts";
import { turnsOfAnswer } from "../../formats/answer-turns.ts";
import { itemColumns, type RowContext, voteColumns } from "../context.ts";
import type { FramedJudgement, Shaped } from "./shaped.ts";
import { plainTurns, unheld } from "./turns.ts";

/**
 * The rankings of a judgement whole: the answers, the best first, and their ranks from 1. Equal ranks are a tie, and null is
 * an answer that was not ranked: below the others, and in no order that is known.
 */
export function rankingRows(judgement: FramedJudgement, forms: readonly NormalForm[]): Shaped[] {
  const given = judgement.questions.flatMap(({ name, kind }) => {
    const answer = kind === "ranking" ? judgement.answers?.[name] : undefined;
    return answer === undefined ? [] : [RankingAnswer.parse(answer).ranks];
  });
  const rankings = forms.flatMap((form) => (form.kind === "ranking" ? [form] : []));
  return rankings.map((form, place) => rankingRow(form, judgement, given[place] ?? []));
}

/** A form has a single answer without a rank as the last of its order, so what was given says which have none. */
function rankingRow(form: Ranking, judgement: FramedJudgement, given: readonly (number | null)[]): Shaped {
  const unranked = new Set(
    judgement.shownOrder
      .filter((_, place) => given[place] === null)
      .map((index) => judgement.completions[index]?.completionId),
  );
  const answers = form.groups.flatMap((group, place) =>
    group.map((answer) => ({ ...answer, rank: unranked.has(answer.completionId) ? null : place + 1 })),
  );
  return ranked(form, answers, judgement.context, {});
}

/** A comparison is a ranking of two, in which a tie stays one. Whether both are bad is said beside it. */
export function rankingOfTwo(form: Comparison, context: RowContext): Shaped {
  const tie = form.outcome === 0;
  const answers = [
    { ...form.a, rank: tie || form.outcome > 0 ? 1 : 2 },
    { ...form.b, rank: tie || form.outcome < 0 ? 1 : 2 },
  ];
  return ranked(form, answers, context, { outcome: form.outcome, both_bad: form.bothBad });
}

type Ranked = Comparison["a"] & { readonly rank: number | null };

function ranked(
  form: Comparison | Ranking,
  answers: readonly Ranked[],
  context: RowContext,
  said: Readonly<Record<string, unknown>>,
): Shaped {
  if (answers.some(({ media }) => media !== undefined)) return { leftOut: "media" };
  const reason = unheld([...form.prompt, ...answers.flatMap(({ text }) => turnsOfAnswer(text))]);
  if (reason !== null) return { leftOut: reason };
  const row = {
    prompt: plainTurns(form.prompt),
    responses: answers.map(({ text }) => text),
    ranks: answers.map(({ rank }) => rank),
  };
  const known = answers.map(({ completionId }) => ({ completionId, its: context.completions.get(completionId) }));
  const provenance = {
    label_id: context.vote.labelId ?? form.judgementId,
    annotator_hash: context.vote.annotator ?? form.annotator,
    prompt_id: context.exportedPromptId ?? form.promptId,
    response_ids: known.map(({ completionId, its }) => its?.exportedId ?? completionId),
    models: known.map(({ its }) => its?.model ?? null),
    split: form.split,
    weight: form.weight,
    ...said,
    ...itemColumns(context),
    ...voteColumns(context),
  };
  // No reader is strict about this one, so that a row can hold all that is known of it.
  return { row: { ...row, ...provenance }, provenance, split: form.split };
}
