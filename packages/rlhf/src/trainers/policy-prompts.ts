import type { EncodedPrompt } from "../rollout/draw-answers.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Note } from "../training/note.ts";
import type { PromptItem } from "../training/request.ts";

/** Room that a prompt must leave for its answer, in tokens. */
const leastRoom = 8;

export interface NamedPrompt extends EncodedPrompt {
  readonly promptId: string;
}

export interface PolicyPrompts {
  readonly train: readonly NamedPrompt[];
  /** Fixed over the run and never optimised on; training prompts if nothing is held out. */
  readonly evaluation: readonly NamedPrompt[];
}

/** Encodes prompts, each once, and says in plain words what could not be used. */
export function policyPrompts(
  items: readonly PromptItem[],
  tokenizer: Tokenizer,
  context: number,
  evaluationPrompts: number,
  note: Note,
): PolicyPrompts {
  const different = [...new Map(items.map((item) => [item.promptId, item])).values()];
  const encoded = different
    .map(({ promptId, prompt, split }) => ({ promptId, prompt, split, ids: tokenizer.encodePrompt(prompt) }))
    .filter(({ ids }) => ids.length + leastRoom <= context);
  const tooLong = different.length - encoded.length;
  if (tooLong > 0) {
    note(
      `${tooLong} of ${different.length} prompts leave no room for an answer in ${context} tokens and were left out.`,
      {
        code: "prompts_without_room",
        level: "warning",
        values: { count: tooLong, total: different.length, context },
      },
    );
  }
  const train = encoded.filter(({ split }) => split === "train");
  const heldOut = encoded.filter(({ split }) => split !== "train");
  if (heldOut.length === 0) {
    note("No prompt is held out: reward and KL are measured on training prompts.", {
      code: "no_prompts_held_out",
      level: "warning",
      values: {},
    });
  }
  return { train, evaluation: (heldOut.length > 0 ? heldOut : train).slice(0, evaluationPrompts) };
}
