import type { Scalar } from "@tensorflow/tfjs";
import { answerRows } from "../model/answer-rows.ts";
import { type AnswerSequence, answerTokens } from "../model/answer-sequence.ts";
import { alone } from "../parallel/team.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";
import { cutStep } from "../training/cut-step.ts";
import type { StepPart } from "../training/trainee.ts";

/** Cross-entropy of a step's answers, in nats a token: every token counts alike, in whichever part it stands. */
export function languageModelParts(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  accumulate: number,
  read: "all" | "inputs" = "all",
): StepPart[] {
  const { tf, team = alone } = policy;
  return cutStep(sequences, accumulate, team, answerTokens).map(({ rows, share }) => ({
    share,
    tokens: rows.reduce((sum, { ids }) => sum + ids.length, 0),
    loss: () => tf.neg<Scalar>(tf.mean(answerLogProbs(policy, answerRows(rows, read)))),
  }));
}
