import type { Comparison, Demonstration, MediaRef, Message, Rating, StepLabels } from "@touchstone/contracts";
import { turnsOfAnswer } from "../formats/answer-turns.ts";
import { type CompletionContext, itemColumns, type RowContext, voteColumns } from "./context.ts";
import { exportedMedia, exportedTurns, withFiles } from "./exported-media.ts";

/**
 * TRL's preference format with an explicit prompt, as messages. A tie (or “both bad”) prefers nothing and gives no row.
 * `margin` is the strength of the choice: 1/3, 2/3 or 1; 0 for the pairs of a ranking, which tells order and no lead. `original_margin` is what the file had from which it came.
 */
export function trlPreferenceRow(form: Comparison, context: RowContext) {
  if (form.outcome === 0) return null;
  const [chosen, rejected] = form.outcome > 0 ? [form.a, form.b] : [form.b, form.a];
  const [good, bad] = [chosen, rejected].map(({ completionId }) => context.completions.get(completionId));
  return {
    prompt: exportedTurns(form.prompt),
    chosen: answerTurns(chosen),
    rejected: answerTurns(rejected),
    margin: form.margin ?? Math.abs(form.outcome) / 3,
    split: form.split,
    prompt_id: context.exportedPromptId ?? form.promptId,
    chosen_id: good?.exportedId ?? chosen.completionId,
    rejected_id: bad?.exportedId ?? rejected.completionId,
    label_id: context.vote.labelId ?? form.judgementId,
    annotator_hash: context.vote.annotator ?? form.annotator,
    original_margin: context.vote.margin,
    chosen_external_id: good?.externalId ?? null,
    rejected_external_id: bad?.externalId ?? null,
    chosen_model: good?.model ?? null,
    rejected_model: bad?.model ?? null,
    ...itemColumns(context),
    ...voteColumns(context),
  };
}

/** One rating: the prompt as messages, the answer as text, the score from 1 to 5; `aspect` is null where all of it was rated. */
export function ratingRow(form: Rating, context: RowContext) {
  const completion = context.completions.get(form.completion.completionId);
  return {
    prompt: exportedTurns(form.prompt),
    completion: form.completion.text,
    ...(form.completion.media ? { completion_media: exportedMedia(form.completion.media) } : {}),
    score: form.score,
    aspect: form.aspect ?? null,
    split: form.split,
    prompt_id: context.exportedPromptId ?? form.promptId,
    completion_id: completion?.exportedId ?? form.completion.completionId,
    label_id: context.vote.labelId ?? form.judgementId,
    annotator_hash: context.vote.annotator ?? form.annotator,
    ...completionColumns(completion),
    ...itemColumns(context),
    ...voteColumns(context),
  };
}

/**
 * TRL's stepwise supervision: the prompt as one text, the steps as `completions`, and of each whether it is right. `verdicts`
 * keeps what was said, where a neutral step is neither; `messages` is the prompt whole, which `prompt` tells as a text.
 */
export function stepwiseRow(form: StepLabels, context: RowContext) {
  const completion = context.completions.get(form.completion.completionId);
  return {
    prompt: asOneText(form.prompt),
    completions: form.steps.map(({ text }) => text),
    labels: form.steps.map(({ verdict }) => verdict !== "bad"),
    verdicts: form.steps.map(({ verdict }) => verdict),
    messages: exportedTurns(form.prompt),
    split: form.split,
    prompt_id: context.exportedPromptId ?? form.promptId,
    completion_id: completion?.exportedId ?? form.completion.completionId,
    label_id: context.vote.labelId ?? form.judgementId,
    annotator_hash: context.vote.annotator ?? form.annotator,
    ...completionColumns(completion),
    ...itemColumns(context),
    ...voteColumns(context),
  };
}

/** One turn is its own words; several stand below each other, each after its speaker's role. */
function asOneText(turns: readonly Message[]): string {
  const [only, ...more] = turns;
  if (only && more.length === 0) return only.content;
  return turns.map((turn) => `${turn.role}: ${[turn.content, ...callsIn(turn)].join("\n").trim()}`).join("\n\n");
}

const callsIn = ({ tool_calls = [] }: Message) =>
  tool_calls.map(({ function: { name, arguments: given } }) => `${name}(${given})`);

/**
 * Supervised fine-tuning: the conversation with the answer to imitate at its end. What somebody wrote names the judgement
 * that it comes of; an answer that people liked is known by its own id.
 */
export function sftRow(form: Demonstration, context?: Omit<RowContext, "vote"> & Partial<Pick<RowContext, "vote">>) {
  const { judgementId = null, annotator = null } = form;
  const turns = answerTurns(form);
  const answers = judgementId === null ? context?.completions : undefined;
  const [[completionId, completion] = [undefined, undefined]] = answers ?? [];
  return {
    messages: [...exportedTurns(form.prompt), ...turns],
    ...(turns.length > 1 ? { answer_turns: turns.length } : {}),
    split: form.split,
    prompt_id: context?.exportedPromptId ?? form.promptId,
    completion_id: completion?.exportedId ?? completionId ?? null,
    ...completionColumns(completion),
    label_id: judgementId === null ? null : (context?.vote?.labelId ?? judgementId),
    annotator_hash: annotator === null ? null : (context?.vote?.annotator ?? annotator),
    ...itemColumns(context ?? noItem),
  };
}

const noItem = { externalId: null, gold: null, cluster: null, language: null, sourceText: null };

function completionColumns(completion: CompletionContext | undefined) {
  return { completion_external_id: completion?.externalId ?? null, model: completion?.model ?? null };
}

/** An answer as turns: one of the assistant, or those of a trajectory with what its tools gave back. */
function answerTurns({ text, media }: { readonly text: string; readonly media?: readonly MediaRef[] | undefined }) {
  const turns = turnsOfAnswer(text);
  return turns.map((turn, place) => (place === 0 ? { ...turn, ...withFiles(media) } : turn));
}
