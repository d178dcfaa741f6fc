import type { Message } from "@touchstone/contracts";
import { itemColumns } from "../context.ts";
import type { FramedJudgement, Shaped } from "./shaped.ts";
import { plainTurns, unheld } from "./turns.ts";

type PromptShape = (prompt: readonly Message[], judgement: FramedJudgement) => Readonly<Record<string, unknown>>;

/** TRL's prompt-only type: what GRPO, RLOO and other trainers on policy answer themselves. */
export const promptOnly: PromptShape = (prompt) => ({ prompt: plainTurns(prompt) });

/**
 * verl's rows: what its data loader asks, and beside it what is known to be right. Where the prompt's file brought a gold
 * answer a rule is to compare with it; where it did not, a reward model is to say what an answer is worth.
 */
export const verlPrompt: PromptShape = (prompt, { promptId, split, context }) => ({
  data_source: "touchstone",
  prompt: plainTurns(prompt),
  ability: "chat",
  reward_model: { style: context.gold === null ? "model" : "rule", ground_truth: context.gold ?? "" },
  extra_info: { split, index: context.exportedPromptId ?? promptId },
});

/** A prompt that was judged, in a shape of prompts. */
export function promptRow(judgement: FramedJudgement, shape: PromptShape): Shaped {
  const { prompt, split, promptId, context } = judgement;
  const reason = unheld(prompt);
  if (reason !== null) return { leftOut: reason };
  const provenance = { prompt_id: context.exportedPromptId ?? promptId, split, ...itemColumns(context) };
  return { row: shape(prompt, judgement), provenance, split };
}
