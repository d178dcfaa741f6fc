import type { Comparison, Demonstration, Message, Rating } from "@touchstone/contracts";

/**
 * TRL's preference format with an explicit prompt, as messages. A tie (or “both bad”) prefers nothing and gives no row.
 * `margin` is the strength of the choice: 1/3, 2/3 or 1.
 */
export function trlPreferenceRow(form: Comparison) {
  if (form.outcome === 0) return null;
  const [chosen, rejected] = form.outcome > 0 ? [form.a, form.b] : [form.b, form.a];
  return {
    prompt: form.prompt,
    chosen: [assistant(chosen.text)],
    rejected: [assistant(rejected.text)],
    margin: Math.abs(form.outcome) / 3,
    split: form.split,
    prompt_id: form.promptId,
    chosen_id: chosen.completionId,
    rejected_id: rejected.completionId,
    label_id: form.judgementId,
    annotator_hash: form.annotator,
  };
}

/** One rating: the prompt as messages, the answer as text, the score from 1 to 5. */
export function ratingRow(form: Rating) {
  return {
    prompt: form.prompt,
    completion: form.completion.text,
    score: form.score,
    split: form.split,
    prompt_id: form.promptId,
    completion_id: form.completion.completionId,
    label_id: form.judgementId,
    annotator_hash: form.annotator,
  };
}

/** Supervised fine-tuning: the conversation with the answer to imitate at its end. */
export function sftRow(form: Demonstration) {
  return { messages: [...form.prompt, assistant(form.text)], split: form.split, prompt_id: form.promptId };
}

function assistant(content: string): Message {
  return { role: "assistant", content };
}
