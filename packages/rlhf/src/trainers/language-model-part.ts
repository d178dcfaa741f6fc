import type { Scalar } from "@tensorflow/tfjs";
import { answerRows } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";
import type { StepPart } from "../training/trainee.ts";

/** Cross-entropy of the answers' tokens, in nats a token. */
export function languageModelPart(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  share: number,
  read: "all" | "inputs" = "all",
): StepPart {
  const { tf } = policy;
  return {
    share,
    tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
    loss: () => tf.neg<Scalar>(tf.mean(answerLogProbs(policy, answerRows(sequences, read)))),
  };
}
