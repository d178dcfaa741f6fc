import type { Comparison, Message, Rating } from "@touchstone/contracts";
import type { Files } from "../model/files.ts";
import { unpackWithoutWeights } from "../model/model-files.ts";
import { encodeComparison, isOfOneAnswer } from "../reward/comparison-examples.ts";
import { encodeConversation, encodeJudged } from "../reward/labelled-answers.ts";
import { leavesRoom } from "./policy-prompts.ts";

/** What a trainer makes of a label: `cut` is used without the beginning of its prompt, the last two are left out. */
export type LabelFit = "whole" | "cut" | "tooLong" | "identical";

/** Says of each label what the trainers would make of it, by the encoders that they use themselves. */
export interface LabelMeasure {
  /** The model's, in tokens. */
  readonly context: number;
  comparison(label: Comparison): LabelFit;
  rating(label: Pick<Rating, "prompt" | "completion">): LabelFit;
  /** What is imitated or learned from token by token: it fits as a whole or not at all. */
  conversation(prompt: readonly Message[], text: string): LabelFit;
  /** What a policy is to answer. */
  prompt(prompt: readonly Message[]): LabelFit;
}

/** @param files the model's; weights may be left out. @throws TrainingError `bad_model_files` */
export function openLabelMeasure(files: Files): LabelMeasure {
  const { config, tokenizer } = unpackWithoutWeights(files);
  const { context } = config;
  return {
    context,
    comparison(label) {
      const example = encodeComparison(tokenizer, label, context);
      if (!example) return "tooLong";
      if (isOfOneAnswer(example)) return "identical";
      return example.a.promptCut || example.b.promptCut ? "cut" : "whole";
    },
    rating({ prompt, completion }) {
      const sequence = encodeJudged(tokenizer, prompt, completion.text, context);
      if (!sequence) return "tooLong";
      return sequence.promptCut ? "cut" : "whole";
    },
    conversation: (prompt, text) => (encodeConversation(tokenizer, prompt, text, context) ? "whole" : "tooLong"),
    prompt: (prompt) => (leavesRoom(tokenizer.encodePrompt(prompt), context) ? "whole" : "tooLong"),
  };
}
