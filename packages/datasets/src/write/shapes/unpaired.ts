import type { Comparison, Rating } from "@touchstone/contracts";
import { turnsOfAnswer } from "../../formats/answer-turns.ts";
import type { RowContext } from "../context.ts";
import { ratingRow, trlPreferenceRow } from "../rows.ts";
import type { Shaped } from "./shaped.ts";
import { plainTurns, unheld } from "./turns.ts";

/** Scores from here on say that an answer is good, and those up to there that it is not; between them nothing is said. */
const goodFrom = 4;
const badUpTo = 2;

/** A rating as TRL's unpaired type (KTO): whether the answer is good, where the score says so. */
export function unpairedRating(form: Rating, context: RowContext): Shaped {
  if (form.aspect !== undefined) return { leftOut: "aspect" };
  if (form.score > badUpTo && form.score < goodFrom) return { leftOut: "middleRating" };
  const { prompt, completion: _text, completion_media: _media, ...provenance } = ratingRow(form, context);
  return unpaired({ form, answer: form.completion, label: form.score >= goodFrom, prompt, provenance });
}

/**
 * A comparison as two rows of TRL's unpaired type: the preferred answer is called good and the other one bad, which is more
 * than was said of either. Both bad is said of each; a tie says nothing of any.
 */
export function unpairedComparison(form: Comparison, context: RowContext): Shaped[] {
  if (form.outcome === 0 && !form.bothBad) return [{ leftOut: "tie" }];
  const provenance = votedOn(form, context);
  return ([form.a, form.b] as const).map((answer, place) => {
    const label = !form.bothBad && form.outcome > 0 === (place === 0);
    const completion = context.completions.get(answer.completionId);
    const of = { completion_id: completion?.exportedId ?? answer.completionId, model: completion?.model ?? null };
    return unpaired({ form, answer, label, prompt: form.prompt, provenance: { ...of, ...provenance } });
  });
}

/** What is known of a comparison that is of both of its answers. */
function votedOn(form: Comparison, context: RowContext): Readonly<Record<string, unknown>> {
  const row = trlPreferenceRow({ ...form, outcome: form.outcome || 1 }, context);
  if (row === null) return {};
  const { prompt: _prompt, chosen: _chosen, rejected: _rejected, margin: _margin, ...all } = row;
  const { chosen_id: _good, rejected_id: _bad, chosen_model: _one, rejected_model: _other, ...rest } = all;
  const { chosen_external_id: _its, rejected_external_id: _others, ...both } = rest;
  return { ...both, both_bad: form.bothBad };
}

interface Labelled {
  readonly form: Pick<Rating, "prompt" | "split">;
  readonly answer: Rating["completion"];
  readonly label: boolean;
  readonly prompt: Rating["prompt"];
  readonly provenance: Readonly<Record<string, unknown>>;
}

function unpaired({ form, answer, label, prompt, provenance }: Labelled): Shaped {
  if (answer.media !== undefined) return { leftOut: "media" };
  const turns = turnsOfAnswer(answer.text);
  const reason = unheld([...form.prompt, ...turns]);
  if (reason !== null) return { leftOut: reason };
  const row = { prompt: plainTurns(prompt), completion: plainTurns(turns), label };
  return { row, provenance, split: form.split };
}
