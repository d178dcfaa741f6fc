import type { EncodedPrompt } from "../rollout/judged-rollout.ts";
import { encodePrompt } from "../tokenizer/chat-template.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { PromptItem } from "../training/request.ts";

/** Room that a prompt must leave for its answer, in tokens. */
const leastRoom = 8;

export interface PolicyPrompts {
  readonly train: readonly EncodedPrompt[];
  /** Fixed over the run and never optimised on; training prompts if nothing is held out. */
  readonly evaluation: readonly EncodedPrompt[];
}

/** Encodes prompts, each once, and says in plain words what could not be used. */
export function policyPrompts(
  items: readonly PromptItem[],
  tokenizer: Tokenizer,
  context: number,
  evaluationPrompts: number,
  note: (message: string) => void,
): PolicyPrompts {
  const different = [...new Map(items.map((item) => [item.promptId, item])).values()];
  const encoded = different
    .map(({ prompt, split }) => ({ prompt, split, ids: encodePrompt(tokenizer, prompt) }))
    .filter(({ ids }) => ids.length + leastRoom <= context);
  const tooLong = different.length - encoded.length;
  if (tooLong > 0) {
    note(
      `${tooLong} of ${different.length} prompts leave no room for an answer in ${context} tokens and were left out.`,
    );
  }
  const train = encoded.filter(({ split }) => split === "train");
  const heldOut = encoded.filter(({ split }) => split !== "train");
  if (heldOut.length === 0) note("No prompt is held out: reward and KL are measured on training prompts.");
  return { train, evaluation: (heldOut.length > 0 ? heldOut : train).slice(0, evaluationPrompts) };
}
